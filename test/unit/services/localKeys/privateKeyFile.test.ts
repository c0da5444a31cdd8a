import assert from 'node:assert/strict';
import {
	chmod,
	type FileHandle,
	mkdir,
	mkdtemp,
	open,
	readdir,
	readFile,
	rm,
	stat,
	symlink,
	writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
	PrivateKeyFileError,
	privateKeyFileName,
	writePrivateKey,
} from '../../../../src/services/localKeys/privateKeyFile';

const text = '-----BEGIN RSA PRIVATE KEY-----\nnot a real one\n-----END RSA PRIVATE KEY-----\n';

describe('the private key file', () => {
	let folder: string;
	let at: (...names: readonly string[]) => string;

	beforeEach(async () => {
		folder = await mkdtemp(path.join(tmpdir(), 'private-key-'));
		at = (...names) => path.join(folder, ...names);
	});
	afterEach(() => rm(folder, { recursive: true }));

	it('is written whole, for its owner alone', async () => {
		const privacy = await writePrivateKey(at('deploy.pem'), text);
		assert.equal(await readFile(at('deploy.pem'), 'utf8'), text);
		if (process.platform === 'win32') {
			assert.equal(privacy, 'unknown');
		} else {
			assert.equal(privacy, 'private');
			assert.equal((await stat(at('deploy.pem'))).mode & 0o777, 0o600);
		}
	});

	it('makes the folder, for its owner alone', async () => {
		await writePrivateKey(at('.ssh', 'keys', 'deploy.pem'), text);
		assert.equal(await readFile(at('.ssh', 'keys', 'deploy.pem'), 'utf8'), text);
		if (process.platform !== 'win32') {
			assert.equal((await stat(at('.ssh'))).mode & 0o777, 0o700);
		}
	});

	it('is never written over what is there: a file, a folder, a link, a link to nowhere', async () => {
		await writeFile(at('file.pem'), 'old');
		await chmod(at('file.pem'), 0o666);
		await mkdir(at('folder.pem'));
		await symlink(at('file.pem'), at('link.pem'));
		await symlink(at('nowhere'), at('broken.pem'));
		for (const name of ['file.pem', 'folder.pem', 'link.pem', 'broken.pem']) {
			await assert.rejects(writePrivateKey(at(name), text), isError('exists'), name);
		}
		assert.equal(await readFile(at('file.pem'), 'utf8'), 'old');
		assert.deepEqual((await readdir(folder)).sort(), ['broken.pem', 'file.pem', 'folder.pem', 'link.pem']);
	});

	it('says that there is no folder where a file is in its place', async () => {
		await writeFile(at('file'), '');
		await assert.rejects(writePrivateKey(at('file', 'deploy.pem'), text), isError('noFolder'));
		await assert.rejects(writePrivateKey(at('file', 'more', 'deploy.pem'), text), isError('noFolder'));
	});

	describe('on a disk that fails', () => {
		let handles: FileHandle;
		let sync: FileHandle['sync'];
		let synced: number;

		beforeEach(async () => {
			const handle = await open(at('x'), 'w');
			handles = Object.getPrototypeOf(handle);
			await handle.close();
			await rm(at('x'));
			sync = handles.sync;
			synced = 0;
		});
		afterEach(() => {
			handles.sync = sync;
		});

		/** The sync that comes as number `failing` fails with the system's code; those before it go through. */
		function fail(code: string, failing: number): void {
			handles.sync = async function (this: FileHandle) {
				synced++;
				if (synced === failing) {
					throw Object.assign(new Error(code), { code });
				}
				await sync.call(this);
			};
		}

		it('is on the disk, with its entry in the folder, before it counts as written', async () => {
			fail('none', 0);
			await writePrivateKey(at('deploy.pem'), text);
			assert.equal(synced, process.platform === 'win32' ? 1 : 2);
		});

		it('leaves no half of a private key behind', async () => {
			fail('ENOSPC', 1);
			await assert.rejects(writePrivateKey(at('deploy.pem'), text), isError('noSpace'));
			assert.deepEqual(await readdir(folder), []);
		});

		// Windows has no such sync.
		if (process.platform !== 'win32') {
			it('does not count as written while its entry in the folder is not on the disk', async () => {
				fail('EIO', 2);
				await assert.rejects(writePrivateKey(at('deploy.pem'), text), isError('unwritable'));
				assert.deepEqual(await readdir(folder), []);
			});
		}

		it('counts as written where folders can not be synced at all', async () => {
			fail('EINVAL', 2);
			await writePrivateKey(at('deploy.pem'), text);
			assert.equal(await readFile(at('deploy.pem'), 'utf8'), text);
		});
	});

	it('tells nothing of the private key when it fails', async () => {
		await writeFile(at('deploy.pem'), 'old');
		const error = await writePrivateKey(at('deploy.pem'), text).then(assert.fail, (reason: Error) => reason);
		const told = `${error.stack} ${error.cause instanceof Error ? error.cause.stack : ''} ${JSON.stringify(error)}`;
		assert.ok(!told.includes('not a real one'));
	});
});

describe('privateKeyFileName', () => {
	const cases: readonly (readonly [keyName: string, name: string])[] = [
		['deploy', 'deploy.pem'],
		['mel@laptop 2026', 'mel@laptop 2026.pem'],
		['../../etc/passwd', '-..-etc-passwd.pem'],
		['a/b\\c:d*e?f"g<h>i|j', 'a-b-c-d-e-f-g-h-i-j.pem'],
		['.hidden', 'hidden.pem'],
		['trailing. ', 'trailing.pem'],
		['CON', 'CON-key.pem'],
		['nul.txt', 'nul-key.txt.pem'],
		['console', 'console.pem'],
		['...', 'key.pem'],
		['密钥', '密钥.pem'],
		['tab\tnewline\n', 'tab-newline-.pem'],
	];
	for (const [keyName, name] of cases) {
		it(`makes ${JSON.stringify(name)} of ${JSON.stringify(keyName)}`, () => {
			assert.equal(privateKeyFileName(keyName, 'pem'), name);
		});
	}

	it('stays short enough for every file system, with the ending of the format', () => {
		const name = privateKeyFileName('🔑'.repeat(255), 'ppk');
		assert.ok(Buffer.byteLength(`${name}.pub`) <= 255);
		assert.match(name, /\.ppk$/);
	});
});

function isError(code: string): (error: unknown) => boolean {
	return (error) => error instanceof PrivateKeyFileError && error.code === code;
}
