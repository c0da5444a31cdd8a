import { readdirSync } from 'node:fs';
import path from 'node:path';
import Mocha from 'mocha';

const ROOT = path.resolve(__dirname, '..', '..', '..');

/**
 * Runs mocha inside VS Code's extension host; VS Code calls it as the module of --extensionTestsPath.
 * TEST_SUITE names the folder of tests under test/host (by default `.`: the files there, without subfolders).
 * @throws {Error} when a test failed
 */
export async function run(): Promise<void> {
	const { TEST_SUITE: suite = '.', TEST_GREP: grep } = process.env;
	const mocha = new Mocha({
		ui: 'bdd',
		timeout: 30_000,
		forbidOnly: true,
		reporter: path.join(ROOT, 'test', 'run', 'reporter.js'),
		...(grep !== undefined && { grep }),
	});
	const folder = path.join(__dirname, suite);
	for (const name of readdirSync(folder, { recursive: suite !== '.', encoding: 'utf8' })) {
		if (name.endsWith('.test.js')) {
			mocha.addFile(path.join(folder, name));
		}
	}
	const failures = await new Promise<number>((resolve) => {
		mocha.run(resolve);
	});
	if (failures > 0) {
		throw new Error(`${failures} failed`);
	}
}
