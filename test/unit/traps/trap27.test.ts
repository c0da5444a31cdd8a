import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { awsServices, never, targetIn, useAwsTrap } from './awsTrap';

describe('Trap 27: the SDK warns of old versions of Node, once in a process', () => {
	const trap = useAwsTrap();

	it('does not concern the oldest VS Code that is supported: it has Node 22', async () => {
		const { engines } = JSON.parse(await readFile('package.json', 'utf8')) as { engines: { vscode: string } };
		const [major = 0, minor = 0] = engines.vscode.replace(/^\D+/, '').split('.').map(Number);
		// VS Code 1.101 came with Electron 35, the first one with Node 22.
		assert.ok(major > 1 || minor >= 101, engines.vscode);
	});

	it('is no failure elsewhere, and the only warning', async () => {
		const warnings: Error[] = [];
		const keep = (warning: Error) => warnings.push(warning);
		process.on('warning', keep);
		try {
			trap().home.unset('AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED');
			for (const service of awsServices) {
				assert.deepEqual(await trap().provider(service).list(targetIn(service), never), []);
			}
			await new Promise((resolve) => setImmediate(resolve));
		} finally {
			process.off('warning', keep);
		}
		for (const { message } of warnings) assert.match(message, /NodeVersionSupportWarning/);
	});
});
