import type { Certificate } from '../publicKey';
import type { KeyType } from './keyTypes';
import { type Span, wireNumber, wireString } from './wireReader';

/** The numbers and names a public key is made of. */
export type KeyParts<T = Buffer> =
	| { readonly kind: 'rsa'; readonly e: T; readonly n: T }
	| { readonly kind: 'dsa'; readonly p: T; readonly q: T; readonly g: T; readonly y: T }
	| { readonly kind: 'ec' | 'ed25519'; readonly point: T; readonly application?: T };

/** A blob that OpenSSH reads. */
export interface PublicBlob {
	readonly type: KeyType;
	readonly bits: number;
	/** What was read, and where the parts of the key stand in it. */
	readonly source: Buffer;
	readonly parts: KeyParts<Span>;
	/** The wire blob as OpenSSH writes it; a certificate's is the one that was read. */
	readonly blob: Buffer;
	/** The blob of the plain key: what `ssh-keygen -l` digests, also for a certificate. */
	readonly plain: Buffer;
	/** Whether numbers and names were spelled as OpenSSH writes them. */
	readonly canonical: boolean;
	readonly certificate: Certificate | undefined;
}

/** Why a blob is refused. */
export type BlobReason =
	| 'truncated'
	| 'trailing'
	| 'unknownType'
	| 'typeMismatch'
	| 'nul'
	| 'negative'
	| 'tooLarge'
	| 'rsaShort'
	| 'curveMismatch'
	| 'pointForm'
	| 'pointOffCurve'
	| 'pointWeak'
	| 'ed25519Length'
	| 'certificateKind'
	| 'certificatePrincipals'
	| 'certificateOptions'
	| 'certificateAuthority'
	| 'certificateSignature';

/** A refused blob: why, and which bytes are to blame. */
export interface BlobFault {
	readonly reason: BlobReason;
	readonly start: number;
	readonly end: number;
	/** The type named inside the blob, when it is one we know. */
	readonly innerType?: string;
	/** For `rsaShort`. */
	readonly bits?: number;
}

/** The wire blob of a plain key, spelled as OpenSSH writes it. For a certificate's type, the blob of the certified key. */
export function writePublicBlob(type: KeyType, parts: KeyParts): Buffer {
	const fields = [wireString(type.plainName)];
	switch (parts.kind) {
		case 'rsa':
			fields.push(wireNumber(parts.e), wireNumber(parts.n));
			break;
		case 'dsa':
			fields.push(wireNumber(parts.p), wireNumber(parts.q), wireNumber(parts.g), wireNumber(parts.y));
			break;
		default:
			if (type.curve !== undefined) {
				fields.push(wireString(type.curve));
			}
			fields.push(wireString(parts.point));
			if (parts.application !== undefined) {
				fields.push(wireString(parts.application));
			}
	}
	return Buffer.concat(fields);
}

/** The parts of a key as views of what was read. */
export function viewParts(bytes: Buffer, parts: KeyParts<Span>): KeyParts {
	const view = ({ start, end }: Span) => bytes.subarray(start, end);
	switch (parts.kind) {
		case 'rsa':
			return { kind: 'rsa', e: view(parts.e), n: view(parts.n) };
		case 'dsa':
			return { kind: 'dsa', p: view(parts.p), q: view(parts.q), g: view(parts.g), y: view(parts.y) };
		default:
			return {
				kind: parts.kind,
				point: view(parts.point),
				...(parts.application === undefined ? {} : { application: view(parts.application) }),
			};
	}
}
