// Test runs in plain Node.
const { spawn } = require('node:child_process');
const { once } = require('node:events');
const path = require('node:path');
const { ROOT, tool } = require('../setup.js');

const REPORTER = path.join(__dirname, 'reporter.js');

/** Runs mocha in a process of its own under the guard and resolves to its exit code; the counts go to the report file. */
async function runMocha({ guard, args, report, env }) {
	const child = spawn(
		process.execPath,
		['--enable-source-maps', tool('mocha', 'bin', 'mocha.js'), '--forbid-only', '--reporter', REPORTER, ...args],
		{ cwd: ROOT, stdio: 'inherit', env: { ...process.env, ...env, TEST_REPORT: report } },
	);
	guard.watch(child);
	// Mocha would first wait for the test that is running.
	const stop = () => child.kill('SIGTERM');
	process.once('SIGINT', stop);
	const [code] = await once(child, 'close');
	process.off('SIGINT', stop);
	return code ?? 1;
}

module.exports = { runMocha };
