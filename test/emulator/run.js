// Starts the emulator alone, after the set-up and compilation it needs: node test/emulator/run.js [--port n]
const path = require('node:path');
const { ROOT, setup, compile } = require('../setup.js');

async function main() {
	await setup();
	await compile();
	require(path.join(ROOT, 'out', 'test', 'emulator', 'main.js'));
}

main().catch((error) => {
	console.error(error.message);
	process.exitCode = 1;
});
