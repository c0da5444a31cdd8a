// The demo, after the set-up it needs. `npm run demo` serves a VS Code window with the packaged extension, somebody's keys and profiles, and an
// emulated AWS and Alibaba Cloud, until Ctrl-C. `npm run demo -- --check` imports a key into all four services through that window by clicks
// and keys, and ends. `npm run demo -- --pictures` takes the README's pictures anew.
const path = require('node:path');
const { parseArgs } = require('node:util');
const { ROOT, compile, pack, setup } = require('../setup.js');
const { setupVsCode } = require('../vscode/setup.js');

async function main() {
	const { values } = parseArgs({ options: { check: { type: 'boolean' }, pictures: { type: 'boolean' } } });
	await setup();
	await compile();
	await pack(ROOT);
	await setupVsCode();
	if (values.pictures) {
		await required('pictures').takePictures();
	} else if (values.check) {
		await required('demo').check();
	} else {
		await required('demo').serve();
	}
}

function required(name) {
	return require(path.join(ROOT, 'out', 'test', 'demo', `${name}.js`));
}

main().catch((error) => {
	console.error(error.message);
	process.exitCode = 1;
});
