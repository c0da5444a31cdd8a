// In the place of @vscode/spdlog, a native module that would need a compiler: without it VS Code writes no log files, and an
// output channel of an extension stays empty. The part of its interface that VS Code calls, unbuffered and without rotation.
const fs = require('node:fs');
const path = require('node:path');

const LEVELS = ['trace', 'debug', 'info', 'warning', 'error', 'critical'];
const METHODS = ['trace', 'debug', 'info', 'warn', 'error', 'critical'];

class Logger {
	#file;
	#level = 2;
	#raw = false;

	constructor(_type, _name, file) {
		this.#file = file;
		METHODS.forEach((method, level) => {
			this[method] = (message) => this.#write(level, message);
		});
	}

	#write(level, message) {
		if (level < this.#level) {
			return;
		}
		const time = new Date().toISOString().replace('T', ' ').replace('Z', '');
		fs.appendFileSync(this.#file, this.#raw ? message : `${time} [${LEVELS[level]}] ${message}\n`);
	}

	getLevel() {
		return this.#level;
	}

	setLevel(level) {
		this.#level = level;
	}

	setPattern() {}

	clearFormatters() {
		this.#raw = true;
	}

	flush() {}

	drop() {}
}

async function createRotatingLogger(name, file) {
	await fs.promises.mkdir(path.dirname(file), { recursive: true });
	return new Logger('rotating', name, file);
}

// Each by name: VS Code imports them from an ES module, which sees no others.
exports.version = 0;
exports.Logger = Logger;
exports.createRotatingLogger = createRotatingLogger;
exports.createAsyncRotatingLogger = createRotatingLogger;
exports.setLevel = () => {};
exports.setFlushOn = () => {};
