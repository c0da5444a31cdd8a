// Running other programs from the plain Node scripts of this folder. No dependencies: it runs before anything is installed.
const { spawn } = require('node:child_process');

const OUTPUT_KEPT = 20_000;

/**
 * Runs a program quietly to its end and resolves to what it printed (the last 20,000 characters, both streams).
 * @throws {Error} with that output when the program can't start or exits with another code than 0
 */
function run(command, args, { cwd, env = process.env, shell = false } = {}) {
	return new Promise((resolve, reject) => {
		let output = '';
		const keep = (chunk) => {
			output = (output + chunk).slice(-OUTPUT_KEPT);
		};
		const child = spawn(command, args, { cwd, env, shell, stdio: ['ignore', 'pipe', 'pipe'] });
		child.stdout.on('data', keep);
		child.stderr.on('data', keep);
		child.once('error', reject);
		child.once('close', (code, signal) => {
			if (code === 0) {
				resolve(output);
			} else {
				reject(new Error(`${command} ${args.join(' ')}: ${signal ?? `exit code ${code}`}\n${output.trimEnd()}`));
			}
		});
	});
}

/** Runs npm quietly in a folder; rejects as `run` does. */
function npm(args, cwd) {
	// On Windows npm is a .cmd file, which only a shell starts.
	return run('npm', [...args, '--loglevel=error'], { cwd, shell: process.platform === 'win32' });
}

/** Prints one line of progress. */
function progress(text) {
	console.log(`- ${text}`);
}

module.exports = { run, npm, progress };
