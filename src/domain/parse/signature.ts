import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto';
import { type KeyParts, type PublicBlob, viewParts } from './blobParts';
import type { Curve } from './keyTypes';
import { spkiOf } from './spki';
import { WireReader } from './wireReader';

/** Digest of the message and bytes of a coordinate (RFC 5656 section 6.2.1). */
const CURVES: Readonly<Record<Curve, { readonly digest: string; readonly size: number }>> = {
	nistp256: { digest: 'sha256', size: 32 },
	nistp384: { digest: 'sha384', size: 48 },
	nistp521: { digest: 'sha512', size: 66 },
};

/** RFC 8332. */
const RSA_DIGESTS: Readonly<Record<string, string>> = {
	'ssh-rsa': 'sha1',
	'rsa-sha2-256': 'sha256',
	'rsa-sha2-512': 'sha512',
};

/** The signature's algorithm when `signature` (a wire blob of algorithm and value) is the key's over `data`, else undefined. */
export function verifySignature(key: PublicBlob, signature: Buffer, data: Buffer): string | undefined {
	const reader = new WireReader(signature);
	const algorithm = reader.text();
	const value = reader.view(reader.string());
	const parts = viewParts(key.source, key.parts);
	const application = 'application' in parts ? parts.application : undefined;
	const flagsAndCounter = application === undefined ? undefined : reader.view(reader.raw(5));
	if (reader.fault !== undefined || reader.remaining > 0) {
		return undefined;
	}
	const message =
		application === undefined || flagsAndCounter === undefined
			? data
			: securityKeyMessage(application, flagsAndCounter, data);
	try {
		return isGood(key, parts, algorithm, value, message) ? algorithm : undefined;
	} catch {
		return undefined; // numbers that no library takes for a key
	}
}

function isGood(key: PublicBlob, parts: KeyParts, algorithm: string, value: Buffer, message: Buffer): boolean {
	switch (parts.kind) {
		case 'rsa': {
			const digest = RSA_DIGESTS[algorithm];
			const size = parts.n.length;
			if (digest === undefined || value.length > size) {
				return false;
			}
			return verify(digest, message, keyObject(key), padStart(value, size));
		}
		case 'dsa':
			return (
				algorithm === 'ssh-dss' &&
				value.length === 40 &&
				verify('sha1', message, { key: keyObject(key), dsaEncoding: 'ieee-p1363' }, value)
			);
		case 'ec': {
			if (algorithm !== key.type.name || key.type.curve === undefined) {
				return false;
			}
			const { digest, size } = CURVES[key.type.curve];
			const numbers = new WireReader(value);
			const r = numbers.view(numbers.number());
			const s = numbers.view(numbers.number());
			if (numbers.fault !== undefined || numbers.remaining > 0 || r.length > size || s.length > size) {
				return false;
			}
			const pair = Buffer.concat([padStart(r, size), padStart(s, size)]);
			return verify(digest, message, { key: keyObject(key), dsaEncoding: 'ieee-p1363' }, pair);
		}
		case 'ed25519':
			return algorithm === key.type.name && verify(null, message, keyObject(key), value);
	}
}

/** What an authenticator signs (PROTOCOL.u2f, "SSH U2F signatures"). */
function securityKeyMessage(application: Buffer, flagsAndCounter: Buffer, data: Buffer): Buffer {
	return Buffer.concat([sha256(application), flagsAndCounter, sha256(data)]);
}

function keyObject(key: PublicBlob): KeyObject {
	return createPublicKey({ key: spkiOf(key), format: 'der', type: 'spki' });
}

function sha256(data: Buffer): Buffer {
	return createHash('sha256').update(data).digest();
}

function padStart(value: Buffer, size: number): Buffer {
	return Buffer.concat([Buffer.alloc(size - value.length), value]);
}
