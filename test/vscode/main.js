// `code [folder] [--extensionDevelopmentPath=...] [--extensionTestsPath=...] [--user-data-dir=...] [--extensions-dir=...]`
// With tests: runs them in a window, prints their console and exits with their exit code, as VS Code does.
// With `--install-extension X.vsix`: installs it into the extensions folder. Otherwise: serves the window until Ctrl-C.
const path = require('node:path');
const { parseArguments } = require('./arguments.js');
const { createGuard } = require('./guard.js');
const { runServerCommand, startServer } = require('./server.js');
const { writeSettings } = require('./settings.js');
const { setupVsCode } = require('./setup.js');
const { windowAddress } = require('./address.js');

async function main(options, guard, interrupted) {
	await setupVsCode();
	if (options.installExtensions.length > 0) {
		const args = options.installExtensions.flatMap((file) => ['--install-extension', file]);
		return runServerCommand({ ...options, guard, args: [...args, '--force'] });
	}
	if (!options.userDataDir) {
		writeSettings(path.join(guard.folder, 'user'));
	}
	const server = await startServer({ ...options, guard });
	const ended = server.exit.then(() => {
		throw new Error(`VS Code's server ended\n${server.log()}`);
	});
	const address = windowAddress(server.port, options);
	if (options.extensionTestsPath) {
		const { runTestsInWindow } = require('./testWindow.js');
		return Promise.race([runTestsInWindow({ guard, address, server, language: options.locale }), ended, interrupted]);
	}
	console.log(`VS Code: ${address}\nPress Ctrl-C to stop it.`);
	return Promise.race([ended, interrupted]);
}

/** Resolves to an exit code when somebody wants this process to end, or whoever started it has ended. */
function interruption() {
	const parent = process.ppid;
	return new Promise((resolve) => {
		process.on('SIGINT', () => resolve(130));
		process.on('SIGTERM', () => resolve(143));
		process.on('SIGHUP', () => resolve(129));
		setInterval(() => {
			if (process.ppid !== parent || !isAlive(parent)) {
				resolve(1);
			}
		}, 500).unref();
	});
}

function isAlive(pid) {
	try {
		return process.kill(pid, 0);
	} catch (error) {
		return error.code === 'EPERM';
	}
}

async function run() {
	const interrupted = interruption();
	const guard = createGuard();
	try {
		process.exitCode = await main(parseArguments(process.argv.slice(2)), guard, interrupted);
	} catch (error) {
		console.error(error.message);
		process.exitCode = 1;
	} finally {
		await guard.release();
	}
	// Whatever still holds this process: its work is done.
	process.exit();
}

void run();
