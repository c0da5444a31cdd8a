import { type BlobFault, type KeyParts, type PublicBlob, viewParts, writePublicBlob } from './blobParts';
import { readCertificate } from './certificate';
import { checkPoint, curveBits } from './ecPoint';
import { type KeyType, keyTypeByInnerName, keyTypeByName } from './keyTypes';
import { SignatureChecks } from './signatureChecks';
import { bitLength, type Span, WireReader } from './wireReader';

/** OpenSSH's SSH_RSA_MINIMUM_MODULUS_SIZE. */
const MIN_RSA_BITS = 1024;

/** What OpenSSH's `sshkey_from_blob` makes of a blob: the key or the first fault. `expected` is the type that stands before the blob; `checks` are those of
 * the text that the blob is a part of. */
export function readPublicBlob(
	bytes: Buffer,
	expected?: KeyType,
	checks: SignatureChecks = new SignatureChecks(),
): PublicBlob | BlobFault {
	const reader = new WireReader(bytes);
	const name = reader.text();
	if (reader.fault !== undefined) {
		return reader.fault;
	}
	const nameEnd = reader.position;
	const type = expected?.name === name ? expected : keyTypeByInnerName(name);
	if (type === undefined) {
		return { reason: 'unknownType', start: 0, end: nameEnd };
	}
	if (expected !== undefined && type !== expected) {
		return { reason: 'typeMismatch', start: 0, end: nameEnd, innerType: type.name };
	}
	if (type.certificate) {
		reader.string(); // nonce
	}
	const parts = readParts(reader, type);
	if ('reason' in parts) {
		return parts;
	}
	const certificate = type.certificate ? readCertificate(reader, readAuthority, checks) : undefined;
	if (certificate !== undefined && 'reason' in certificate) {
		return certificate;
	}
	if (reader.remaining > 0) {
		return { reason: 'trailing', start: reader.position, end: bytes.length };
	}
	const canonical = reader.canonical && name === type.name;
	const plain = canonical && !type.certificate ? bytes : writePublicBlob(type, viewParts(bytes, parts));
	const blob = type.certificate ? bytes : plain;
	return { type, bits: sizeOf(bytes, type, parts), source: bytes, parts, blob, plain, canonical, certificate };
}

/** The key in a line's body or a public file, `type base64`, that was read before. */
export function readPublicKeyText(publicKey: string): PublicBlob | undefined {
	const blob = readPublicBlob(Buffer.from(publicKey.slice(publicKey.indexOf(' ') + 1), 'base64'));
	return 'reason' in blob ? undefined : blob;
}

/** A certificate can't sign certificates. */
function readAuthority(bytes: Buffer): PublicBlob | BlobFault {
	return keyTypeByName(new WireReader(bytes).text())?.certificate === true
		? { reason: 'certificateAuthority', start: 0, end: bytes.length }
		: readPublicBlob(bytes);
}

function readParts(reader: WireReader, type: KeyType): KeyParts<Span> | BlobFault {
	const parts = readFields(reader, type);
	return reader.fault ?? parts;
}

function readFields(reader: WireReader, type: KeyType): KeyParts<Span> | BlobFault {
	const start = reader.position;
	switch (type.family) {
		case 'rsa': {
			const e = reader.number();
			const n = reader.number();
			const bits = bitLength(reader.bytes, n);
			return bits < MIN_RSA_BITS ? { reason: 'rsaShort', start, end: reader.position, bits } : { kind: 'rsa', e, n };
		}
		case 'dsa':
			return { kind: 'dsa', p: reader.number(), q: reader.number(), g: reader.number(), y: reader.number() };
		case 'ecdsa':
		case 'ecdsaSk': {
			const { curve } = type;
			const curveName = reader.text();
			const curveEnd = reader.position;
			const point = reader.string();
			if (curve === undefined || curveName !== curve) {
				return { reason: 'curveMismatch', start: start + 4, end: curveEnd };
			}
			const wrong = reader.fault === undefined ? checkPoint(curve, reader.view(point)) : undefined;
			if (wrong !== undefined) {
				return { reason: wrong, ...point };
			}
			return type.family === 'ecdsa' ? { kind: 'ec', point } : { kind: 'ec', point, application: reader.name() };
		}
		case 'ed25519':
		case 'ed25519Sk': {
			const point = reader.string();
			if (point.end - point.start !== 32) {
				return { reason: 'ed25519Length', start, end: reader.position };
			}
			return type.family === 'ed25519'
				? { kind: 'ed25519', point }
				: { kind: 'ed25519', point, application: reader.name() };
		}
	}
}

function sizeOf(bytes: Buffer, type: KeyType, parts: KeyParts<Span>): number {
	switch (parts.kind) {
		case 'rsa':
			return bitLength(bytes, parts.n);
		case 'dsa':
			return bitLength(bytes, parts.p);
		case 'ec':
			return type.curve === undefined ? 0 : curveBits(type.curve);
		case 'ed25519':
			return 256;
	}
}
