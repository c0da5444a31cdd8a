import type { KeyFix, KeyProblem } from '../keyProblem';
import type { PublicKey } from '../publicKey';
import type { Range } from '../text';
import { writePublicBlob } from './blobParts';
import type { DerKey } from './der';
import { blobProblem } from './keyBody';
import { errorAt, warningAt } from './problem';
import { readPublicBlob } from './publicBlob';
import { addKeyWarnings, toPublicKey } from './toPublicKey';

/** The formats other than OpenSSH's that a public key is read from. */
export type ForeignFormat = 'rfc4716' | 'pem' | 'der' | 'ppk' | 'base64';

/** Where a foreign key stands. `whole` is replaced by the fix; `marker` is the line that says what follows. */
export interface ForeignPlace {
	readonly format: ForeignFormat;
	readonly whole: Range;
	readonly marker: Range;
}

/** The key of a wire blob that another format held, with the offer to write it as an OpenSSH line. */
export function foreignKey(
	bytes: Buffer,
	comment: string,
	place: ForeignPlace,
): { readonly keys: readonly PublicKey[]; readonly problems: readonly KeyProblem[] } {
	const blob = readPublicBlob(bytes);
	if ('reason' in blob) {
		return { keys: [], problems: [errorAt(place.marker, ...blobProblem(blob, place.format))] };
	}
	const key = toPublicKey({ blob, base64: blob.blob.toString('base64') }, comment, place.whole);
	const newText = comment === '' ? key.publicKey : `${key.publicKey} ${comment}`;
	const fix: KeyFix = { title: 'convertToOpenSsh', edits: [{ range: place.whole, newText }] };
	const problems = [warningAt(place.marker, 'foreignFormat', { format: place.format }, fix)];
	addKeyWarnings(problems, blob, place.marker);
	return { keys: [key], problems };
}

/** The wire blob of a key that was read from DER. */
export function blobOfDer(key: DerKey): Buffer {
	return writePublicBlob(key.type, key.parts);
}
