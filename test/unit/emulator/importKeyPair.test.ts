import assert from 'node:assert/strict';
import { DescribeKeyPairsCommand, ImportKeyPairCommand, type ImportKeyPairCommandInput } from '@aws-sdk/client-ec2';
import { type Fixture, refuses, useEmulator } from './support';
import * as vectors from './vectors';

function send({ client }: Fixture, text: string, input: Partial<ImportKeyPairCommandInput> = {}) {
	return client().send(new ImportKeyPairCommand({ KeyName: 'demo', PublicKeyMaterial: Buffer.from(text), ...input }));
}

describe('emulated ImportKeyPair', () => {
	const fixture = useEmulator();

	for (const { name, line, fingerprint } of vectors.importable) {
		it(`shows the fingerprint that openssl gives for ${name}`, async () => {
			const reply = await send(fixture(), line);
			assert.match(reply.KeyPairId ?? '', /^key-[0-9a-f]{17}$/);
			assert.deepEqual([reply.KeyName, reply.KeyFingerprint], ['demo', fingerprint]);
		});
	}

	const forms: Readonly<Record<string, string>> = {
		'an OpenSSH line without a comment': vectors.rsaLine.split(' ').slice(0, 2).join(' '),
		'an OpenSSH line that ends in CR LF': `${vectors.rsaLine}\r\n`,
		'RFC 4716': vectors.rsaRfc4716,
		'RFC 4716 with CR LF': `${vectors.rsaRfc4716.replaceAll('\n', '\r\n')}\r\n`,
		'base64 DER (SubjectPublicKeyInfo)': vectors.rsaSpkiBase64,
		'base64 DER (PKCS#1)': vectors.rsaPkcs1Base64,
		'base64 DER in lines': vectors.rsaSpkiBase64.replace(/.{64}/g, '$&\n'),
	};
	for (const [form, text] of Object.entries(forms)) {
		it(`takes an RSA key as ${form}`, async () => {
			assert.equal((await send(fixture(), text)).KeyFingerprint, vectors.rsaFingerprint);
		});
	}

	const [, ed25519Base64 = ''] = vectors.ed25519Line.split(' ');
	const malformed: Readonly<Record<string, string>> = {
		...vectors.refused,
		'text that is base64-encoded already': Buffer.from(vectors.rsaLine).toString('base64'),
		'an ED25519 key in RFC 4716': `---- BEGIN SSH2 PUBLIC KEY ----\n${ed25519Base64}\n---- END SSH2 PUBLIC KEY ----`,
		'an ED25519 key in base64 DER': 'MCowBQYDK2VwAyEA66tZO80iOsPE+rq7/Fg/5QBjmSZvpwhCLTGjbHt+ogQ=',
		'a PEM public key': `-----BEGIN PUBLIC KEY-----\n${vectors.rsaSpkiBase64}\n-----END PUBLIC KEY-----\n`,
		'a type that is not that of the body': `ssh-rsa ${ed25519Base64} demo`,
		'a body that is cut off': vectors.ed25519Line.replace('qIE', ''),
		'a body with more behind it': `ssh-ed25519 ${ed25519Base64}AAAA demo`,
		'two keys': `${vectors.ed25519Line}\n${vectors.rsaLine}\n`,
		'options before the key': `no-pty ${vectors.ed25519Line}`,
		'no key at all': 'hello',
	};
	for (const [what, text] of Object.entries(malformed)) {
		it(`refuses ${what} with InvalidKey.Format`, async () => {
			const message = await refuses(send(fixture(), text), 'InvalidKey.Format');
			assert.equal(message, 'Key is not in valid OpenSSH public key format');
		});
	}

	it('returns the tags it was given, in order', async () => {
		const Tags = [
			{ Key: 'owner', Value: 'mel & <co>' },
			{ Key: 'empty', Value: '' },
			{ Key: 'Ünï', Value: '値' },
		];
		const reply = await send(fixture(), vectors.ed25519Line, {
			TagSpecifications: [{ ResourceType: 'key-pair', Tags }],
		});
		assert.deepEqual(reply.Tags, Tags);
	});

	it('refuses a name that is taken in that region, even for the same key, and lets it be used elsewhere', async () => {
		await send(fixture(), vectors.ed25519Line);
		const message = await refuses(send(fixture(), vectors.ed25519Line), 'InvalidKeyPair.Duplicate');
		assert.equal(message, "The keypair 'demo' already exists.");
		await send(fixture(), vectors.rsaLine, { KeyName: 'Demo' });
		const there = fixture().client({ region: 'eu-west-1' });
		const input = { KeyName: 'demo', PublicKeyMaterial: Buffer.from(vectors.rsaLine) };
		assert.equal((await there.send(new ImportKeyPairCommand(input))).KeyName, 'demo');
	});

	it('takes a key of 1,536 bytes and refuses a longer one: the limit of 2,048 counts base64', async () => {
		const padded = (length: number) => `${vectors.rsaLine} `.padEnd(length, 'x');
		const message = await refuses(send(fixture(), padded(1537)), 'InvalidParameterValue');
		assert.match(
			message,
			/^Value \([\w+/=]+\) for parameter PublicKeyMaterial is invalid\. Length exceeds maximum of 2048\.$/,
		);
		assert.equal((await send(fixture(), padded(1536))).KeyName, 'demo');
	});

	it('takes a name of 255 ASCII characters and refuses longer, other and outer-spaced ones', async () => {
		const named = (KeyName: string) => send(fixture(), vectors.ed25519Line, { KeyName });
		assert.match(await refuses(named('n'.repeat(256)), 'InvalidParameterValue'), /Length exceeds maximum of 255\.$/);
		assert.match(
			await refuses(named('schlüssel'), 'InvalidParameterValue'),
			/^Value \(schlüssel\) for parameter KeyName is invalid\. Character sets beyond ASCII are not supported\.$/,
		);
		await refuses(named(' demo'), 'InvalidParameterValue');
		assert.equal((await named('n'.repeat(255))).KeyName?.length, 255);
		assert.equal((await named('a b/c:d@e~')).KeyName, 'a b/c:d@e~');
	});

	it('refuses a comment beyond ASCII', async () => {
		const message = await refuses(send(fixture(), `${vectors.ed25519Line} é`), 'InvalidParameterValue');
		assert.match(message, /Character sets beyond ASCII are not supported\.$/);
	});

	it('misses a name or a key that is not there', async () => {
		const missing = async (input: Partial<ImportKeyPairCommandInput>, name: string) => {
			const message = await refuses(send(fixture(), '', input), 'MissingParameter');
			assert.equal(message, `The request must contain the parameter ${name}`);
		};
		await missing({ KeyName: undefined }, 'KeyName');
		await missing({ KeyName: '' }, 'KeyName');
		await missing({ PublicKeyMaterial: undefined }, 'PublicKeyMaterial');
	});

	it('refuses one key pair more than the account may have in a region', async () => {
		const { account } = fixture();
		assert.equal(account.keyPairLimit, 5000);
		account.keyPairLimit = 1;
		await send(fixture(), vectors.ed25519Line);
		await refuses(send(fixture(), vectors.rsaLine, { KeyName: 'second' }), 'KeyPairLimitExceeded');
		const { KeyPairs } = await fixture().client().send(new DescribeKeyPairsCommand({}));
		assert.equal(KeyPairs?.length, 1);
	});
});
