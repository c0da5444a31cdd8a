// What a run leaves behind is cleared by a process of its own, the guardian: it outlives us, so it also acts when we are killed.
const { spawn } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

/**
 * Makes a temporary folder and a guardian that, when `release()` is called or this process ends in any way, kills the watched
 * processes with all of their process group and then deletes the folder.
 */
function createGuard() {
	const folder = fs.mkdtempSync(path.join(temporaryFolder(), 'ckp-'));
	const guardian = spawn(process.execPath, [path.join(__dirname, 'guardian.js'), folder], {
		cwd: os.tmpdir(),
		// A session of its own, out of reach of Ctrl-C in the terminal.
		detached: true,
		stdio: ['pipe', 'ignore', 'ignore'],
		windowsHide: true,
	});
	const gone = new Promise((resolve) => guardian.once('close', resolve));
	// When the guardian itself is killed there is nobody to tell; the rest of the run goes on.
	guardian.stdin.on('error', () => {});
	guardian.unref();
	guardian.stdin.unref();
	const first = [];
	return {
		folder,
		/** Puts a process, and its group when it leads one (`detached: true`), under guard. */
		watch(child) {
			guardian.stdin.write(`${child.pid}\n`);
		},
		/** Has something closed in an orderly way at the start of `release()`. */
		defer(close) {
			first.push(close);
		},
		/** Clears everything now; resolves when it is gone. May be called again. */
		async release() {
			await Promise.allSettled(first.splice(0).map((close) => close()));
			guardian.ref();
			guardian.stdin.end();
			await gone;
		},
	};
}

/** The system's, or /tmp where that is so long (macOS) that the path of a socket in it would pass the limit of 104 bytes. */
function temporaryFolder() {
	const folder = fs.realpathSync(os.tmpdir());
	return folder.length > 40 && process.platform !== 'win32' ? fs.realpathSync('/tmp') : folder;
}

module.exports = { createGuard };
