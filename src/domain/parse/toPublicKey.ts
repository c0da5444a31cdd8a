import { fingerprintsOf } from '../fingerprint';
import type { KeyProblem } from '../keyProblem';
import type { PublicKey } from '../publicKey';
import type { Range } from '../text';
import type { PublicBlob } from './blobParts';
import type { KeyBody } from './keyBody';
import { warningAt } from './problem';

/** The public form of a key that was read. */
export function toPublicKey({ blob, base64 }: KeyBody, comment: string, range: Range, options?: string): PublicKey {
	const type = blob.type.name;
	const key: { -readonly [K in keyof PublicKey]: PublicKey[K] } = {
		type,
		bits: blob.bits,
		comment,
		range,
		publicKey: `${type} ${base64}`,
		fingerprints: fingerprintsOf(blob),
	};
	if (options !== undefined) {
		key.options = options;
	}
	if (blob.certificate !== undefined) {
		key.certificate = blob.certificate;
	}
	return key;
}

/** Adds what is weak about a key, at the place that stands for the whole key. */
export function addKeyWarnings(problems: KeyProblem[], blob: PublicBlob, range: Range): void {
	if (blob.type.family === 'rsa' && blob.bits < 2048) {
		problems.push(warningAt(range, 'rsaShort', { bits: blob.bits, recommended: 2048 }));
	}
	if (blob.type.family === 'dsa') {
		problems.push(warningAt(range, 'dsa'));
	}
	if (!blob.canonical) {
		problems.push(warningAt(range, 'badKey', { reason: 'notCanonical' }));
	}
	const signatureType = blob.certificate?.signatureType;
	if (signatureType === 'ssh-rsa' || signatureType === 'ssh-dss') {
		problems.push(warningAt(range, 'sha1Certificate', { signatureType }));
	}
}
