import assert from 'node:assert/strict';
import { createHash, createPrivateKey } from 'node:crypto';
import { CreateKeyPairCommand, type CreateKeyPairCommandInput, DescribeKeyPairsCommand } from '@aws-sdk/client-ec2';
import { parsePrivateKey } from 'sshpk';
import { type Fixture, refuses, useEmulator } from './support';
import { ed25519Line } from './vectors';

async function create({ client }: Fixture, input: Partial<CreateKeyPairCommandInput> = {}) {
	const ec2 = client();
	const created = await ec2.send(new CreateKeyPairCommand({ KeyName: 'made', ...input }));
	const described = await ec2.send(new DescribeKeyPairsCommand({ KeyNames: ['made'], IncludePublicKey: true }));
	const [keyPair] = described.KeyPairs ?? [];
	assert.ok(keyPair);
	assert.deepEqual(
		[keyPair.KeyPairId, keyPair.KeyName, keyPair.KeyFingerprint],
		[created.KeyPairId, created.KeyName, created.KeyFingerprint],
	);
	const [type = '', body = ''] = keyPair.PublicKey?.split(' ') ?? [];
	return { ...created, KeyMaterial: created.KeyMaterial ?? '', KeyType: keyPair.KeyType, publicKey: `${type} ${body}` };
}

/** The public half as sshpk, which did not write the key, derives it. */
function publicHalf(material: string): string {
	return parsePrivateKey(material, 'auto').toPublic().toString('ssh').split(' ').slice(0, 2).join(' ');
}

describe('emulated CreateKeyPair', () => {
	const fixture = useEmulator();

	it('makes an RSA-2048 key by default, in PKCS#1, with the SHA-1 of its PKCS#8 DER as fingerprint', async () => {
		const { KeyMaterial, KeyFingerprint, KeyType, publicKey } = await create(fixture());
		assert.equal(KeyType, 'rsa');
		assert.match(KeyMaterial, /^-----BEGIN RSA PRIVATE KEY-----\n[\s\S]+\n-----END RSA PRIVATE KEY-----$/);
		const key = createPrivateKey(KeyMaterial);
		assert.equal(key.asymmetricKeyDetails?.modulusLength, 2048);
		const digest = createHash('sha1')
			.update(key.export({ type: 'pkcs8', format: 'der' }))
			.digest('hex');
		assert.equal(KeyFingerprint?.replaceAll(':', ''), digest);
		assert.match(KeyFingerprint ?? '', /^([0-9a-f]{2}:){19}[0-9a-f]{2}$/);
		assert.equal(publicHalf(KeyMaterial), publicKey);
	});

	it("makes an ED25519 key in OpenSSH's format, with the SHA-256 of its blob as fingerprint", async () => {
		const { KeyMaterial, KeyFingerprint, KeyType, publicKey } = await create(fixture(), { KeyType: 'ed25519' });
		assert.equal(KeyType, 'ed25519');
		assert.match(KeyMaterial, /^-----BEGIN OPENSSH PRIVATE KEY-----\n/);
		const blob = Buffer.from(publicKey.split(' ')[1] ?? '', 'base64');
		assert.equal(KeyFingerprint, createHash('sha256').update(blob).digest('base64'));
		assert.equal(publicHalf(KeyMaterial), publicKey);
	});

	it("hands a key out in PuTTY's format when asked", async () => {
		const { KeyMaterial, publicKey } = await create(fixture(), { KeyFormat: 'ppk' });
		assert.match(KeyMaterial, /^PuTTY-User-Key-File-2: ssh-rsa\r\nEncryption: none\r\nComment: made\r\n/);
		assert.equal(publicHalf(KeyMaterial), publicKey);
	});

	it("hands an ED25519 key out in PuTTY's format when asked", async () => {
		const { KeyMaterial, publicKey } = await create(fixture(), { KeyFormat: 'ppk', KeyType: 'ed25519' });
		assert.equal(publicHalf(KeyMaterial), publicKey);
	});

	it('sets the tags it was given', async () => {
		const Tags = [{ Key: 'owner', Value: 'mel' }];
		const { Tags: returned } = await create(fixture(), {
			KeyType: 'ed25519',
			TagSpecifications: [{ ResourceType: 'key-pair', Tags }],
		});
		assert.deepEqual(returned, Tags);
	});

	it('refuses a name that is taken and types and formats that it does not know', async () => {
		const { client, importKey } = fixture();
		await importKey('made', ed25519Line);
		const send = (input: object) => client().send(new CreateKeyPairCommand({ KeyName: 'made', ...input }));
		await refuses(send({}), 'InvalidKeyPair.Duplicate');
		await refuses(send({ KeyName: 'other', KeyType: 'dsa' }), 'InvalidParameterValue');
		await refuses(send({ KeyName: 'other', KeyFormat: 'der' }), 'InvalidParameterValue');
	});
});
