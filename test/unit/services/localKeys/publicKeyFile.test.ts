import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { publicHalf, savePublicKey } from '../../../../src/services/localKeys/publicKeyFile';
import { aPublicKey, keyLines } from '../../../fakes/keys';

const { publicKey } = aPublicKey(keyLines.deploy);

describe('savePublicKey', () => {
	let folder: string;
	const at = (name: string) => path.join(folder, name);

	beforeEach(async () => {
		folder = await mkdtemp(path.join(tmpdir(), 'public-key-'));
	});
	afterEach(() => rm(folder, { recursive: true }));

	it('writes one line beside the private key, where ssh looks for it', async () => {
		assert.equal(await savePublicKey(publicKey, 'deploy', at('deploy.pem')), true);
		assert.equal(await readFile(at('deploy.pem.pub'), 'utf8'), `${publicKey} deploy\n`);
	});

	it('leaves a comment out that is not plain ASCII', async () => {
		await savePublicKey(publicKey, '密钥', at('密钥.pem'));
		assert.equal(await readFile(at('密钥.pem.pub'), 'utf8'), `${publicKey}\n`);
	});

	it('writes over no file: takes another name, or none', async () => {
		await writeFile(at('deploy.pem.pub'), 'old');
		assert.equal(await savePublicKey(publicKey, 'deploy', at('deploy.pem')), true);
		assert.equal(await savePublicKey(publicKey, 'deploy', at('deploy.pem')), false);
		assert.equal(await readFile(at('deploy.pem.pub'), 'utf8'), 'old');
		assert.deepEqual((await readdir(folder)).sort(), ['deploy.pem.pub', 'deploy.pub']);
	});

	it('says so where nothing can be written', async () => {
		assert.equal(await savePublicKey(publicKey, 'deploy', at('no/such/folder/deploy.pem')), false);
	});
});

describe('publicHalf', () => {
	it('is that of a private key, without a comment', async () => {
		const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
		const half = await publicHalf(privateKey.export({ type: 'pkcs1', format: 'pem' }).toString());
		assert.match(half ?? '', /^ssh-rsa AAAAB3NzaC1yc2E[A-Za-z0-9+/]+={0,2}$/);
	});

	it('is undefined for what is no private key', async () => {
		assert.equal(await publicHalf('nothing'), undefined);
	});
});
