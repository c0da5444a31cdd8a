// The server of code-server's VS Code: the workbench's files, the extension host, the file system.
const { spawn } = require('node:child_process');
const { once } = require('node:events');
const path = require('node:path');
const readline = require('node:readline');
const { SERVER_MAIN, nodePath } = require('./paths.js');

const START_LIMIT_MS = 60_000;
const LINES_KEPT = 200;

/**
 * Starts a server on a free port of loopback, under the guard, with the guard's folder for its data and temporary files.
 * `isDevelopment`, the default, lets the window's address name extensions under development.
 * What runs inside sees `env` (by default this process's), without what an outer VS Code set in it.
 * Resolves to its port, its process and `log()`, the last lines it printed.
 * @throws {Error} with those lines when it does not come up within a minute
 */
async function startServer({ guard, userDataDir, extensionsDir, env = process.env, args = [], isDevelopment = true }) {
	const child = spawn(
		nodePath(),
		[
			SERVER_MAIN,
			...['--host', '127.0.0.1', '--port', '0', '--without-connection-token', '--accept-server-license-terms'],
			// A built VS Code honours the development payload of the address only with this driver, and pops up no notifications then.
			...(isDevelopment ? ['--enable-smoke-test-driver'] : []),
			...['--telemetry-level', 'off', '--disable-experiments'],
			// The environment is as given: no login shell adds to it.
			'--force-disable-user-env',
			...directories({ guard, userDataDir, extensionsDir }),
			...args,
		],
		// The leader of a group, so that extension host and terminals end with it.
		{ env: hermetic(env, guard), detached: process.platform !== 'win32', stdio: ['ignore', 'pipe', 'pipe'] },
	);
	const exit = new Promise((resolve) => child.once('error', resolve).once('close', resolve));
	const lines = [];
	const port = new Promise((resolve) => {
		for (const input of [child.stdout, child.stderr]) {
			readline.createInterface({ input }).on('line', (line) => {
				lines.push(line);
				lines.splice(0, lines.length - LINES_KEPT);
				const [, number] = /Extension host agent listening on (\d+)/.exec(line) ?? [];
				if (number) {
					resolve(Number(number));
				}
			});
		}
	});
	const log = () => lines.join('\n');
	if (child.pid !== undefined) {
		guard.watch(child);
	}
	const timer = AbortSignal.timeout(START_LIMIT_MS);
	const listening = await Promise.race([port, exit, once(timer, 'abort')]);
	if (typeof listening !== 'number' || child.exitCode !== null) {
		throw new Error(`VS Code's server did not start\n${log()}`);
	}
	return { port: listening, child, exit, log };
}

/** Runs one of the server's own commands, such as `--install-extension X.vsix`, and resolves to its exit code. */
async function runServerCommand({ guard, userDataDir, extensionsDir, args, env = process.env }) {
	const child = spawn(nodePath(), [SERVER_MAIN, ...directories({ guard, userDataDir, extensionsDir }), ...args], {
		env: hermetic(env, guard),
		stdio: ['ignore', 'inherit', 'inherit'],
	});
	guard.watch(child);
	const [code] = await once(child, 'close');
	return code ?? 1;
}

function directories({ guard, userDataDir, extensionsDir }) {
	return [
		...['--server-data-dir', path.join(guard.folder, 'server')],
		...['--user-data-dir', userDataDir ?? path.join(guard.folder, 'user')],
		...['--extensions-dir', extensionsDir ?? path.join(guard.folder, 'extensions')],
	];
}

/** The environment without an outer VS Code's or npm's variables; sockets and temporary files go to the guard's folder. */
function hermetic(env, guard) {
	const kept = Object.entries(env).filter(([name]) => !/^(VSCODE_|ELECTRON_|npm_|XDG_RUNTIME_DIR$)/.test(name));
	return {
		...Object.fromEntries(kept),
		...{ TMPDIR: guard.folder, TEMP: guard.folder, TMP: guard.folder },
		// No marketplace: nothing here asks another machine for anything.
		EXTENSIONS_GALLERY: '{}',
	};
}

module.exports = { startServer, runServerCommand };
