import { createPublicKey, generateKeyPair, type KeyObject, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { type PublicKey, publicKeyOf, sshNames } from './publicKey';
import { wireString, wireUint32 } from './wire';

/** A new key pair. */
export interface CreatedKey {
	readonly publicKey: PublicKey;
	readonly privateKey: KeyObject;
}

const generate = promisify(generateKeyPair);

/** A new RSA-2048 or ED25519 key pair; always truly random. */
export async function createKey(type: 'rsa' | 'ed25519'): Promise<CreatedKey> {
	const { privateKey } =
		type === 'rsa' ? await generate('rsa', { modulusLength: 2048 }) : await generate('ed25519', undefined);
	return { publicKey: publicKeyOf(createPublicKey(privateKey)), privateKey };
}

/** The private key as EC2 hands it out with `KeyFormat` pem: RSA in PKCS#1, without a line end at the end; ED25519 in OpenSSH's own format. */
export function toPem({ publicKey, privateKey }: CreatedKey): string {
	if (publicKey.type === 'rsa') return String(privateKey.export({ type: 'pkcs1', format: 'pem' })).trimEnd();
	return openSshPrivateKey(publicKey, privateKey);
}

/** OpenSSH's PROTOCOL.key, unencrypted, with an empty comment. */
function openSshPrivateKey(publicKey: PublicKey, privateKey: KeyObject): string {
	const { d = '', x = '' } = privateKey.export({ format: 'jwk' });
	const seed = Buffer.from(d, 'base64url');
	const point = Buffer.from(x, 'base64url');
	const check = randomBytes(4);
	const secret = Buffer.concat([
		check,
		check,
		wireString(sshNames.ed25519),
		wireString(point),
		wireString(Buffer.concat([seed, point])),
		wireString(''),
	]);
	const padding = Buffer.from([1, 2, 3, 4, 5, 6, 7].slice(0, (8 - (secret.length % 8)) % 8));
	const file = Buffer.concat([
		Buffer.from('openssh-key-v1\0', 'latin1'),
		wireString('none'),
		wireString('none'),
		wireString(''),
		wireUint32(1),
		wireString(publicKey.blob),
		wireString(Buffer.concat([secret, padding])),
	]);
	const label = 'OPENSSH PRIVATE KEY';
	return `-----BEGIN ${label}-----\n${wrap(file, 70)}\n-----END ${label}-----\n`;
}

/** Base64 in lines of that length. */
export function wrap(bytes: Buffer, width: number): string {
	return bytes.toString('base64').replace(new RegExp(`.{${width}}(?!$)`, 'g'), '$&\n');
}
