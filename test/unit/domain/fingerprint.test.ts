import assert from 'node:assert/strict';
import {
	colonPairs,
	compareFingerprints,
	fingerprintCandidates,
	matchesKey,
	parseFingerprint,
} from '../../../src/domain/fingerprint';
import { parsePublicKeys } from '../../../src/domain/parsePublicKeys';
import type { PublicKey } from '../../../src/domain/publicKey';
import { randomart } from '../../../src/domain/randomart';
import { vector, vectors } from './vectors';

function keyOf(name: string): PublicKey {
	const [key] = parsePublicKeys(vector(name).line).keys;
	assert.ok(key);
	return key;
}

const hex = 'fb90267 11b9db6f6c3d1ac1d870b5c2c'.replace(' ', '');
const pairs = colonPairs(hex);

describe('fingerprintCandidates', () => {
	for (const { name, line, spki } of vectors) {
		it(`holds what openssl digests of ${name}`, () => {
			const [key] = parsePublicKeys(line).keys;
			assert.ok(key);
			const candidates = fingerprintCandidates(key);
			const find = (digest: string, over: string) =>
				candidates.find((candidate) => candidate.digest === digest && candidate.over === over)?.hex;
			assert.equal(`MD5:${colonPairs(find('md5', 'blob') ?? '')}`, key.fingerprints.md5);
			const sha256 = Buffer.from(find('sha256', 'blob') ?? '', 'hex').toString('base64');
			assert.equal(`SHA256:${sha256.slice(0, -1)}`, key.fingerprints.sha256);
			for (const digest of ['md5', 'sha1', 'sha256'] as const) {
				assert.equal(find(digest, 'spki') === undefined, false);
				if (spki !== undefined) {
					assert.equal(colonPairs(find(digest, 'spki') ?? ''), spki[digest]);
				}
			}
		});
	}

	it('holds the digest of PKCS#1 for RSA alone', () => {
		const over = (name: string) => fingerprintCandidates(keyOf(name)).map((candidate) => candidate.over);
		assert.ok(over('rsa-2048').includes('pkcs1'));
		assert.ok(!over('ed25519').includes('pkcs1'));
	});
});

describe('parseFingerprint', () => {
	it('reads every spelling of MD5', () => {
		const base64 = Buffer.from(hex, 'hex').toString('base64');
		for (const text of [
			pairs,
			hex,
			pairs.toUpperCase(),
			`MD5:${pairs}`,
			`md5:${hex}`,
			` ${pairs}\n`,
			base64,
			base64.slice(0, 22),
		]) {
			assert.deepEqual(parseFingerprint(text), { digest: 'md5', hex }, text);
		}
	});

	it('reads every spelling of SHA-1 and SHA-256', () => {
		for (const [digest, bytes] of [
			['sha1', 20],
			['sha256', 32],
		] as const) {
			const value = Buffer.alloc(bytes, 0xfb);
			const [asHex, base64] = [value.toString('hex'), value.toString('base64')];
			const prefix = digest.toUpperCase();
			for (const text of [
				asHex,
				colonPairs(asHex),
				base64,
				base64.replace('=', ''),
				`${prefix}:${base64}`,
				`${digest}:${asHex}`,
			]) {
				assert.deepEqual(parseFingerprint(text), { digest, hex: asHex }, text);
			}
		}
	});

	it('reads a line of ssh-keygen -l', () => {
		for (const { list, listMd5, name } of vectors) {
			const [key] = parsePublicKeys(vector(name).line).keys;
			assert.deepEqual(parseFingerprint(list), parseFingerprint(key?.fingerprints.sha256 ?? ''));
			assert.deepEqual(parseFingerprint(listMd5), parseFingerprint(key?.fingerprints.md5 ?? ''));
		}
	});

	it('reads nothing else', () => {
		for (const text of [
			'',
			'hello',
			'7880c1ad4687fdbf7a6da2131****',
			`${pairs}:00`,
			pairs.slice(1),
			pairs.replaceAll(':', '::'),
			`SHA256:${pairs}`,
			`MD5:${'A'.repeat(43)}`,
			'A'.repeat(42),
			`${'A'.repeat(42)}!`,
			'=:'.repeat(50_000),
		]) {
			assert.equal(parseFingerprint(text), undefined, text.slice(0, 80));
		}
	});
});

describe('compareFingerprints', () => {
	it('says same, different or that they can not be compared, and by which digest', () => {
		const other = colonPairs(hex.replace('f', '0'));
		assert.deepEqual(compareFingerprints(`MD5:${pairs}`, hex.toUpperCase()), { result: 'same', digest: 'md5' });
		assert.deepEqual(compareFingerprints(pairs, other), { result: 'different', digest: 'md5' });
		const { sha256, md5, ec2 } = keyOf('ed25519').fingerprints;
		assert.deepEqual(compareFingerprints(sha256, ec2 ?? ''), { result: 'same', digest: 'sha256' });
		assert.deepEqual(compareFingerprints(sha256, md5), { result: 'cannotCompare' });
		assert.deepEqual(compareFingerprints('7880c1ad4687fdbf7a6da2131****', hex), { result: 'cannotCompare' });
		assert.deepEqual(compareFingerprints('', ''), { result: 'cannotCompare' });
	});

	it('keeps the case of base64', () => {
		const { sha256 } = keyOf('ed25519').fingerprints;
		assert.equal(compareFingerprints(sha256, `SHA256:${sha256.slice(7).toLowerCase()}`).result, 'different');
	});
});

describe('matchesKey', () => {
	it('finds a key by any digest, and tells which', () => {
		const key = keyOf('rsa-2048');
		const { spki } = vector('rsa-2048');
		assert.deepEqual(matchesKey(key.fingerprints.sha256, key), { result: 'same', digest: 'sha256', over: 'blob' });
		assert.deepEqual(matchesKey(key.fingerprints.md5, key), { result: 'same', digest: 'md5', over: 'blob' });
		assert.deepEqual(matchesKey(key.fingerprints.ec2 ?? '', key), { result: 'same', digest: 'md5', over: 'spki' });
		assert.deepEqual(matchesKey(spki?.sha1.replaceAll(':', '') ?? '', key), {
			result: 'same',
			digest: 'sha1',
			over: 'spki',
		});
	});

	it('tells a key from another', () => {
		const [key, other] = [keyOf('rsa-2048'), keyOf('rsa-4096')];
		assert.deepEqual(matchesKey(other.fingerprints.ec2 ?? '', key), { result: 'different', digest: 'md5' });
		assert.deepEqual(matchesKey(keyOf('ed25519').fingerprints.ec2 ?? '', key), {
			result: 'different',
			digest: 'sha256',
		});
	});

	it("claims nothing of what digests a private key, of a service's unknown digest and of masked digits", () => {
		const key = keyOf('rsa-2048');
		const created = 'aa:e5:0b:95:d9:f7:75:38:1f:85:61:00:54:e4:49:c6:d2:6c:db:95';
		for (const text of [created, 'fdaf8ff7a756ef843814fc****', hex, '']) {
			assert.deepEqual(matchesKey(text, key), { result: 'cannotCompare' });
		}
	});
});

describe('randomart', () => {
	for (const { name, line, randomart: expected } of vectors) {
		it(`draws ${name} as ssh-keygen -lv does`, () => {
			const [key] = parsePublicKeys(line).keys;
			assert.ok(key);
			assert.equal(randomart(key), expected.join('\n'));
		});
	}
});
