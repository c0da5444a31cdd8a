// Test runs inside VS Code, through @vscode/test-electron: in the VS Code of test/vscode, or in a downloaded desktop VS Code.
const fs = require('node:fs');
const path = require('node:path');
const { ROOT } = require('../setup.js');
const { run } = require('./command.js');
const { writeSettings } = require('../vscode/settings.js');

const CODE = path.join(ROOT, 'test', 'vscode', 'code');

/**
 * The kinds of window. `tests` is the folder of their test files under test/host; `fixture` the folder under test/fixtures of
 * which a copy is open (none: an empty window); `packaged` installs the VSIX in place of the extension under development;
 * `settings` go over the test user's; `language` is the display language (on the desktop it takes an installed language pack);
 * `notOnDesktop` says why a downloaded desktop VS Code can't show it.
 */
const HOST_RUNS = [
	{ label: 'workspace', tests: '.', fixture: 'workspace' },
	{ label: 'empty', tests: 'empty' },
	{
		label: 'restricted',
		tests: 'restricted',
		fixture: 'restricted',
		settings: { 'security.workspace.trust.enabled': true, 'security.workspace.trust.startupPrompt': 'never' },
		language: 'zh-cn',
		notOnDesktop: 'test-electron trusts every folder there, and there is no Chinese language pack',
	},
	{ label: 'packaged', tests: 'packaged', packaged: true },
];

/**
 * Runs the tests of one kind of window and resolves to VS Code's exit code; the counts go to the report file.
 * The window has a home, settings and folders of its own inside `folder`.
 */
async function runHost(
	{ label, tests, fixture, packaged, settings, language },
	{ folder, report, desktop, grep, vsix },
) {
	const testElectron = require('@vscode/test-electron');
	const { createEnvironment } = require(path.join(ROOT, 'out', 'test', 'host', 'environment.js'));
	const userDataDir = path.join(folder, 'user');
	const directories = [`--user-data-dir=${userDataDir}`, `--extensions-dir=${path.join(folder, 'extensions')}`];
	const environment = await createEnvironment(folder);
	try {
		const executable = desktop ? await testElectron.downloadAndUnzipVSCode() : CODE;
		writeSettings(userDataDir, settings);
		if (packaged) {
			await install(vsix, { executable, directories, desktop, testElectron });
		}
		await testElectron.runTests({
			vscodeExecutablePath: executable,
			// VS Code runs tests only beside an extension under development.
			extensionDevelopmentPath: packaged ? path.join(ROOT, 'test', 'vscode', 'blank') : ROOT,
			extensionTestsPath: path.join(ROOT, 'out', 'test', 'host', 'index.js'),
			launchArgs: [
				...(fixture ? [copyFixture(fixture, folder)] : []),
				...(language ? [`--locale=${language}`] : []),
				...directories,
			],
			extensionTestsEnv: {
				...environment.env,
				TEST_SUITE: tests,
				TEST_REPORT: report,
				TEST_GREP: grep,
			},
		});
		return 0;
	} catch (error) {
		console.error(`${label}: ${error.message}`);
		return 1;
	} finally {
		await environment.dispose();
	}
}

function copyFixture(name, folder) {
	const workspace = path.join(folder, name);
	fs.mkdirSync(workspace);
	const fixture = path.join(ROOT, 'test', 'fixtures', name);
	if (fs.existsSync(fixture)) {
		fs.cpSync(fixture, workspace, { recursive: true });
	}
	return workspace;
}

async function install(vsix, { executable, directories, desktop, testElectron }) {
	const [command, ...args] = desktop
		? testElectron.resolveCliArgsFromVSCodeExecutablePath(executable, { reuseMachineInstall: true })
		: [executable];
	await run(command, [...args, ...directories, `--install-extension=${vsix}`], {
		cwd: ROOT,
		shell: process.platform === 'win32',
	});
}

module.exports = { HOST_RUNS, runHost };
