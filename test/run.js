// All tests: `npm test`. A part: `npm test -- unit`, `host`, `ui`, or one window kind: `host workspace`. `--grep TEXT` picks tests by
// name, `--desktop` runs the host tests in a downloaded desktop VS Code. The last line is `N passed, N failed`.
const fs = require('node:fs');
const path = require('node:path');
const { setTimeout: delay } = require('node:timers/promises');
const { parseArgs } = require('node:util');
const { run, progress } = require('./run/command.js');
const { HOST_RUNS, runHost } = require('./run/host.js');
const { runMocha } = require('./run/mocha.js');
const { createResults } = require('./run/results.js');
const { ROOT, build, compile, pack, setup, tool } = require('./setup.js');
const { createGuard } = require('./vscode/guard.js');
const { setupVsCode } = require('./vscode/setup.js');

const INTERRUPTED = 130;
const { values: options, positionals } = parseArgs({
	allowPositionals: true,
	options: { grep: { type: 'string' }, desktop: { type: 'boolean', default: false } },
});
const [part, kind] = positionals;
const results = createResults();
let stopping = false;

async function main(guard) {
	if (!(await attempt('set-up', setup))) {
		return;
	}
	await check('types', compile);
	if (!part) {
		await check('lint', lint);
	}
	const built = await check('build', build);
	if (wants('unit')) {
		// Some start processes or make keys, which takes seconds on a busy machine.
		await mocha(guard, 'unit', ['--timeout', '20000', 'out/test/unit/**/*.test.js']);
	}
	if (!(wants('host') || wants('ui'))) {
		return;
	}
	const ready = built && (options.desktop || (await attempt('VS Code', setupVsCode)));
	const hostRuns = wants('host') ? HOST_RUNS.filter(({ label }) => !kind || label === kind) : [];
	let vsix;
	if (ready && (wants('ui') || hostRuns.some(({ packaged }) => packaged))) {
		await attempt('package', async () => {
			vsix = await pack(guard.folder);
		});
	}
	for (const one of hostRuns) {
		await host(guard, one, one.packaged ? vsix : ready, vsix);
	}
	if (wants('ui')) {
		if (vsix) {
			const files = ['--timeout', '120000', '--require', 'out/test/ui/hooks.js', 'out/test/ui/**/*.test.js'];
			await mocha(guard, 'ui', files, { TEST_VSIX: vsix });
		} else {
			results.add('ui', 0, 1, 'could not run');
		}
	}
}

/** A step that counts as one test. */
async function check(title, action) {
	const ok = await attempt(title, action);
	if (ok) {
		results.add(title, 1, 0);
	}
	return ok;
}

/** A step that counts only when it fails. */
async function attempt(title, action) {
	if (stopping) {
		return false;
	}
	try {
		await action();
		return true;
	} catch (error) {
		console.error(`${title}: ${error.message}`);
		results.add(title, 0, 1);
		return false;
	}
}

async function lint() {
	progress('Lint: biome');
	const biome = tool('@biomejs', 'biome', 'bin', 'biome');
	await run(process.execPath, [biome, 'check', '--error-on-warnings', '.'], { cwd: ROOT });
}

async function mocha(guard, title, args, env) {
	if (stopping) {
		return;
	}
	progress(`Tests: ${title}`);
	const report = path.join(guard.folder, `${title}.json`);
	const code = await runMocha({
		guard,
		report,
		env,
		args: [...args, ...(options.grep ? ['--grep', options.grep] : [])],
	});
	results.addReport(title, report, code);
}

async function host(guard, one, ready, vsix) {
	if (stopping) {
		return;
	}
	const title = `host ${one.label}`;
	if (!ready) {
		results.add(title, 0, 1, 'could not run');
		return;
	}
	if (options.desktop && one.notOnDesktop) {
		results.add(title, 0, 0, `left out: ${one.notOnDesktop}`);
		return;
	}
	progress(`Tests: ${title}`);
	const folder = fs.mkdtempSync(path.join(guard.folder, 'host-'));
	const report = path.join(folder, 'report.json');
	const code = await runHost(one, { folder, report, desktop: options.desktop, grep: options.grep, vsix });
	results.addReport(title, report, code);
}

function wants(name) {
	return !part || part === name;
}

/** Waits until every guardian of a child has cleared up, then clears our own folder. */
async function clearUp(guard) {
	const remains = () => fs.readdirSync(guard.folder).some((name) => name.startsWith('ckp-'));
	for (const deadline = Date.now() + 10_000; remains() && Date.now() < deadline; ) {
		await delay(50);
	}
	await guard.release();
}

async function start() {
	if (part && !['unit', 'host', 'ui'].includes(part)) {
		console.error(`npm test -- [unit|host|ui] [${HOST_RUNS.map(({ label }) => label).join('|')}] [--grep TEXT]`);
		process.exitCode = 2;
		return;
	}
	const guard = createGuard();
	// Whatever a child forgets lies in our folder.
	Object.assign(process.env, { TMPDIR: guard.folder, TEMP: guard.folder, TMP: guard.folder });
	process.on('SIGINT', () => {
		stopping = true;
	});
	// As Ctrl-C, which test-electron passes on to its VS Code.
	process.on('SIGTERM', () => process.emit('SIGINT'));
	try {
		await main(guard);
	} catch (error) {
		console.error(error);
		results.add('run', 0, 1, 'broke off');
	} finally {
		await clearUp(guard);
	}
	process.exitCode = stopping ? INTERRUPTED : results.print() ? 0 : 1;
}

void start();
