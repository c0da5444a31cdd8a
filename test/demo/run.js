// The demo, after the set-up it needs. `npm run demo` serves a VS Code window with the packaged extension, somebody's keys and profiles, and an
// emulated AWS, until Ctrl-C. `npm run demo -- --check` imports a key through that window by clicks and keys, and ends.
const path = require('node:path');
const { npm } = require('../run/command.js');
const { ROOT, compile, setup } = require('../setup.js');
const { setupVsCode } = require('../vscode/setup.js');

async function main() {
	await setup();
	await compile();
	await npm(['run', 'package'], ROOT);
	await setupVsCode();
	const { check, serve } = require(path.join(ROOT, 'out', 'test', 'demo', 'demo.js'));
	await (process.argv.includes('--check') ? check() : serve());
}

main().catch((error) => {
	console.error(error.message);
	process.exitCode = 1;
});
