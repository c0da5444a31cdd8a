import assert from 'node:assert/strict';
import { closeSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { writeNewFile } from '../../../../src/services/localKeys/newFile';

describe('writeNewFile', () => {
	let folder: string;
	let file: string;
	const content = Buffer.from('whole');

	beforeEach(async () => {
		folder = await mkdtemp(path.join(tmpdir(), 'new-file-'));
		file = path.join(folder, 'key');
	});
	afterEach(() => rm(folder, { recursive: true }));

	it('writes the content with the permissions that are asked for, and tells what the check found', async () => {
		const size = await writeNewFile(file, content, 0o600, async (handle) => (await handle.stat()).size);
		assert.equal(size, content.length);
		assert.equal(await readFile(file, 'utf8'), 'whole');
		if (process.platform !== 'win32') {
			assert.equal((await stat(file)).mode & 0o777, 0o600);
		}
	});

	it('leaves nothing behind that was not written as a whole', async () => {
		const full = Object.assign(new Error('no space'), { code: 'ENOSPC' });
		const check = () => Promise.reject(full);
		await assert.rejects(writeNewFile(file, content, 0o600, check), full);
		assert.deepEqual(await readdir(folder), []);
	});

	it('leaves nothing behind either when the file can not be closed', async () => {
		// Closed before: closing it once more is what fails.
		const check = async ({ fd }: { readonly fd: number }) => closeSync(fd);
		await assert.rejects(writeNewFile(file, content, 0o600, check), { code: 'EBADF' });
		assert.deepEqual(await readdir(folder), []);
	});

	it('writes over nothing, not even where a link leads to', async () => {
		await writeFile(file, 'old');
		await assert.rejects(
			writeNewFile(file, content, 0o600, async () => {}),
			{ code: 'EEXIST' },
		);
		assert.equal(await readFile(file, 'utf8'), 'old');
		if (process.platform !== 'win32') {
			const link = path.join(folder, 'link');
			await symlink(path.join(folder, 'nowhere'), link);
			await assert.rejects(
				writeNewFile(link, content, 0o600, async () => {}),
				{ code: 'EEXIST' },
			);
			assert.deepEqual((await readdir(folder)).sort(), ['key', 'link']);
		}
	});
});
