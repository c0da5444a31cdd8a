import assert from 'node:assert/strict';
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { parsePublicKeys } from '../../../src/domain/parsePublicKeys';
import { aPpk } from './ppk';
import { applyFix, blobOf, vector, vectors } from './vectors';

const withRfc4716 = vectors.flatMap((one) => (one.rfc4716 === undefined ? [] : [{ ...one, rfc4716: one.rfc4716 }]));
const withSpki = vectors.flatMap((one) => (one.spki === undefined ? [] : [{ ...one, spki: one.spki }]));
const withPkcs1 = vectors.flatMap((one) => (one.pkcs1 === undefined ? [] : [{ ...one, pkcs1: one.pkcs1 }]));

/** The one key of a foreign text, after checking that it is offered as an OpenSSH line. */
function foreign(text: string, format: string, line: string) {
	const { keys, problems } = parsePublicKeys(text);
	const [key] = keys;
	const [problem] = problems.filter(({ code }) => code === 'foreignFormat');
	assert.equal(keys.length, 1);
	assert.equal(key?.publicKey, line.split(' ').slice(0, 2).join(' '));
	assert.deepEqual([problem?.severity, problem?.data.format], ['warning', format]);
	const converted = applyFix(text, problem?.fix).trim();
	assert.equal(converted, key?.comment === '' ? key?.publicKey : `${key?.publicKey} ${key?.comment}`);
	return key;
}

describe('RFC 4716', () => {
	for (const { name, line, rfc4716 } of withRfc4716) {
		it(`is read: ${name}`, () => {
			const key = foreign(rfc4716, 'rfc4716', line);
			assert.equal(key?.comment, /Comment: "(.*)"/.exec(rfc4716)?.[1]);
			assert.deepEqual(key?.range.start, { line: 0, character: 0 });
			assert.equal(key?.range.end.line, rfc4716.trimEnd().split('\n').length - 1);
		});
	}

	const body =
		vector('ed25519')
			.rfc4716?.split('\n')
			.filter((line) => /^[A-Za-z0-9+/=]+$/.test(line)) ?? [];

	it('may have headers in any order, continued, without quotes, with CRLF', () => {
		const text = [
			'---- BEGIN SSH2 PUBLIC KEY ----',
			'Subject: me',
			'x-command: /home/me/bin/lock-in-guest.sh \\',
			'"and more" \\',
			'and more',
			'COMMENT: a long \\',
			'comment',
			...body,
			'---- END SSH2 PUBLIC KEY ----',
			'',
		].join('\r\n');
		assert.equal(foreign(text, 'rfc4716', vector('ed25519').line)?.comment, 'a long comment');
	});

	it('needs its end', () => {
		const text = ['---- BEGIN SSH2 PUBLIC KEY ----', ...body, ''].join('\n');
		const { keys, problems } = parsePublicKeys(`${text}\n${vector('ecdsa-256').line}\n`);
		assert.deepEqual(
			keys.map(({ type }) => type),
			['ecdsa-sha2-nistp256'],
		);
		assert.deepEqual(
			problems.map(({ code, severity, data }) => [code, severity, data.reason]),
			[['badRfc4716', 'error', 'noEnd']],
		);
	});

	it('shows the character of the body that is not base64', () => {
		const broken = (vector('rsa-2048').rfc4716 ?? '').split('\n');
		broken[4] = `${broken[4]?.slice(0, 10)}!${broken[4]?.slice(11)}`;
		assert.deepEqual(parsePublicKeys(broken.join('\n')).problems[0]?.range, {
			start: { line: 4, character: 10 },
			end: { line: 4, character: 11 },
		});
	});
});

describe('PEM', () => {
	for (const { name, line, spki } of withSpki) {
		it(`is read as SubjectPublicKeyInfo: ${name}`, () => {
			foreign(spki.pem, 'pem', line);
			foreign(`\n  ${spki.pem.replaceAll('\n', '\r\n  ')}`, 'pem', line);
		});
	}

	for (const { name, line, pkcs1 } of withPkcs1) {
		it(`is read as PKCS#1: ${name}`, () => {
			foreign(pkcs1, 'pem', line);
		});
	}

	const pem = (key: KeyObject) => key.export({ type: 'spki', format: 'pem' }).toString();

	it('is read for ED25519', () => {
		const { publicKey } = generateKeyPairSync('ed25519');
		const point = publicKey.export({ type: 'spki', format: 'der' }).subarray(-32);
		assert.equal(
			parsePublicKeys(pem(publicKey)).keys[0]?.publicKey,
			`ssh-ed25519 ${Buffer.concat([Buffer.from('0000000b7373682d6564323535313900000020', 'hex'), point]).toString('base64')}`,
		);
	});

	it('is read with a compressed point', () => {
		for (const [name, start] of [
			['ecdsa-256', '3039301306072a8648ce3d020106082a8648ce3d030107032200'],
			['ecdsa-384', '3046301006072a8648ce3d020106052b81040022033200'],
			['ecdsa-521', '3058301006072a8648ce3d020106052b81040023034400'],
		] as const) {
			const blob = blobOf(name);
			const size = (blob.length - blob.indexOf(4, 35) - 1) / 2;
			const point = blob.subarray(-2 * size - 1);
			const compressed = Buffer.concat([Buffer.of(2 + ((point.at(-1) ?? 0) & 1)), point.subarray(1, 1 + size)]);
			const der = Buffer.concat([Buffer.from(start, 'hex'), compressed]).toString('base64');
			const text = `-----BEGIN PUBLIC KEY-----\n${der}\n-----END PUBLIC KEY-----`;
			foreign(text, 'pem', vector(name).line);
		}
	});

	it('is refused for keys that SSH has no name for, and for what is no public key', () => {
		for (const [text, reason] of [
			[pem(generateKeyPairSync('x25519').publicKey), 'notSsh'],
			[pem(generateKeyPairSync('ed448').publicKey), 'notSsh'],
			[pem(generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).publicKey), 'notSsh'],
			['-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n', 'notAPublicKey'],
			['-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----\n', 'notSsh'],
			['-----BEGIN PUBLIC KEY-----\nMIIB\n', 'noEnd'],
		] as const) {
			const { keys, problems } = parsePublicKeys(text);
			assert.deepEqual(keys, []);
			assert.deepEqual(
				problems.map(({ code, severity, data }) => [code, severity, data.reason]),
				[['badPem', 'error', reason]],
			);
		}
	});

	it('is refused where OpenSSH would refuse the key', () => {
		const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 768 });
		const { keys, problems } = parsePublicKeys(pem(publicKey));
		assert.deepEqual(keys, []);
		assert.deepEqual(
			problems.map(({ code, severity }) => [code, severity]),
			[['rsaShort', 'error']],
		);
	});

	it('is read without its marker lines, as EC2 takes it', () => {
		const { spki, line } = vector('rsa-2048');
		foreign((spki?.pem ?? '').replace(/-----.*-----\n/g, ''), 'der', line);
	});
});

describe('a PuTTY key file', () => {
	const { line } = vector('rsa-2048');

	for (const version of [2, 3] as const) {
		it(`of version ${version} gives its public half, and is refused as a private key`, () => {
			const { keys, problems } = parsePublicKeys(aPpk(line, { version, comment: 'from PuTTY' }));
			assert.deepEqual(
				keys.map(({ publicKey, comment }) => `${publicKey} ${comment}`),
				[line.replace('mel@laptop', 'from PuTTY')],
			);
			assert.deepEqual(
				problems.map(({ code, severity, data, fix }) => [code, severity, data.encrypted, fix?.title]),
				[['privateKey', 'error', 0, 'derivePublicKey']],
			);
			const encrypted = parsePublicKeys(aPpk(line, { version, encryption: 'aes256-cbc' }));
			assert.deepEqual([encrypted.keys.length, encrypted.problems[0]?.data.encrypted], [1, 1]);
		});
	}

	it('without its private half is converted', () => {
		const [publicHalf = ''] = aPpk(line, { version: 2, comment: 'c' }).split('Private-Lines');
		assert.equal(foreign(publicHalf, 'ppk', line)?.comment, 'c');
	});

	it('that is damaged gives no key, and takes no time', () => {
		for (const count of ['-1', '0', '1e9', '99999999999', 'x', '']) {
			assert.deepEqual(parsePublicKeys(`PuTTY-User-Key-File-3: ssh-rsa\nPublic-Lines: ${count}\nAAAA\n`).keys, []);
		}
		const { keys, problems } = parsePublicKeys(aPpk(line, { version: 3 }).replace('AAAAB3', 'AAAAB!'));
		assert.deepEqual(keys, []);
		assert.deepEqual(
			problems.map(({ code }) => code),
			['privateKey', 'badPpk'],
		);
	});
});

describe('base64 of a key text', () => {
	it('is read as what it stands for', () => {
		const { line, spki } = vector('rsa-2048');
		const encoded = Buffer.from(`${line}\n`).toString('base64');
		assert.equal(foreign(encoded, 'base64', line)?.comment, 'mel@laptop');
		foreign(encoded.replace(/(.{76})/g, '$1\r\n'), 'base64', line);
		foreign(Buffer.from(spki?.pem ?? '').toString('base64'), 'base64', line);
	});
});
