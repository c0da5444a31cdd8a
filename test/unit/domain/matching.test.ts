import assert from 'node:assert/strict';
import { holdsKey } from '../../../src/domain/matching';
import { parsePublicKeys } from '../../../src/domain/parsePublicKeys';
import type { PublicKey } from '../../../src/domain/publicKey';
import { vector } from './vectors';

function keyOf(name: string): PublicKey {
	const [key] = parsePublicKeys(vector(name).line).keys;
	assert.ok(key);
	return key;
}

const key = keyOf('rsa-2048');
const other = keyOf('rsa-4096');
const CREATED = 'aa:e5:0b:95:d9:f7:75:38:1f:85:61:00:54:e4:49:c6:d2:6c:db:95';

describe('holdsKey', () => {
	it('compares the key itself where the service gives it back, whatever its comment', () => {
		assert.equal(holdsKey({ name: 'a', publicKey: `${key.publicKey} the name\n` }, key), 'same');
		assert.equal(holdsKey({ name: 'a', publicKey: key.publicKey, fingerprint: CREATED }, key), 'same');
		assert.equal(
			holdsKey({ name: 'a', publicKey: other.publicKey, fingerprint: key.fingerprints.md5 }, key),
			'different',
		);
	});

	it('goes by the fingerprint where the service gives no key back', () => {
		for (const fingerprint of [key.fingerprints.ec2, key.fingerprints.md5, key.fingerprints.sha256]) {
			assert.equal(holdsKey({ name: 'a', fingerprint: fingerprint ?? '' }, key), 'same');
			assert.equal(holdsKey({ name: 'a', fingerprint: fingerprint ?? '' }, other), 'different');
		}
	});

	it('knows nothing of an RSA key that EC2 created, nor without key and fingerprint', () => {
		assert.equal(holdsKey({ name: 'a', type: 'rsa', fingerprint: CREATED }, key), 'unknown');
		assert.equal(holdsKey({ name: 'a' }, key), 'unknown');
	});

	it('goes by the fingerprint where what the service holds is no key', () => {
		const publicKey = 'ssh-rsa AAAAB3Nza12345678qwertyuudsfsg';
		assert.equal(holdsKey({ name: 'a', publicKey }, key), 'unknown');
		assert.equal(holdsKey({ name: 'a', publicKey, fingerprint: key.fingerprints.md5 }, key), 'same');
	});
});
