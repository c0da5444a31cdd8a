import assert from 'node:assert/strict';
import { createHash, generateKeyPairSync, randomBytes } from 'node:crypto';
import { createdKeyFingerprint } from '../../../src/domain/createdKeyFingerprint';
import { derivePublicKey } from '../../../src/domain/derivePublicKey';
import { parsePublicKeys } from '../../../src/domain/parsePublicKeys';
import { openSshPrivateKey } from './openSshPrivateKey';
import { aPpk } from './ppk';
import { vector } from './vectors';

const PASSPHRASE = 'correct horse';
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const ec = generateKeyPairSync('ec', { namedCurve: 'P-384' });
const ed25519 = generateKeyPairSync('ed25519');
const dsa = generateKeyPairSync('dsa', { modulusLength: 1024, divisorLength: 160 });

const encrypted = { cipher: 'aes-256-cbc', passphrase: PASSPHRASE } as const;

/** Private keys made anew, in every form that Node writes and OpenSSH's. */
const forms: readonly {
	readonly name: string;
	readonly text: string;
	readonly type: string;
	readonly encrypted?: true;
}[] = [
	{ name: 'PKCS#1', text: text(rsa.privateKey.export({ type: 'pkcs1', format: 'pem' })), type: 'ssh-rsa' },
	{ name: 'PKCS#8 of RSA', text: text(rsa.privateKey.export({ type: 'pkcs8', format: 'pem' })), type: 'ssh-rsa' },
	{
		name: 'encrypted PKCS#1',
		text: text(rsa.privateKey.export({ type: 'pkcs1', format: 'pem', ...encrypted })),
		type: 'ssh-rsa',
		encrypted: true,
	},
	{
		name: 'encrypted PKCS#8',
		text: text(rsa.privateKey.export({ type: 'pkcs8', format: 'pem', ...encrypted })),
		type: 'ssh-rsa',
		encrypted: true,
	},
	{ name: 'SEC 1', text: text(ec.privateKey.export({ type: 'sec1', format: 'pem' })), type: 'ecdsa-sha2-nistp384' },
	{
		name: 'PKCS#8 of EC',
		text: text(ec.privateKey.export({ type: 'pkcs8', format: 'pem' })),
		type: 'ecdsa-sha2-nistp384',
	},
	{
		name: 'PKCS#8 of ED25519',
		text: text(ed25519.privateKey.export({ type: 'pkcs8', format: 'pem' })),
		type: 'ssh-ed25519',
	},
	{ name: 'PKCS#8 of DSA', text: text(dsa.privateKey.export({ type: 'pkcs8', format: 'pem' })), type: 'ssh-dss' },
	{ name: "OpenSSH's form of ED25519", text: openSshPrivateKey(ed25519.privateKey, 'me at work'), type: 'ssh-ed25519' },
	{ name: "OpenSSH's form of RSA", text: openSshPrivateKey(rsa.privateKey, 'me at work'), type: 'ssh-rsa' },
];

/** The same key, spelled as it turns up in other files. */
const spellings: readonly { readonly name: string; readonly spell: (text: string) => string }[] = [
	{ name: 'as it is', spell: (key) => key },
	{ name: 'with CRLF', spell: (key) => key.replaceAll('\n', '\r\n') },
	{ name: 'indented', spell: (key) => key.replace(/^/gm, '    ') },
	{ name: 'in JSON', spell: (key) => JSON.stringify({ key }) },
	{ name: 'without its end', spell: (key) => key.replace(/-----END.*\n/, '') },
	{ name: 'in base64', spell: (key) => Buffer.from(key).toString('base64') },
	{ name: 'in wrapped base64', spell: (key) => Buffer.from(key).toString('base64').replace(/.{76}/g, '$&\n') },
	{ name: 'after a byte order mark', spell: (key) => `\ufeff${key}` },
];

function text(exported: string | Buffer): string {
	return exported.toString();
}

/** The runs of base64 in a private key, which must not turn up anywhere. */
function secretsOf(key: string): string[] {
	return key.split('\n').filter((line) => /^[A-Za-z0-9+/=]{20,}$/.test(line));
}

describe('a private key', () => {
	for (const form of forms) {
		for (const { name, spell } of spellings) {
			it(`is refused and not repeated: ${form.name} ${name}`, () => {
				const found = parsePublicKeys(spell(form.text));
				assert.deepEqual(found.keys, []);
				const problems = found.problems.filter(({ severity }) => severity === 'error');
				assert.deepEqual(
					problems.map(({ code, fix }) => [code, fix?.title]),
					[['privateKey', 'derivePublicKey']],
				);
				assert.equal(problems[0]?.data.encrypted, form.encrypted === true ? 1 : 0);
				const told = JSON.stringify(found);
				assert.ok(secretsOf(form.text).every((secret) => !told.includes(secret.slice(0, 20))));
			});
		}
	}

	it('is recognised without its marker lines', () => {
		for (const { name, text: key } of forms.filter((form) => !form.name.startsWith('encrypted PKCS#1'))) {
			const { keys, problems } = parsePublicKeys(key.replace(/-----.*-----\n/g, ''));
			assert.deepEqual([keys.length, problems.map(({ code }) => code)], [0, ['privateKey']], name);
		}
	});

	it("is recognised in SSH.com's form and in SSH 1's", () => {
		const sshCom = `---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----\nComment: "x"\nP2/56wAA\n---- END SSH2 ENCRYPTED PRIVATE KEY ----\n`;
		const ssh1 = `SSH PRIVATE KEY FILE FORMAT 1.1\n${randomBytes(64).toString('latin1')}`;
		for (const key of [sshCom, ssh1]) {
			assert.equal(parsePublicKeys(key).problems[0]?.code, 'privateKey');
		}
	});

	it('hides no public key beside it', () => {
		const beside = `${forms[0]?.text}${vector('ed25519-plain').line}\n`;
		const { keys, problems } = parsePublicKeys(beside);
		assert.deepEqual([keys.length, problems.map(({ code }) => code)], [1, ['privateKey']]);
	});

	it('in a comment takes the key with it', () => {
		const line = `${vector('ed25519-plain').line.trim()} -----BEGIN OPENSSH PRIVATE KEY----- b3BlbnNzaC1rZXktdjEAAAAA`;
		const { keys, problems } = parsePublicKeys(line);
		assert.deepEqual([keys.length, problems.map(({ code }) => code)], [0, ['privateKey']]);
	});

	it('is not any mention of one', () => {
		const { keys, problems } = parsePublicKeys(`${vector('ed25519-plain').line.trim()} MY PRIVATE KEY is elsewhere`);
		assert.deepEqual([keys.length, problems], [1, []]);
	});
});

describe('derivePublicKey', () => {
	for (const form of forms) {
		for (const { name, spell } of spellings) {
			it(`gives the public half: ${form.name} ${name}`, async () => {
				const derived = await derivePublicKey(spell(form.text), form.encrypted && PASSPHRASE);
				assert.ok(derived.kind === 'derived');
				const expected = { rsa, ec, ed25519, dsa }[familyOf(form.type)].publicKey.export({
					type: 'spki',
					format: 'pem',
				});
				const [key] = parsePublicKeys(text(expected)).keys;
				const comment = form.name.startsWith('OpenSSH') ? ' me at work' : '';
				assert.equal(derived.publicKey, `${key?.publicKey}${comment}`);
			});
		}
	}

	it('asks for a passphrase where there is one, and says when it is wrong', async () => {
		for (const { text: key } of forms.filter((form) => form.encrypted)) {
			assert.deepEqual(await derivePublicKey(key), { kind: 'needsPassphrase' });
			assert.deepEqual(await derivePublicKey(key, 'wrong'), { kind: 'wrongPassphrase' });
		}
	});

	it("takes the public half of OpenSSH's and PuTTY's files as it stands there, without a passphrase", async () => {
		const locked = openSshPrivateKey(ed25519.privateKey, 'unseen', 'aes256-ctr');
		assert.equal(parsePublicKeys(locked).problems[0]?.data.encrypted, 1);
		const derived = await derivePublicKey(locked);
		assert.ok(derived.kind === 'derived' && derived.publicKey.split(' ').length === 2);
		const { line } = vector('ecdsa-521');
		assert.deepEqual(
			await derivePublicKey(aPpk(line, { version: 3, comment: 'ecdsa 521', encryption: 'aes256-cbc' })),
			{
				kind: 'derived',
				publicKey: line,
			},
		);
	});

	it('says so when it can not', async () => {
		const old = `-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: DES-CBC,0102030405060708\n\nAAAA\n-----END RSA PRIVATE KEY-----\n`;
		const x25519 = text(generateKeyPairSync('x25519').privateKey.export({ type: 'pkcs8', format: 'pem' }));
		const damaged = forms[0]?.text.replace(/MII/, 'MIA') ?? '';
		for (const key of ['', 'hello', vector('rsa-2048').line, x25519, damaged]) {
			assert.deepEqual(await derivePublicKey(key), { kind: 'unsupported' });
		}
		assert.deepEqual(await derivePublicKey(old, 'x'), { kind: 'unsupported' });
	});

	it('makes one line whatever the comment', async () => {
		const derived = await derivePublicKey(openSshPrivateKey(ed25519.privateKey, 'a\nssh-rsa AAAA\r\nb'));
		assert.ok(derived.kind === 'derived' && !/[\r\n]/.test(derived.publicKey));
	});
});

describe('createdKeyFingerprint', () => {
	it('is the SHA-1 of the PKCS#8 form, whatever the form it is in', async () => {
		const fingerprints = await Promise.all(
			forms
				.filter(({ type }) => type === 'ssh-rsa')
				.map(({ text: key, encrypted: locked }) => createdKeyFingerprint(key, locked && PASSPHRASE)),
		);
		// What `openssl pkcs8 -topk8 -nocrypt -outform DER | openssl sha1 -c` prints, as EC2's guide says.
		const der = rsa.privateKey.export({ type: 'pkcs8', format: 'der' });
		const fingerprint = createHash('sha1')
			.update(der)
			.digest('hex')
			.replace(/..(?=.)/g, '$&:');
		assert.deepEqual(
			fingerprints,
			fingerprints.map(() => ({ kind: 'fingerprint', fingerprint })),
		);
	});

	it('is for RSA keys only', async () => {
		assert.deepEqual(await createdKeyFingerprint(forms[6]?.text ?? ''), { kind: 'unsupported' });
		assert.deepEqual(await createdKeyFingerprint(vector('rsa-2048').line), { kind: 'unsupported' });
	});

	it('asks for a passphrase where there is one', async () => {
		const locked = forms.find((form) => form.encrypted)?.text ?? '';
		assert.deepEqual(await createdKeyFingerprint(locked), { kind: 'needsPassphrase' });
		assert.deepEqual(await createdKeyFingerprint(locked, 'wrong'), { kind: 'wrongPassphrase' });
	});
});

function familyOf(type: string): 'rsa' | 'ec' | 'ed25519' | 'dsa' {
	switch (type) {
		case 'ssh-rsa':
			return 'rsa';
		case 'ssh-dss':
			return 'dsa';
		case 'ssh-ed25519':
			return 'ed25519';
		default:
			return 'ec';
	}
}
