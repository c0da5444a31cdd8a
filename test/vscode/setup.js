// Sets up the VS Code and the Chromium of this folder, from npm alone: `node test/vscode/setup.js`, or from another script.
const crypto = require('node:crypto');
const fs = require('node:fs');
const path = require('node:path');
const { npm, progress } = require('../run/command.js');
const { CHROMIUM, MODULES, SERVER, hasOwnChromium } = require('./paths.js');

const STAND_INS = path.join(__dirname, 'standIns');
const STAMP = path.join(MODULES, '.set-up');

/** Installs what is missing; returns at once when the stamp of an earlier, finished set-up fits this lock file and these scripts. */
async function setupVsCode() {
	const stamp = fingerprint();
	if (fs.existsSync(STAMP) && fs.readFileSync(STAMP, 'utf8') === stamp) {
		return;
	}
	fs.rmSync(STAMP, { force: true });
	progress('VS Code for tests: npm ci (about 350 MB of packages on first use)');
	await npm(['ci', '--ignore-scripts'], __dirname);
	progress("VS Code's own packages: npm install");
	await npm(['install', '--omit=dev', '--ignore-scripts', '--no-save'], SERVER);
	for (const name of fs.readdirSync(STAND_INS)) {
		const target = path.join(SERVER, 'node_modules', '@vscode', path.basename(name, '.js'), 'index.js');
		fs.copyFileSync(path.join(STAND_INS, name), target);
	}
	if (hasOwnChromium()) {
		progress('Chromium: unpack');
		await require('./unpack.js').unpackChromium(CHROMIUM);
	}
	fs.writeFileSync(STAMP, stamp);
}

/** Changes with everything that decides what a set-up produces. */
function fingerprint() {
	const hash = crypto.createHash('sha256');
	const scripts = ['setup.js', 'unpack.js', 'woff.js', 'paths.js'];
	const standIns = fs.readdirSync(STAND_INS).map((name) => path.join('standIns', name));
	for (const file of ['package-lock.json', ...scripts, ...standIns]) {
		hash.update(fs.readFileSync(path.join(__dirname, file)));
	}
	return `${process.platform}-${process.arch} ${hash.digest('hex')}\n`;
}

module.exports = { setupVsCode };

if (require.main === module) {
	setupVsCode().catch((error) => {
		console.error(error.message);
		process.exitCode = 1;
	});
}
