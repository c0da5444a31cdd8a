import { createPublicKey, type KeyObject, randomBytes } from 'node:crypto';
import { parsePublicKeys } from '../../../src/domain/parsePublicKeys';
import { blob, field, uint32 } from './wire';

/** A private key in OpenSSH's form (PROTOCOL.key), for RSA and ED25519. With a cipher its private section is noise, as it looks without the passphrase. */
export function openSshPrivateKey(key: KeyObject, comment: string, cipher = 'none'): string {
	const pem = createPublicKey(key).export({ type: 'spki', format: 'pem' }).toString();
	const [found] = parsePublicKeys(pem).keys;
	const publicBlob = Buffer.from(found?.publicKey.split(' ')[1] ?? '', 'base64');
	const check = randomBytes(4);
	const plain = pad(Buffer.concat([check, check, privateFields(key), field(comment)]));
	const section = cipher === 'none' ? plain : randomBytes(plain.length);
	const bytes = Buffer.concat([
		Buffer.from('openssh-key-v1\0'),
		blob(cipher, cipher === 'none' ? 'none' : 'bcrypt', cipher === 'none' ? '' : blob(randomBytes(16), uint32(16))),
		uint32(1),
		blob(publicBlob, section),
	]);
	const lines = bytes.toString('base64').match(/.{1,70}/g) ?? [];
	return ['-----BEGIN OPENSSH PRIVATE KEY-----', ...lines, '-----END OPENSSH PRIVATE KEY-----', ''].join('\n');
}

function privateFields(key: KeyObject): Buffer {
	const jwk = key.export({ format: 'jwk' });
	const bytes = (name: 'n' | 'e' | 'd' | 'qi' | 'p' | 'q' | 'x') => Buffer.from(String(jwk[name]), 'base64url');
	if (jwk.kty === 'RSA') {
		return blob('ssh-rsa', ...(['n', 'e', 'd', 'qi', 'p', 'q'] as const).map((name) => positive(bytes(name))));
	}
	return blob('ssh-ed25519', bytes('x'), Buffer.concat([bytes('d'), bytes('x')]));
}

function positive(magnitude: Buffer): Buffer {
	return (magnitude[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.of(0), magnitude]) : magnitude;
}

/** To the block size of ciphers, with the bytes 1, 2, 3… */
function pad(bytes: Buffer): Buffer {
	return Buffer.concat([bytes, Buffer.from(Array.from({ length: (8 - (bytes.length % 8)) % 8 }, (_, at) => at + 1))]);
}
