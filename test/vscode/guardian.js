// Started by guard.js with a folder: reads process ids from standard input and clears them and the folder away once that ends.
const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const { setTimeout: delay } = require('node:timers/promises');

const GRACE_MS = 3000;
const folder = process.argv[2];
let input = '';

process.stdin.setEncoding('utf8');
process.stdin.on('data', (chunk) => {
	input += chunk;
});
process.stdin.once('close', async () => {
	const pids = input.split('\n').filter(Boolean).map(Number);
	await Promise.all(pids.map(end));
	fs.rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
});

/** Asks a process and its group to end, and makes them after three seconds. */
async function end(pid) {
	if (process.platform === 'win32') {
		try {
			execFileSync('taskkill', ['/pid', String(pid), '/T', '/F'], { stdio: 'ignore' });
		} catch {
			// It had ended.
		}
		return;
	}
	signal(pid, 'SIGTERM');
	for (const deadline = Date.now() + GRACE_MS; Date.now() < deadline && signal(pid, 0); ) {
		await delay(20);
	}
	signal(pid, 'SIGKILL');
}

/** Sends a signal to the group that the process leads, or to it alone; false when there is neither. */
function signal(pid, name) {
	return [-pid, pid].some((target) => {
		try {
			return process.kill(target, name);
		} catch {
			return false;
		}
	});
}
