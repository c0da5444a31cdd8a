import type { KeyParts } from './blobParts';
import { decompressPoint } from './ecPoint';
import { type Curve, type KeyType, keyTypeByName } from './keyTypes';

interface Element {
	readonly tag: number;
	readonly content: Buffer;
	/** Offset after the element. */
	readonly end: number;
}

const INTEGER = 0x02;
const BIT_STRING = 0x03;
const OCTET_STRING = 0x04;
const OBJECT_ID = 0x06;
const SEQUENCE = 0x30;

const RSA = '2a864886f70d010101';
const DSA = '2a8648ce380401';
const EC = '2a8648ce3d0201';
const ED25519 = '2b6570';
const CURVES: Readonly<Record<string, Curve>> = {
	'2a8648ce3d030107': 'nistp256',
	'2b81040022': 'nistp384',
	'2b81040023': 'nistp521',
};

/** A key as DER holds it, to be written as an SSH blob. */
export interface DerKey {
	readonly type: KeyType;
	readonly parts: KeyParts;
}

/** The key in a DER SubjectPublicKeyInfo (RFC 5280 4.1) or RSAPublicKey (RFC 8017 A.1.1), or undefined: not DER, bytes left over, or an algorithm or curve
 * that SSH has no name for. */
export function readDerPublicKey(bytes: Buffer): DerKey | undefined {
	const [outer] = readAll(bytes) ?? [];
	const fields = outer?.tag === SEQUENCE && outer.end === bytes.length ? readAll(outer.content) : undefined;
	const [first, second] = fields ?? [];
	if (fields?.length !== 2 || first === undefined || second === undefined) {
		return undefined;
	}
	if (first.tag === INTEGER && second.tag === INTEGER) {
		return rsaKey(first, second);
	}
	return first.tag === SEQUENCE && second.tag === BIT_STRING && second.content[0] === 0
		? readAlgorithmKey(first.content, second.content.subarray(1))
		: undefined;
}

/** Whether the bytes start as a DER private key does, PKCS#1, DSA, EC (RFC 5915) or PKCS#8, or as an encrypted one. Cut texts are recognised too. */
export function derPrivateKeyStart(bytes: Buffer): 'plain' | 'encrypted' | undefined {
	const content = contentStart(bytes, SEQUENCE);
	if (content === undefined) {
		return undefined;
	}
	const version = bytes.subarray(content, content + 3).toString('hex');
	const next = bytes[content + 3];
	if (version === '020100' || version === '020101') {
		return next === SEQUENCE || next === INTEGER || next === OCTET_STRING ? 'plain' : undefined;
	}
	// EncryptedPrivateKeyInfo (RFC 5958 3): an algorithm of PKCS#5 or PKCS#12, then the octets.
	const algorithm = contentStart(bytes.subarray(content), SEQUENCE);
	const id =
		algorithm === undefined ? '' : bytes.subarray(content + algorithm, content + algorithm + 11).toString('hex');
	return id.startsWith('06092a864886f70d0105') || id.startsWith('060a2a864886f70d010c01') ? 'encrypted' : undefined;
}

function readAlgorithmKey(algorithm: Buffer, key: Buffer): DerKey | undefined {
	const [id, parameters] = readAll(algorithm) ?? [];
	switch (id?.tag === OBJECT_ID ? id.content.toString('hex') : '') {
		case RSA: {
			const [outer] = readAll(key) ?? [];
			const [n, e, more] = outer?.tag === SEQUENCE && outer.end === key.length ? (readAll(outer.content) ?? []) : [];
			return n !== undefined && e !== undefined && more === undefined ? rsaKey(n, e) : undefined;
		}
		case DSA: {
			const [p, q, g] = (parameters?.tag === SEQUENCE ? readAll(parameters.content) : undefined)?.map(magnitude) ?? [];
			const [y] = readAll(key)?.map(magnitude) ?? [];
			return p !== undefined && q !== undefined && g !== undefined && y !== undefined
				? derKey('ssh-dss', { kind: 'dsa', p, q, g, y })
				: undefined;
		}
		case EC: {
			const curve = parameters?.tag === OBJECT_ID ? CURVES[parameters.content.toString('hex')] : undefined;
			const point = curve === undefined || key[0] === 4 ? key : decompressPoint(curve, key);
			return curve === undefined || point === undefined
				? undefined
				: derKey(`ecdsa-sha2-${curve}`, { kind: 'ec', point });
		}
		case ED25519:
			return parameters === undefined ? derKey('ssh-ed25519', { kind: 'ed25519', point: key }) : undefined;
		default:
			return undefined;
	}
}

function rsaKey(nElement: Element, eElement: Element): DerKey | undefined {
	const n = magnitude(nElement);
	const e = magnitude(eElement);
	return n === undefined || e === undefined ? undefined : derKey('ssh-rsa', { kind: 'rsa', e, n });
}

function derKey(name: string, parts: KeyParts): DerKey | undefined {
	const type = keyTypeByName(name);
	return type === undefined ? undefined : { type, parts };
}

/** The bytes of a positive INTEGER without leading zeros. */
function magnitude(element: Element): Buffer | undefined {
	const first = element.content[0];
	if (element.tag !== INTEGER || first === undefined || first >= 0x80) {
		return undefined;
	}
	return first === 0 ? element.content.subarray(1) : element.content;
}

/** Every element, one after the other up to the end, or undefined where it is not DER. */
function readAll(bytes: Buffer): Element[] | undefined {
	const elements: Element[] = [];
	let at = 0;
	while (at < bytes.length && elements.length < 16) {
		const header = readHeader(bytes, at);
		if (header === undefined || header.start + header.length > bytes.length) {
			return undefined;
		}
		at = header.start + header.length;
		elements.push({ tag: bytes[header.at] ?? 0, content: bytes.subarray(header.start, at), end: at });
	}
	return elements;
}

function contentStart(bytes: Buffer, tag: number): number | undefined {
	return bytes[0] === tag ? readHeader(bytes, 0)?.start : undefined;
}

function readHeader(bytes: Buffer, at: number): { at: number; start: number; length: number } | undefined {
	const first = bytes[at + 1];
	if (first === undefined || first === 0x80 || first > 0x84) {
		return undefined;
	}
	if (first < 0x80) {
		return { at, start: at + 2, length: first };
	}
	const lengthBytes = first - 0x80;
	if (at + 2 + lengthBytes > bytes.length) {
		return undefined;
	}
	return { at, start: at + 2 + lengthBytes, length: bytes.readUIntBE(at + 2, lengthBytes) };
}
