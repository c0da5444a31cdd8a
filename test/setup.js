// Sets the project up: `node test/setup.js`, or from another script. Plain Node without dependencies, since it installs them.
const fs = require('node:fs');
const path = require('node:path');
const { npm, progress, run } = require('./run/command.js');

const ROOT = path.resolve(__dirname, '..');

/** Path of a program's script in the project's node_modules, to be run by this Node. */
function tool(...parts) {
	return path.join(ROOT, 'node_modules', ...parts);
}

/** Installs the project's packages when they are missing or older than the lock file; otherwise returns at once. */
async function setup() {
	if (modified(tool('.package-lock.json')) >= modified(path.join(ROOT, 'package-lock.json'))) {
		return;
	}
	progress('Packages of the project: npm ci');
	await npm(['ci', '--ignore-scripts'], ROOT);
}

/**
 * Type-checks everything and writes it as CommonJS to out/, without what an earlier run left there.
 * @throws {Error} with the compiler's messages; out/ is written all the same
 */
async function compile() {
	progress('Types and tests: tsc');
	fs.rmSync(path.join(ROOT, 'out'), { recursive: true, force: true, maxRetries: 3 });
	await run(process.execPath, [tool('typescript', 'bin', 'tsc'), '-p', '.'], { cwd: ROOT });
}

/** Builds dist/ as it ships. @throws {Error} with esbuild's messages */
async function build() {
	progress('Extension: esbuild');
	await run(process.execPath, ['esbuild.js', '--production'], { cwd: ROOT });
}

/** Packages the extension as it ships into a folder and resolves to the path of the VSIX. @throws {Error} with vsce's messages */
async function pack(folder) {
	progress('Extension: vsce');
	const vsix = path.join(folder, 'cloud-key-pairs.vsix');
	await run(process.execPath, [tool('@vscode', 'vsce', 'vsce'), 'package', '--no-dependencies', '-o', vsix], {
		cwd: ROOT,
	});
	return vsix;
}

/** Milliseconds since 1970 of a file's last change; 0 when there is none. npm writes node_modules/.package-lock.json last. */
function modified(file) {
	return fs.statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

module.exports = { ROOT, tool, setup, compile, build, pack };

if (require.main === module) {
	setup().catch((error) => {
		console.error(error.message);
		process.exitCode = 1;
	});
}
