import assert from 'node:assert/strict';
import { fingerprintCandidates } from '../../../src/domain/fingerprint';
import { KeyIndex, KeyNames } from '../../../src/domain/keyIndex';
import type { KeyPair } from '../../../src/domain/keyPair';
import { holdsKey, isKeyKnown } from '../../../src/domain/matching';
import { parsePublicKeys } from '../../../src/domain/parsePublicKeys';
import type { PublicKey } from '../../../src/domain/publicKey';
import { vector } from './vectors';

function keyOf(name: string): PublicKey {
	const [key] = parsePublicKeys(vector(name).line).keys;
	assert.ok(key);
	return key;
}

const keys = ['rsa-2048', 'rsa-4096', 'ed25519', 'ecdsa-256'].map(keyOf);
const created = 'aa:e5:0b:95:d9:f7:75:38:1f:85:61:00:54:e4:49:c6:d2:6c:db:95';

/** Key pairs as the services tell of a key: with the key, or with any of its digests in any spelling. */
function keyPairsOf(key: PublicKey, name: string): readonly KeyPair[] {
	return [
		{ name: `${name} key`, publicKey: `${key.publicKey} ${name}\n`, fingerprint: created },
		{ name: `${name} wide`, publicKey: `  ${key.publicKey.replace(' ', '  ')}  ${name}` },
		...fingerprintCandidates(key).flatMap(({ digest, over, hex }): readonly KeyPair[] => [
			{ name: `${name} ${digest} of ${over}`, fingerprint: hex },
			{ name: `${name} ${digest} of ${over}, pairs`, fingerprint: hex.replace(/..(?=.)/g, '$&:').toUpperCase() },
			{ name: `${name} ${digest} of ${over}, base64`, fingerprint: Buffer.from(hex, 'hex').toString('base64') },
		]),
	];
}

const keyPairs: readonly KeyPair[] = [
	...keys.flatMap((key, index) => keyPairsOf(key, String(index))),
	{ name: 'nothing' },
	{ name: 'created', fingerprint: created },
	{ name: 'masked', fingerprint: '89:f0:ba:62:**' },
	{ name: 'no key', publicKey: 'ssh-rsa AAAAB3Nza12345678qwertyuudsfsg', fingerprint: keys[0]?.fingerprints.md5 ?? '' },
	{ name: 'cut', publicKey: `${keys[1]?.publicKey.slice(0, 300)}`, fingerprint: keys[2]?.fingerprints.sha256 ?? '' },
];

describe('KeyIndex', () => {
	it('finds the key pairs that a comparison one by one finds, and no others', () => {
		const index = new KeyIndex(keyPairs);
		for (const key of keys) {
			const compared = keyPairs.filter((keyPair) => holdsKey(keyPair, key) === 'same');
			assert.ok(compared.length >= 20);
			assert.deepEqual(new Set(index.holding(key)), new Set(compared));
			assert.equal(index.holding(key).length, compared.length);
		}
		assert.deepEqual(index.holding(keyOf('rsa-3072')), []);
	});

	it('takes 5,000 key pairs in and finds 500 keys in them within a tenth of a second', () => {
		const [key] = keys;
		assert.ok(key);
		const [type = '', body = ''] = key.publicKey.split(' ');
		const blob = Buffer.from(body, 'base64');
		const many = Array.from({ length: 5000 }, (_, index): KeyPair => {
			blob.writeUInt32BE(index, blob.length - 4);
			return { name: `key-${index}`, publicKey: `${type} ${blob.toString('base64')} key-${index}` };
		});
		const start = performance.now();
		const index = new KeyIndex(many);
		const found = Array.from({ length: 500 }, () => index.holding(key).length);
		assert.ok(found.every((count) => count === 0));
		assert.ok(performance.now() - start < 100, `${Math.round(performance.now() - start)} ms`);
	});
});

describe('KeyNames', () => {
	it('knows the key of every key pair that holds one, however the service tells it', () => {
		const names = new KeyNames(keys.map((key, index) => [key, index] as const));
		for (const keyPair of keyPairs) {
			const at = keys.findIndex((key) => holdsKey(keyPair, key) === 'same');
			assert.equal(names.of(keyPair), at === -1 ? undefined : at, keyPair.name);
		}
	});
});

describe('isKeyKnown', () => {
	it('says that every other key is a different one, not an unknown one', () => {
		const other = keyOf('rsa-3072');
		for (const keyPair of keyPairs) {
			assert.equal(isKeyKnown(keyPair), holdsKey(keyPair, other) === 'different', keyPair.name);
		}
	});
});
