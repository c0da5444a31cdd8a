import assert from 'node:assert/strict';
import { matchesKey } from '../../../src/domain/fingerprint';
import { holdsKey } from '../../../src/domain/matching';
import { parsePublicKeys } from '../../../src/domain/parsePublicKeys';
import { serviceManifest } from '../../../src/providers/registry';
import { keyOf, lines, never, targetIn, useAwsTrap } from './awsTrap';

// Values by OpenSSH 9.2 and OpenSSL 3.0.19, not by another emulator: moto gives other ones for ED25519 and for created RSA keys.

describe('Trap 14: fingerprints of services are not those of ssh-keygen', () => {
	const trap = useAwsTrap();
	const rsa = keyOf(lines.rsa);
	const ed25519 = keyOf(lines.ed25519);

	it('knows an imported RSA key of EC2 by the MD5 of its SubjectPublicKeyInfo, which ssh-keygen does not print', () => {
		assert.equal(matchesKey('fb:90:26:71:1b:9d:b6:f6:c3:d1:ac:1d:87:0b:5c:2c', rsa).result, 'same');
		assert.equal(rsa.fingerprints.md5, 'MD5:ec:cd:8b:89:1c:37:13:3e:f1:fb:9f:8a:b1:0d:dc:31');
	});

	it('expects the fingerprint that EC2 gives an imported key, and none where it is not known what is digested', async () => {
		for (const [keyName, key] of [
			['one', rsa],
			['two', ed25519],
		] as const) {
			await trap().import('ec2', { key, keyName });
			const found = await trap().provider('ec2').find(targetIn('ec2'), keyName, never);
			assert.equal(serviceManifest('ec2').importedFingerprint?.(key), found?.fingerprint);
		}
		for (const service of ['lightsail', 'ecs', 'ens'] as const) {
			assert.equal(serviceManifest(service).importedFingerprint, undefined);
		}
	});

	it('knows an ED25519 key with padding and without, and by no other case of letters', () => {
		const padded = 'OroW756jfwqJ+Gzm9okuULHBhIH2ydQ+PrrV78xrlxg=';
		assert.equal(matchesKey(padded, ed25519).result, 'same');
		assert.equal(matchesKey(padded.slice(0, -1), ed25519).result, 'same');
		assert.notEqual(matchesKey(padded.toLowerCase(), ed25519).result, 'same');
	});

	it('says of an RSA key that EC2 created neither that it is the same nor that it differs', () => {
		const created = 'aa:e5:0b:95:d9:f7:75:38:1f:85:61:00:54:e4:49:c6:d2:6c:db:95';
		assert.equal(matchesKey(created, rsa).result, 'cannotCompare');
		assert.equal(holdsKey({ name: 'made', fingerprint: created }, rsa), 'unknown');
	});

	it('compares a created RSA key of EC2 by the key itself', async () => {
		const provider = trap().provider('ec2');
		const request = { keyName: 'made', tags: {}, type: 'rsa', format: 'pem' } as const;
		const { privateKey } = await provider.create(targetIn('ec2'), request, never);
		assert.deepEqual(parsePublicKeys(privateKey).keys, []);
		const found = await provider.find(targetIn('ec2'), 'made', never);
		const [made] = parsePublicKeys(found?.publicKey ?? '').keys;
		assert.ok(found && made);
		assert.equal(matchesKey(found.fingerprint ?? '', made).result, 'cannotCompare');
		assert.equal(holdsKey(found, made), 'same');
	});

	it('knows a key of Lightsail by its fingerprint alone', async () => {
		await trap().import('lightsail');
		const found = await trap().provider('lightsail').find(targetIn('lightsail'), 'laptop', never);
		assert.ok(found);
		assert.equal(found.publicKey, undefined);
		assert.equal(holdsKey(found, rsa), 'same');
		assert.equal(holdsKey(found, ed25519), 'different');
	});
});
