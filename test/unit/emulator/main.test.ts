import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

describe('the emulator on its own', () => {
	it('prints where it listens and how to use it, and ends when interrupted', async () => {
		const main = join(__dirname, '..', '..', 'emulator', 'main.js');
		const child = spawn(process.execPath, [main, '--port', '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
		try {
			let text = '';
			for await (const chunk of child.stdout.setEncoding('utf8')) {
				text += chunk;
				if (text.includes('/_emulator/faults')) break;
			}
			const [, url = ''] = /AWS_ENDPOINT_URL=(http:\/\/127\.0\.0\.1:\d+)/.exec(text) ?? [];
			assert.match(text, /export AWS_ACCESS_KEY_ID=\w+/);
			assert.match(text, /aws ec2 import-key-pair --key-name demo/);
			assert.equal((await fetch(`${url}/_emulator/faults`)).status, 200);
			const exit = once(child, 'exit');
			child.kill('SIGINT');
			const [code, signal] = await exit;
			// Windows has no signals: the process is ended from outside.
			assert.ok(code === 0 || (process.platform === 'win32' && signal === 'SIGINT'), `${code} ${signal}`);
			await assert.rejects(fetch(url));
		} finally {
			child.kill('SIGKILL');
		}
	});
});
