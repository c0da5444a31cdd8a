// The benchmark, after the set-up it needs: `npm run bench`, or a part of it: `npm run bench -- parse`, `bundles`, `host`.
const path = require('node:path');
const { ROOT, build, compile, setup } = require('../setup.js');
const { setupVsCode } = require('../vscode/setup.js');

async function main() {
	await setup();
	await compile();
	await build();
	await setupVsCode();
	process.chdir(ROOT);
	await require(path.join(ROOT, 'out', 'test', 'bench', 'main.js')).main(process.argv[2]);
}

main().catch((error) => {
	console.error(error.message);
	process.exitCode = 1;
});
