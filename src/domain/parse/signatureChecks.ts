import { createHash } from 'node:crypto';
import type { PublicBlob } from './blobParts';
import { verifySignature } from './signature';

/** Slow ones take up to 10 ms each; a text of a thousand such certificates is to be read within a second all the same. */
const MAX_SLOW_CHECKS = 50;

/** Checks the signatures of the certificates of one text. A certificate that comes again is not checked again. After the first fifty whose signatures are
 * slow to check the rest of that kind are taken unchecked. */
export class SignatureChecks {
	private readonly known = new Map<string, string | undefined>();
	private slow = 0;

	/** The signature's algorithm when it is the key's over the data, else undefined. */
	check(key: PublicBlob, signature: Buffer, data: Buffer): string | undefined {
		const identity = createHash('sha256').update(data).update(signature).digest('base64');
		if (this.known.has(identity)) {
			return this.known.get(identity);
		}
		if (isSlow(key)) {
			this.slow += 1;
		}
		const algorithm =
			this.slow > MAX_SLOW_CHECKS && isSlow(key) ? key.type.name : verifySignature(key, signature, data);
		this.known.set(identity, algorithm);
		return algorithm;
	}
}

function isSlow({ type, bits, parts }: PublicBlob): boolean {
	switch (parts.kind) {
		case 'rsa':
			return parts.e.end - parts.e.start > 8;
		case 'dsa':
			return bits > 1024;
		default:
			return type.curve === 'nistp384' || type.curve === 'nistp521';
	}
}
