import { createHash, type KeyObject } from 'node:crypto';
import type { PublicKey } from './publicKey';

/** The fingerprint EC2 shows for an imported key. RSA: MD5 of the DER SubjectPublicKeyInfo, 16 hex pairs with colons (the User Guide's command
 * is `ssh-keygen -ef key -m PEM | openssl rsa -RSAPublicKey_in -outform DER | openssl md5 -c`). ED25519: SHA-256 of the SSH blob in base64,
 * padding kept. Source: EC2 User Guide, "Verify the fingerprint of your key pair". */
export function importedFingerprint(publicKey: PublicKey): string {
	if (publicKey.type === 'ed25519') return ed25519Fingerprint(publicKey);
	return hexPairs('md5', publicKey.key.export({ type: 'spki', format: 'der' }));
}

/** The fingerprint EC2 shows for a key that it created. RSA: SHA-1 of the DER PKCS#8 private key, 20 hex pairs with colons (`openssl pkcs8 -in key
 * -inform PEM -outform DER -topk8 -nocrypt | openssl sha1 -c`). ED25519: as imported. Source: as above. */
export function createdFingerprint(publicKey: PublicKey, privateKey: KeyObject): string {
	if (publicKey.type === 'ed25519') return ed25519Fingerprint(publicKey);
	return hexPairs('sha1', privateKey.export({ type: 'pkcs8', format: 'der' }));
}

function ed25519Fingerprint(publicKey: PublicKey): string {
	return createHash('sha256').update(publicKey.blob).digest('base64');
}

function hexPairs(algorithm: 'md5' | 'sha1', data: Buffer): string {
	return createHash(algorithm)
		.update(data)
		.digest('hex')
		.replace(/..(?!$)/g, '$&:');
}
