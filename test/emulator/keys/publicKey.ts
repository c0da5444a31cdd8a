import { createPublicKey, type KeyObject } from 'node:crypto';
import { WireReader, wireMpint, wireString } from './wire';

/** A public key that EC2 takes. */
export interface PublicKey {
	readonly type: 'rsa' | 'ed25519';
	/** The SSH wire blob (RFC 4253, section 6.6; RFC 8709, section 4). */
	readonly blob: Buffer;
	readonly key: KeyObject;
}

/** The key in the text, or undefined when EC2 would answer InvalidKey.Format. Taken are an OpenSSH line and, for RSA alone, base64 DER and
 * RFC 4716 (EC2 User Guide, "Import a public key"). ECDSA, DSA, FIDO keys, certificates, private keys and text that was base64-encoded
 * once too often are not. */
export function readPublicKey(text: string): PublicKey | undefined {
	const trimmed = text.trim();
	if (trimmed.startsWith('---- BEGIN SSH2 PUBLIC KEY ----')) return rsaOnly(fromRfc4716(trimmed));
	const line = /^(\S+)[ \t]+(\S+)([ \t][^\r\n]*)?$/.exec(trimmed);
	if (line !== null) {
		const key = fromBlob(fromBase64(line[2] ?? ''));
		return key !== undefined && sshNames[key.type] === line[1] ? key : undefined;
	}
	return rsaOnly(fromDer(fromBase64(trimmed.replace(/\s+/g, ''))));
}

/** The OpenSSH name of each type. */
export const sshNames = { rsa: 'ssh-rsa', ed25519: 'ssh-ed25519' } as const;

/** The public key of a key object.
 * @throws {Error} for types that EC2 has not. */
export function publicKeyOf(key: KeyObject): PublicKey {
	const { kty, crv, n = '', e = '', x = '' } = key.export({ format: 'jwk' });
	if (kty === 'RSA') return { type: 'rsa', blob: rsaBlob(base64url(e), base64url(n)), key };
	if (crv === 'Ed25519') {
		return { type: 'ed25519', blob: Buffer.concat([wireString(sshNames.ed25519), wireString(base64url(x))]), key };
	}
	throw new Error('EC2 has RSA and ED25519 keys only');
}

function rsaOnly(key: PublicKey | undefined): PublicKey | undefined {
	return key?.type === 'rsa' ? key : undefined;
}

function fromBlob(blob: Buffer | undefined): PublicKey | undefined {
	if (blob === undefined) return undefined;
	const reader = new WireReader(blob);
	const type = reader.next()?.toString('latin1');
	const first = reader.next();
	if (first === undefined) return undefined;
	if (type === sshNames.ed25519) {
		if (!reader.atEnd || first.length !== 32) return undefined;
		const key = createPublicKey({
			key: { kty: 'OKP', crv: 'Ed25519', x: first.toString('base64url') },
			format: 'jwk',
		});
		return { type: 'ed25519', blob, key };
	}
	const modulus = reader.next();
	if (type !== sshNames.rsa || modulus === undefined || !reader.atEnd) return undefined;
	// The numbers have to be written as mpints: the same key has but one blob.
	return rsaBlob(first, modulus).equals(blob) ? fromRsaNumbers(first, modulus) : undefined;
}

function fromRsaNumbers(exponent: Buffer, modulus: Buffer): PublicKey | undefined {
	try {
		const key = createPublicKey({
			key: { kty: 'RSA', e: exponent.toString('base64url'), n: modulus.toString('base64url') },
			format: 'jwk',
		});
		return (key.asymmetricKeyDetails?.modulusLength ?? 0) >= 1024 ? publicKeyOf(key) : undefined;
	} catch {
		return undefined;
	}
}

function fromDer(der: Buffer | undefined): PublicKey | undefined {
	if (der === undefined) return undefined;
	for (const type of ['spki', 'pkcs1'] as const) {
		try {
			const key = createPublicKey({ key: der, format: 'der', type });
			// Trailing bytes are not part of the key.
			if (key.export({ format: 'der', type }).equals(der)) return publicKeyOf(key);
		} catch {
			// Not this form.
		}
	}
	return undefined;
}

/** RFC 4716, section 3: header lines `Tag: value`, continued by a backslash at the end, then base64. */
function fromRfc4716(text: string): PublicKey | undefined {
	const lines = text.split(/\r?\n|\r/);
	if (lines.at(-1) !== '---- END SSH2 PUBLIC KEY ----') return undefined;
	let isHeader = false;
	const body = lines.slice(1, -1).filter((line) => {
		const continued = isHeader;
		isHeader = (continued || line.includes(':')) && line.endsWith('\\');
		return !continued && !line.includes(':');
	});
	return fromBlob(fromBase64(body.join('')));
}

function rsaBlob(exponent: Buffer, modulus: Buffer): Buffer {
	return Buffer.concat([wireString(sshNames.rsa), wireMpint(exponent), wireMpint(modulus)]);
}

/** Undefined unless the text is exactly how base64 with padding writes the bytes. */
function fromBase64(text: string): Buffer | undefined {
	const bytes = Buffer.from(text, 'base64');
	return bytes.length > 0 && bytes.toString('base64') === text ? bytes : undefined;
}

function base64url(text: string): Buffer {
	return Buffer.from(text, 'base64url');
}
