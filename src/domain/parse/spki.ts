import type { PublicBlob } from './blobParts';
import type { Curve } from './keyTypes';
import type { Span } from './wireReader';

/** DER of the AlgorithmIdentifiers: RFC 3279 2.3.1 and 2.3.2, RFC 5480 2.1.1.1, RFC 8410 3. */
const RSA_ALGORITHM = Buffer.from('300d06092a864886f70d0101010500', 'hex');
const DSA_OID = Buffer.from('06072a8648ce380401', 'hex');
const ED25519_SPKI_START = Buffer.from('302a300506032b6570032100', 'hex');
const EC_ALGORITHMS: Readonly<Record<Curve, Buffer>> = {
	nistp256: Buffer.from('301306072a8648ce3d020106082a8648ce3d030107', 'hex'),
	nistp384: Buffer.from('301006072a8648ce3d020106052b81040022', 'hex'),
	nistp521: Buffer.from('301006072a8648ce3d020106052b81040023', 'hex'),
};

const SEQUENCE = 0x30;
const INTEGER = 0x02;
const BIT_STRING = 0x03;

/** The DER SubjectPublicKeyInfo (RFC 5280 4.1) of the plain key, as `openssl pkey -pubout -outform DER` writes it. A security key's is that of the
 * curve key inside it. */
export function spkiOf({ type, source, parts }: PublicBlob): Buffer {
	const field = (span: Span) => integer(source, span);
	switch (parts.kind) {
		case 'rsa':
			return rsaSpki(source, parts.e, parts.n);
		case 'dsa': {
			const parameters = der(SEQUENCE, field(parts.p), field(parts.q), field(parts.g));
			return der(SEQUENCE, der(SEQUENCE, DSA_OID, parameters), der(BIT_STRING, Buffer.of(0), field(parts.y)));
		}
		case 'ec': {
			const point = source.subarray(parts.point.start, parts.point.end);
			return der(SEQUENCE, EC_ALGORITHMS[type.curve ?? 'nistp256'], der(BIT_STRING, Buffer.of(0), point));
		}
		case 'ed25519':
			return Buffer.concat([ED25519_SPKI_START, source.subarray(parts.point.start, parts.point.end)]);
	}
}

/** The DER RSAPublicKey (RFC 8017 A.1.1) of an RSA key, undefined for others. */
export function pkcs1Of({ source, parts }: PublicBlob): Buffer | undefined {
	return parts.kind === 'rsa' ? der(SEQUENCE, integer(source, parts.n), integer(source, parts.e)) : undefined;
}

/** Writes into one buffer: this runs for every RSA key that is read. */
function rsaSpki(bytes: Buffer, e: Span, n: Span): Buffer {
	const nLength = integerLength(bytes, n);
	const eLength = integerLength(bytes, e);
	const keyLength = headerLength(nLength) + nLength + headerLength(eLength) + eLength;
	const bitsLength = 1 + headerLength(keyLength) + keyLength;
	const bodyLength = RSA_ALGORITHM.length + headerLength(bitsLength) + bitsLength;
	const out = Buffer.allocUnsafe(headerLength(bodyLength) + bodyLength);
	let at = writeHeader(out, 0, SEQUENCE, bodyLength);
	RSA_ALGORITHM.copy(out, at);
	at = writeHeader(out, at + RSA_ALGORITHM.length, BIT_STRING, bitsLength);
	out[at] = 0;
	at = writeHeader(out, at + 1, SEQUENCE, keyLength);
	at = writeInteger(out, at, bytes, n);
	writeInteger(out, at, bytes, e);
	return out;
}

function der(tag: number, ...content: readonly Buffer[]): Buffer {
	const length = content.reduce((sum, part) => sum + part.length, 0);
	const header = Buffer.allocUnsafe(headerLength(length));
	writeHeader(header, 0, tag, length);
	return Buffer.concat([header, ...content]);
}

function integer(bytes: Buffer, magnitude: Span): Buffer {
	const length = integerLength(bytes, magnitude);
	const out = Buffer.allocUnsafe(headerLength(length) + length);
	writeInteger(out, 0, bytes, magnitude);
	return out;
}

/** Length of the content of a positive INTEGER: a zero goes before a set top bit, and zero itself is one byte. */
function integerLength(bytes: Buffer, { start, end }: Span): number {
	return start === end ? 1 : end - start + ((bytes[start] ?? 0) >= 0x80 ? 1 : 0);
}

function writeInteger(out: Buffer, start: number, bytes: Buffer, magnitude: Span): number {
	const length = integerLength(bytes, magnitude);
	let at = writeHeader(out, start, INTEGER, length);
	if (length > magnitude.end - magnitude.start) {
		out[at] = 0;
		at += 1;
	}
	return at + bytes.copy(out, at, magnitude.start, magnitude.end);
}

function headerLength(length: number): number {
	return length < 0x80 ? 2 : length < 0x100 ? 3 : length < 0x1_0000 ? 4 : 5;
}

function writeHeader(out: Buffer, start: number, tag: number, length: number): number {
	out[start] = tag;
	const lengthBytes = headerLength(length) - 2;
	if (lengthBytes === 0) {
		out[start + 1] = length;
		return start + 2;
	}
	out[start + 1] = 0x80 + lengthBytes;
	return out.writeUIntBE(length, start + 2, lengthBytes);
}
