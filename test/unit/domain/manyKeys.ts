import { createHash } from 'node:crypto';
import { blob } from './wire';

/** A text of so many different keys, RSA-2048 and ED25519 in turn, each with a comment. */
export function manyKeys(count: number): string {
	let text = '';
	for (let index = 0; index < count; index += 1) {
		const seed = createHash('sha256').update(`key ${index}`).digest();
		const modulus = Buffer.concat([Buffer.of(0, 0x80), ...Array.from({ length: 8 }, () => seed)]).subarray(0, 257);
		const bytes = index % 2 === 0 ? blob('ssh-rsa', Buffer.of(1, 0, 1), modulus) : blob('ssh-ed25519', seed);
		text += `${index % 2 === 0 ? 'ssh-rsa' : 'ssh-ed25519'} ${bytes.toString('base64')} user${index}@host\n`;
	}
	return text;
}
