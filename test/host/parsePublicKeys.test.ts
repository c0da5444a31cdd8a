import assert from 'node:assert/strict';
import type { CloudKeyPairsApi } from '../../src/api';
import { keyLines } from '../fakes/keys';
import { activated } from './support/extension';

describe('parsePublicKeys of the API', () => {
	let api: CloudKeyPairsApi;
	before(async () => {
		({ api } = await activated());
	});

	it('gives the facts of a key and its fingerprints', () => {
		const { keys, problems } = api.parsePublicKeys(`${keyLines.mel}\n`);
		assert.deepEqual(problems, []);
		assert.deepEqual(keys, [
			{
				type: 'ssh-ed25519',
				bits: 256,
				comment: 'mel@laptop',
				range: { start: { line: 0, character: 0 }, end: { line: 0, character: keyLines.mel.length } },
				publicKey: keyLines.mel.slice(0, -' mel@laptop'.length),
				// From ssh-keygen -l, ssh-keygen -l -E md5, and openssl dgst -sha256 of the blob.
				fingerprints: {
					sha256: 'SHA256:JWFTprBYALUuL8QyB5pv7xhXc8y1A1W4ZzjtwAPLc2M',
					md5: 'MD5:36:1a:90:57:fb:e6:f0:dd:08:aa:65:fb:da:aa:cf:9a',
					ec2: 'JWFTprBYALUuL8QyB5pv7xhXc8y1A1W4ZzjtwAPLc2M=',
				},
			},
		]);
	});

	it('gives the fingerprint that EC2 shows for an imported RSA key', () => {
		const [key] = api.parsePublicKeys(keyLines.deploy).keys;
		assert.equal(key?.bits, 2048);
		// ssh-keygen -e -m PKCS8 | openssl pkey -pubin -outform DER | openssl md5 -c
		assert.equal(key?.fingerprints.ec2, '10:2d:f1:02:94:dd:e7:37:55:4c:b4:61:b5:95:65:75');
	});

	it('gives no EC2 fingerprint for a key that EC2 does not take', () => {
		const [key] = api.parsePublicKeys(keyLines.ecdsa).keys;
		assert.equal(key?.type, 'ecdsa-sha2-nistp256');
		assert.ok(key && !('ec2' in key.fingerprints));
	});

	it('counts lines from zero and characters in UTF-16 units', () => {
		const before = 'command="echo 🔑" ';
		const { keys } = api.parsePublicKeys(`# 🔑 keys of the team\r\n\r\n${before}${keyLines.ops} 🔑\r\n${keyLines.mel}`);
		assert.equal(keys.length, 2);
		const [first, second] = keys;
		assert.deepEqual(first?.range, {
			start: { line: 2, character: 0 },
			end: { line: 2, character: before.length + keyLines.ops.length + 3 },
		});
		assert.equal(first?.options, 'command="echo 🔑"');
		assert.equal(first?.comment, 'ops@laptop 🔑');
		assert.equal(second?.range.start.line, 3);
	});

	it('says in words what is wrong, and where', () => {
		const at = keyLines.mel.indexOf('AAAAC3');
		const { keys, problems } = api.parsePublicKeys(`\n${keyLines.mel.replace('AAAAC3', 'AAAA*3')}`);
		assert.deepEqual(keys, []);
		assert.equal(problems.length, 1);
		const [problem] = problems;
		assert.equal(problem?.code, 'base64Character');
		assert.equal(problem?.severity, 'error');
		assert.deepEqual(problem?.range.start, { line: 1, character: at + 4 });
		assert.match(problem?.message ?? '', /base64/);
	});

	it('never repeats a private key', () => {
		const secret = 'b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQ';
		const text = `-----BEGIN OPENSSH PRIVATE KEY-----\n${secret}\n-----END OPENSSH PRIVATE KEY-----\n`;
		const found = api.parsePublicKeys(text);
		assert.deepEqual(found.keys, []);
		assert.deepEqual(
			found.problems.map(({ code }) => code),
			['privateKey'],
		);
		assert.ok(!JSON.stringify(found).includes(secret.slice(0, 12)));
	});

	it('throws on no text', () => {
		const [type = '', body = ''] = keyLines.mel.split(' ');
		const texts = [
			'',
			'\n',
			'\0',
			'\ufeff',
			'\ud800',
			`\ud800 ${keyLines.mel} \udfff`,
			'\u2028\u2029\u0085',
			'ssh-rsa',
			`${type} `,
			`${type} ${'A'.repeat(100_000)}`,
			`${type} ${body.slice(0, -7)}`,
			'"'.repeat(10_000),
			'-----BEGIN PUBLIC KEY-----',
			'---- BEGIN SSH2 PUBLIC KEY ----\nComment: "\\\n',
			'PuTTY-User-Key-File-3: ssh-ed25519\nPublic-Lines: 99999999\n',
			'-----BEGIN OPENSSH PRIVATE KEY-----\n'.repeat(100),
			`${keyLines.mel}\n`.repeat(1_000),
			String.fromCharCode(...Array.from({ length: 2_000 }, (_, at) => (at * 7919) % 65_536)),
		];
		for (const text of texts) {
			const { keys, problems } = api.parsePublicKeys(text);
			assert.ok(keys.length + problems.length > 0, JSON.stringify(text.slice(0, 40)));
		}
	});
});
