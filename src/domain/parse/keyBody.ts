import type { KeyProblem } from '../keyProblem';
import type { Range } from '../text';
import { decodeBase64, decodeBase64Start, explainBase64 } from './base64';
import type { BlobFault, PublicBlob } from './blobParts';
import type { KeyType } from './keyTypes';
import { errorAt, lineRange } from './problem';
import { readPublicBlob } from './publicBlob';
import type { SignatureChecks } from './signatureChecks';

/** Where the parts of a key stand in its line; UTF-16 offsets. */
export interface KeyPlace {
	readonly type: KeyType;
	readonly typeStart: number;
	readonly typeEnd: number;
	readonly bodyStart: number;
	readonly bodyEnd: number;
	/** Where the options stand, when there are any. */
	readonly optionsStart?: number;
	readonly optionsEnd?: number;
}

/** A body that was read, and its base64 as OpenSSH writes it. */
export interface KeyBody {
	readonly blob: PublicBlob;
	readonly base64: string;
}

/** The key that the body of a line holds, or why it can't be read, at the characters that are to blame. */
export function readKeyBody(
	line: string,
	number: number,
	place: KeyPlace,
	checks: SignatureChecks,
): KeyBody | KeyProblem {
	const body = line.slice(place.bodyStart, place.bodyEnd);
	const decoded = decodeBase64(body);
	const blob = decoded === undefined ? undefined : readPublicBlob(decoded.bytes, place.type, checks);
	if (blob !== undefined && !('reason' in blob)) {
		return { blob, base64: blob.canonical && decoded !== undefined ? decoded.base64 : blob.blob.toString('base64') };
	}
	const type = place.type.name;
	const typeRange = lineRange(number, place.typeStart, place.typeEnd);
	if (body === '') {
		return errorAt(typeRange, 'bodyTruncated', { type, reason: 'missing' });
	}
	const at = (start: number, end: number) => lineRange(number, place.bodyStart + start, place.bodyStart + end);
	const cutEnd = at(body.length - 1, body.length);
	if (decoded === undefined || blob === undefined) {
		return explainBase64Body(body, place, at, cutEnd, checks);
	}
	if (blob.reason === 'typeMismatch') {
		return errorAt(typeRange, ...blobProblem(blob, type));
	}
	if (blob.reason === 'truncated') {
		return errorAt(cutEnd, ...blobProblem(blob, type));
	}
	const start = Math.min(Math.floor((blob.start * 4) / 3), body.length - 1);
	const end = blob.end === decoded.bytes.length ? body.length : Math.min(Math.ceil((blob.end * 4) / 3), body.length);
	return errorAt(at(start, end), ...blobProblem(blob, type));
}

function explainBase64Body(
	body: string,
	place: KeyPlace,
	at: (start: number, end: number) => Range,
	cutEnd: Range,
	checks: SignatureChecks,
): KeyProblem {
	const fault = explainBase64(body);
	if (fault.reason !== 'length') {
		return errorAt(at(fault.start, fault.end), 'base64Character', { reason: fault.reason });
	}
	const start = readPublicBlob(decodeBase64Start(body), place.type, checks);
	return 'reason' in start && start.reason === 'truncated'
		? errorAt(cutEnd, 'bodyTruncated', { type: place.type.name })
		: errorAt(at(fault.start, fault.end), 'base64Length');
}

/** The code and data of a refused blob. */
export function blobProblem(fault: BlobFault, type: string): [KeyProblem['code'], KeyProblem['data']] {
	switch (fault.reason) {
		case 'truncated':
			return ['bodyTruncated', { type }];
		case 'trailing':
			return ['bodyTrailing', { type, bytes: fault.end - fault.start }];
		case 'unknownType':
			return ['typeMismatch', { type }];
		case 'typeMismatch':
			return ['typeMismatch', { type, innerType: fault.innerType ?? '' }];
		case 'rsaShort':
			return ['rsaShort', { bits: fault.bits ?? 0, minimum: 1024 }];
		case 'certificateKind':
		case 'certificatePrincipals':
		case 'certificateOptions':
		case 'certificateAuthority':
		case 'certificateSignature':
			return ['badCertificate', { reason: fault.reason }];
		default:
			return ['badKey', { type, reason: fault.reason }];
	}
}
