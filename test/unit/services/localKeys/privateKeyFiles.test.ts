import assert from 'node:assert/strict';
import { LocalKeys, publicNames } from '../../../../src/services/localKeys/localKeys';
import { FileError } from '../../../../src/services/ports';
import { MemoryFiles } from '../../../fakes/files';
import { keyLines } from '../../../fakes/keys';

const ssh = 'file:///home/mel/.ssh';
const begin = '-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1r';

describe('private keys among the local keys', () => {
	let files: MemoryFiles;
	let keys: LocalKeys;
	let workspaceFiles: readonly string[];

	beforeEach(() => {
		workspaceFiles = [];
		files = new MemoryFiles();
		keys = new LocalKeys(files, {
			folders: () => [ssh],
			workspaceFiles: async () => workspaceFiles,
			watch: () => ({ dispose: () => undefined }),
		});
	});

	const listed = async () => (await keys.all()).map(({ name, isPrivateKey }) => (isPrivateKey ? `${name}!` : name));

	it('are listed when no public key file is beside them, sorted in with the others', async () => {
		files.set(`${ssh}/id_rsa`, begin);
		files.set(`${ssh}/id_ed25519`, begin);
		files.set(`${ssh}/id_ed25519.pub`, keyLines.mel);
		files.set(`${ssh}/work.pub`, keyLines.ops);
		assert.deepEqual(await listed(), ['id_ed25519.pub', 'id_rsa!', 'work.pub']);
	});

	it('are known by their first bytes alone: none is read, and one with its public half not even opened', async () => {
		files.set(`${ssh}/id_rsa`, begin);
		files.set(`${ssh}/id_ed25519`, begin);
		files.set(`${ssh}/id_ed25519.pub`, keyLines.mel);
		await keys.all();
		assert.deepEqual([files.reads, files.starts], [[`${ssh}/id_ed25519.pub`], [`${ssh}/id_rsa`]]);
	});

	it('have nothing of the key in their entry', async () => {
		files.set(`${ssh}/id_rsa`, begin);
		assert.deepEqual(await keys.all(), [
			{ uri: `${ssh}/id_rsa`, name: 'id_rsa', origin: 'folder', keys: [], problems: [], isPrivateKey: true },
		]);
	});

	it('may be of any text format', async () => {
		const starts = {
			openssh: '-----BEGIN OPENSSH PRIVATE KEY-----\n',
			rsa: '-----BEGIN RSA PRIVATE KEY-----\r\n',
			pkcs8: '\n-----BEGIN PRIVATE KEY-----\n',
			encrypted: '-----BEGIN ENCRYPTED PRIVATE KEY-----\n',
			sshcom: '---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----\n',
			ssh1: 'SSH PRIVATE KEY FILE FORMAT 1.1\n\0',
			putty: 'PuTTY-User-Key-File-3: ssh-ed25519\r\n',
		};
		for (const [name, text] of Object.entries(starts)) {
			files.set(`${ssh}/${name}`, text.padEnd(4000, 'x'));
		}
		assert.deepEqual(
			await listed(),
			Object.keys(starts)
				.sort()
				.map((name) => `${name}!`),
		);
	});

	it('are not what else lies in the folder', async () => {
		files.set(`${ssh}/config`, 'Host *\n  IdentityFile ~/.ssh/id_rsa\n');
		files.set(`${ssh}/known_hosts`, `github.com ${keyLines.mel}\n`);
		files.set(`${ssh}/authorized_keys`, `${keyLines.mel}\n`);
		files.set(`${ssh}/cert.pem`, '-----BEGIN CERTIFICATE-----\n');
		files.set(`${ssh}/public.pem`, '-----BEGIN PUBLIC KEY-----\n');
		files.set(`${ssh}/notes`, `about the line ${begin}`);
		files.set(`${ssh}/empty`, '');
		files.set(`${ssh}/locked`, new FileError('noPermission'));
		assert.deepEqual(await listed(), []);
	});

	it('are not looked for in the workspace, and one that is called .pub stays a broken public key file', async () => {
		files.set('file:///project/id_work', begin);
		files.set('file:///project/other.pub', keyLines.ops);
		workspaceFiles = ['file:///project/other.pub'];
		files.set(`${ssh}/mistake.pub`, begin);
		assert.deepEqual(await listed(), ['mistake.pub', 'other.pub']);
		assert.deepEqual(
			(await keys.all())[0]?.problems.map(({ code }) => code),
			['privateKey'],
		);
	});

	it('are looked for a few at a time', async () => {
		let open = 0;
		let most = 0;
		for (let index = 0; index < 200; index++) {
			files.set(`${ssh}/key-${index}`, begin);
		}
		files.readStart = async () => {
			most = Math.max(most, ++open);
			await new Promise(setImmediate);
			open--;
			return Buffer.from(begin);
		};
		assert.equal((await keys.all()).length, 200);
		assert.equal(most, 16);
	});

	for (const [privateKey, names] of Object.entries({
		id_rsa: ['id_rsa.pub'],
		'deploy.pem': ['deploy.pem.pub', 'deploy.pub'],
		'deploy.PPK': ['deploy.PPK.pub', 'deploy.pub'],
		'my.key': ['my.key.pub', 'my.pub'],
		'id.old': ['id.old.pub'],
		'.pem': ['.pem.pub'],
	})) {
		it(`belong to ${names.join(' or ')} when they are called ${privateKey}`, async () => {
			assert.deepEqual(publicNames(privateKey), names);
			files.set(`${ssh}/${privateKey}`, begin);
			files.set(`${ssh}/${names.at(-1)}`, keyLines.mel);
			assert.deepEqual(await listed(), [names.at(-1)]);
		});
	}
});
