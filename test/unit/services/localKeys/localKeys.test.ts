import assert from 'node:assert/strict';
import { type LocalKeyFile, LocalKeys, maxKeyFileBytes } from '../../../../src/services/localKeys/localKeys';
import { FileError } from '../../../../src/services/ports';
import { MemoryFiles } from '../../../fakes/files';
import { aPublicKey, keyLines } from '../../../fakes/keys';

const ssh = 'file:///home/mel/.ssh';
const workspace = 'file:///project/project';

describe('LocalKeys', () => {
	let files: MemoryFiles;
	let folders: string[];
	let workspaceFiles: () => Promise<readonly string[]>;
	let listeners: Set<() => void>;
	let keys: LocalKeys;
	let changes: number;

	beforeEach(() => {
		files = new MemoryFiles();
		folders = [ssh];
		workspaceFiles = async () => [];
		listeners = new Set();
		keys = new LocalKeys(files, {
			folders: () => folders,
			workspaceFiles: () => workspaceFiles(),
			watch: (listener) => {
				listeners.add(listener);
				return { dispose: () => void listeners.delete(listener) };
			},
		});
		changes = 0;
		keys.onDidChange(() => changes++);
	});

	/** Puts `.pub` files into the workspace. */
	function inWorkspace(entries: Readonly<Record<string, string | Uint8Array | FileError>>): void {
		const uris = Object.entries(entries).map(([name, file]) => {
			const uri = `${workspace}/${name}`;
			files.set(uri, file);
			return uri;
		});
		workspaceFiles = async () => uris;
	}

	async function names(): Promise<string[]> {
		return (await keys.all()).map(({ name, origin }) => `${origin} ${name}`);
	}

	async function only(): Promise<LocalKeyFile> {
		const [file, ...others] = await keys.all();
		assert.ok(file && others.length === 0, 'one file is listed');
		return file;
	}

	describe('what is listed', () => {
		it('is nothing before it is asked for: no file is read, nothing is watched', () => {
			assert.deepEqual([files.reads, listeners.size], [[], 0]);
		});

		it('is every .pub file of the folders, and no other file', async () => {
			files.set(`${ssh}/id_ed25519.pub`, `${keyLines.mel}\n`);
			files.set(`${ssh}/id_ed25519`, 'a private key');
			files.set(`${ssh}/known_hosts`, 'a host');
			const file = await only();

			assert.deepEqual(file, {
				uri: `${ssh}/id_ed25519.pub`,
				name: 'id_ed25519.pub',
				origin: 'folder',
				keys: [aPublicKey()],
				problems: [],
			});
			assert.deepEqual(files.reads, [`${ssh}/id_ed25519.pub`], 'a private key is never read');
		});

		it('is sorted by name, folders before the workspace', async () => {
			folders = [ssh, 'file:///home/mel/keys'];
			files.set(`${ssh}/b.pub`, keyLines.mel);
			files.set('file:///home/mel/keys/a.pub', keyLines.ops);
			files.set(`${ssh}/c.pub`, keyLines.deploy);
			inWorkspace({ 'b.pub': keyLines.mel, 'a.pub': keyLines.ops });

			assert.deepEqual(await names(), [
				'folder a.pub',
				'folder b.pub',
				'folder c.pub',
				'workspace a.pub',
				'workspace b.pub',
			]);
		});

		it('holds a file once that is in a folder and in the workspace, and a folder that is named twice', async () => {
			folders = [ssh, ssh];
			files.set(`${ssh}/id.pub`, keyLines.mel);
			workspaceFiles = async () => [`${ssh}/id.pub`];
			assert.deepEqual(await names(), ['folder id.pub']);
		});

		it('is empty for a folder that does not exist', async () => {
			assert.deepEqual(await keys.all(), []);
		});

		it('shows a folder that can not be listed with why, next to what the others hold', async () => {
			folders = [ssh, 'file:///srv/keys/'];
			files.set(`${ssh}/id.pub`, keyLines.mel);
			files.set('file:///srv/keys/', new FileError('noPermission'));
			inWorkspace({ 'ops.pub': keyLines.ops });
			const all = await keys.all();

			assert.deepEqual(
				all.map(({ name, unreadable }) => [name, unreadable]),
				[
					['id.pub', undefined],
					['keys', 'noPermission'],
					['ops.pub', undefined],
				],
			);
		});

		it('shows several keys of one file in one entry', async () => {
			files.set(`${ssh}/all.pub`, `${keyLines.mel}\n${keyLines.ops}\n`);
			assert.deepEqual(
				(await only()).keys.map(({ comment }) => comment),
				['mel@laptop', 'ops@laptop'],
			);
		});

		it('names files as people do, not as URIs do', async () => {
			files.set(`${ssh}/mel%20%C3%A4.pub`, keyLines.mel);
			assert.equal((await only()).name, 'mel ä.pub');
		});
	});

	describe('what can not be used', () => {
		for (const code of ['noPermission', 'unreadable', 'notFound'] as const) {
			it(`is shown with why (${code})`, async () => {
				files.set(`${ssh}/id.pub`, new FileError(code));
				const { unreadable, keys: found, problems } = await only();
				assert.deepEqual([unreadable, found, problems], [code, [], []]);
			});
		}

		it('is a file that is too large: one byte more than allowed', async () => {
			const line = `${keyLines.mel} `;
			files.set(`${ssh}/fits.pub`, line.padEnd(maxKeyFileBytes, 'x'));
			files.set(`${ssh}/large.pub`, line.padEnd(maxKeyFileBytes + 1, 'x'));

			assert.deepEqual(
				(await keys.all()).map(({ keys: found, unreadable }) => [found.length, unreadable]),
				[
					[1, undefined],
					[0, 'tooLarge'],
				],
			);
		});

		it('is shown with what is wrong in it', async () => {
			files.set(`${ssh}/broken.pub`, keyLines.mel.replace('AAAAC3Nz', 'AAAA*3Nz'));
			const { problems, unreadable } = await only();
			assert.deepEqual(
				[problems.map(({ code, severity }) => [code, severity]), unreadable],
				[[['base64Character', 'error']], undefined],
			);
		});

		it('does not hide the others', async () => {
			files.set(`${ssh}/a.pub`, new FileError('noPermission'));
			files.set(`${ssh}/b.pub`, keyLines.mel);
			assert.equal((await keys.all())[1]?.keys.length, 1);
		});

		it('is told of by the parser when a byte order mark hides the key', async () => {
			files.set(`${ssh}/bom.pub`, `\ufeff${keyLines.mel}`);
			const { problems, keys: found } = await only();
			assert.deepEqual([problems.map(({ code }) => code), found], [['byteOrderMark'], []]);
		});

		it('is told of as UTF-16, as PowerShell writes it', async () => {
			files.set(`${ssh}/utf16.pub`, Buffer.from(`\ufeff${keyLines.mel}`, 'utf16le'));
			assert.deepEqual(
				(await only()).problems.map(({ code, data }) => [code, data]),
				[['byteOrderMark', { encoding: 'utf-16' }]],
			);
		});
	});

	describe('the workspace', () => {
		/** How a Publisher document begins: the header of a compound file, then its sectors. */
		const publisherDocument = Buffer.concat([
			Buffer.from('d0cf11e0a1b11ae1', 'hex'),
			Buffer.alloc(16),
			Buffer.from('3e000300feff0900060000000000000000000000', 'hex'),
			Buffer.from(Array.from({ length: 4096 }, (_, index) => (index * 37) % 256)),
		]);

		it('is looked through for files that hold a key or tried to', async () => {
			inWorkspace({
				'key.pub': keyLines.mel,
				'broken.pub': keyLines.mel.replace('AAAAC3Nz', 'AAAA*3Nz'),
				'private.pub':
					'-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAA\n-----END OPENSSH PRIVATE KEY-----\n',
				'utf16.pub': Buffer.from(`\ufeff${keyLines.mel}`, 'utf16le'),
				'locked.pub': new FileError('noPermission'),
				'odd.pub': new FileError('unreadable'),
			});
			assert.deepEqual(await names(), [
				'workspace broken.pub',
				'workspace key.pub',
				'workspace locked.pub',
				'workspace odd.pub',
				'workspace private.pub',
				'workspace utf16.pub',
			]);
		});

		it('may hold .pub files that are something else: they are left out', async () => {
			inWorkspace({
				'newsletter.pub': publisherDocument,
				'large.pub': Buffer.alloc(maxKeyFileBytes + 1),
				'packages.pub': 'name="demo\ndependencies:\n  rsa: 1.0\n',
				'notes.pub': 'The Red Lion, open until eleven.\n',
				'quiz.pub': 'rsa or dsa?\n',
				'empty.pub': '',
				'gone.pub': new FileError('notFound'),
			});
			assert.deepEqual(await names(), []);
		});

		it("does not decide for the person's own folders: there, everything is shown", async () => {
			files.set(`${ssh}/newsletter.pub`, publisherDocument);
			files.set(`${ssh}/notes.pub`, 'The Red Lion\n');
			assert.deepEqual(
				(await keys.all()).map(({ problems }) => problems.map(({ code }) => code)),
				[['noKey'], ['noKey']],
			);
		});
	});

	describe('keeping up', () => {
		beforeEach(() => files.set(`${ssh}/id.pub`, keyLines.mel));

		it('reads once until something changes', async () => {
			await Promise.all([keys.all(), keys.all()]);
			await keys.all();
			assert.equal(files.reads.length, 1);
			assert.equal(listeners.size, 1, 'and watches once');
		});

		it('reads anew, and says so, when a watched file changes', async () => {
			await keys.all();
			files.set(`${ssh}/new.pub`, keyLines.ops);
			for (const listener of listeners) {
				listener();
			}
			assert.equal(changes, 1);
			assert.equal(files.reads.length, 1, 'not before somebody asks');
			assert.deepEqual(await names(), ['folder id.pub', 'folder new.pub']);
		});

		it('asks for the folders again when it reads anew', async () => {
			await keys.all();
			folders = ['file:///elsewhere'];
			keys.refresh();
			assert.equal(changes, 1);
			assert.deepEqual(await names(), []);
		});

		it('tries again after the workspace could not be searched', async () => {
			workspaceFiles = () => Promise.reject(new Error('search failed'));
			await assert.rejects(keys.all(), /search failed/);
			workspaceFiles = async () => [];
			assert.deepEqual(await names(), ['folder id.pub']);
		});

		it('ends its watch and is silent once disposed', async () => {
			await keys.all();
			keys.dispose();
			keys.refresh();
			assert.deepEqual([listeners.size, changes], [0, 0]);
		});
	});

	describe('read', () => {
		it('reads one file now, whatever is kept', async () => {
			files.set(`${ssh}/id.pub`, keyLines.mel);
			await keys.all();
			files.set(`${ssh}/id.pub`, keyLines.ops);
			const file = await keys.read(`${ssh}/id.pub`);

			assert.equal(file.origin, 'workspace');
			assert.deepEqual(file.keys, [aPublicKey(keyLines.ops)]);
		});

		it('says why a file can not be read, also when the port fails otherwise', async () => {
			assert.equal((await keys.read(`${ssh}/none.pub`)).unreadable, 'notFound');
			files.read = () => Promise.reject(new Error('disk on fire'));
			assert.equal((await keys.read(`${ssh}/none.pub`)).unreadable, 'unreadable');
		});
	});
});
