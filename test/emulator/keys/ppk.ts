import { createHash, createHmac, type KeyObject } from 'node:crypto';
import { type CreatedKey, wrap } from './createKey';
import { sshNames } from './publicKey';
import { wireMpint, wireString } from './wire';

/** The private key as EC2 hands it out with `KeyFormat` ppk: PuTTY's format 2, unencrypted. Source: PuTTY manual, appendix C ("PPK file format").
 * That EC2 writes format 2 and not 3 is an assumption; PuTTY reads both. */
export function toPpk({ publicKey, privateKey }: CreatedKey, comment: string): string {
	const algorithm = sshNames[publicKey.type];
	const secret = publicKey.type === 'rsa' ? rsaSecret(privateKey) : ed25519Secret(privateKey);
	const macKey = createHash('sha1').update('putty-private-key-file-mac-key').digest();
	const mac = createHmac('sha1', macKey);
	for (const part of [algorithm, 'none', comment, publicKey.blob, secret]) mac.update(wireString(part));
	return [
		`PuTTY-User-Key-File-2: ${algorithm}`,
		'Encryption: none',
		`Comment: ${comment}`,
		...lines('Public-Lines', publicKey.blob),
		...lines('Private-Lines', secret),
		`Private-MAC: ${mac.digest('hex')}`,
		'',
	].join('\r\n');
}

function lines(label: string, bytes: Buffer): string[] {
	const wrapped = wrap(bytes, 64).split('\n');
	return [`${label}: ${wrapped.length}`, ...wrapped];
}

function rsaSecret(privateKey: KeyObject): Buffer {
	const { d = '', p = '', q = '', qi = '' } = privateKey.export({ format: 'jwk' });
	return Buffer.concat([d, p, q, qi].map((number) => wireMpint(Buffer.from(number, 'base64url'))));
}

/** The seed as a little-endian number, so without the zeros at its end. */
function ed25519Secret(privateKey: KeyObject): Buffer {
	const seed = Buffer.from(privateKey.export({ format: 'jwk' }).d ?? '', 'base64url');
	let length = seed.length;
	while (length > 1 && seed[length - 1] === 0) length -= 1;
	return wireString(seed.subarray(0, length));
}
