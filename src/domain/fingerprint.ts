import type { PublicBlob } from './parse/blobParts';
import { type DigestName, digest } from './parse/digest';
import { readPublicKeyText } from './parse/publicBlob';
import { pkcs1Of, spkiOf } from './parse/spki';
import type { Fingerprints, PublicKey } from './publicKey';

/** What a digest was taken over: the SSH wire blob, the DER SubjectPublicKeyInfo or the DER PKCS#1 RSAPublicKey. */
export type DigestInput = 'blob' | 'spki' | 'pkcs1';

/** A fingerprint without its spelling. */
export interface ParsedFingerprint {
	readonly digest: DigestName;
	/** Lower case, without separators. */
	readonly hex: string;
}

/** Whether two fingerprints are the same, and by which digest. `cannotCompare`: one is none that we know or is masked, or they are of different digests. */
export type FingerprintComparison =
	| { readonly result: 'same' | 'different'; readonly digest: DigestName }
	| { readonly result: 'cannotCompare' };

/** Whether a fingerprint is a key's; for `same` also what was digested. */
export type FingerprintMatch =
	| { readonly result: 'same'; readonly digest: DigestName; readonly over: DigestInput }
	| { readonly result: 'different'; readonly digest: DigestName }
	| { readonly result: 'cannotCompare' };

/** The fingerprints of a key that every view shows. A certificate has those of the key it certifies, as `ssh-keygen -l` prints. */
export function fingerprintsOf(key: PublicBlob): Fingerprints {
	const digested = digest('sha256', key.plain, 'base64');
	const sha256 = prefixed(digested);
	const md5 = colonPairs(digest('md5', key.plain, 'hex'), 'MD5:');
	// EC2 User Guide, "Verify keys": imported RSA keys have the MD5 of the DER SubjectPublicKeyInfo, ED25519 keys the SHA-256 of the blob.
	switch (key.type.name) {
		case 'ssh-rsa':
			return { sha256, md5, ec2: colonPairs(digest('md5', spkiOf(key), 'hex')) };
		case 'ssh-ed25519':
			return { sha256, md5, ec2: digested };
		default:
			return { sha256, md5 };
	}
}

/** A digest of a key that some service may show as its fingerprint. */
export interface FingerprintCandidate extends ParsedFingerprint {
	readonly over: DigestInput;
}

const candidatesOfKeys = new WeakMap<PublicKey, readonly FingerprintCandidate[]>();

/** Every digest of the public key that a service is known or thought to show: MD5, SHA-1 and SHA-256 of the blob and the SubjectPublicKeyInfo, for RSA
 * of PKCS#1 too. Which of them Lightsail and Alibaba Cloud show is not documented. */
export function fingerprintCandidates(key: PublicKey): readonly FingerprintCandidate[] {
	const known = candidatesOfKeys.get(key);
	if (known !== undefined) {
		return known;
	}
	const blob = readPublicKeyText(key.publicKey);
	const candidates = blob === undefined ? [] : digestAll(blob);
	candidatesOfKeys.set(key, candidates);
	return candidates;
}

/** A fingerprint in any spelling: `SHA256:`, `MD5:` or `SHA1:` in any case or nothing before it; hex with or without colons in any case, or base64 with or
 * without padding. Also a whole line of `ssh-keygen -l`. Undefined for anything else, such as masked digits. */
export function parseFingerprint(text: string): ParsedFingerprint | undefined {
	const trimmed = text.trim();
	const word = /\s/.test(trimmed) ? /(?:SHA256|SHA1|MD5):\S{1,128}/i.exec(trimmed)?.[0] : trimmed;
	const spelled = /^(?:(sha-?256|sha-?1|md5):)?([A-Za-z0-9+/:]{16,95}={0,2})$/i.exec(word ?? '');
	const value = spelled?.[2];
	if (value === undefined) {
		return undefined;
	}
	const named = spelled?.[1]?.toLowerCase().replace('-', '');
	const hex = hexOf(value);
	const found = DIGESTS.find(({ hexLength }) => hexLength === hex?.length)?.name;
	return hex === undefined || found === undefined || (named !== undefined && named !== found)
		? undefined
		: { digest: found, hex };
}

/** Compares two fingerprints as such: two services may show different fingerprints of one key. */
export function compareFingerprints(a: string, b: string): FingerprintComparison {
	const first = parseFingerprint(a);
	const second = parseFingerprint(b);
	if (first === undefined || first.digest !== second?.digest) {
		return { result: 'cannotCompare' };
	}
	return { result: first.hex === second.hex ? 'same' : 'different', digest: first.digest };
}

/** Whether a fingerprint that some service shows is that of a key. One that `tellsKeysApart` says nothing of can still be the same. */
export function matchesKey(fingerprint: string, key: PublicKey): FingerprintMatch {
	const parsed = parseFingerprint(fingerprint);
	if (parsed === undefined) {
		return { result: 'cannotCompare' };
	}
	const candidate = fingerprintCandidates(key).find(
		(other) => other.digest === parsed.digest && other.hex === parsed.hex,
	);
	if (candidate !== undefined) {
		return { result: 'same', digest: candidate.digest, over: candidate.over };
	}
	return tellsKeysApart(fingerprint) ? { result: 'different', digest: parsed.digest } : { result: 'cannotCompare' };
}

/** Whether a fingerprint that is none of a key's candidates is that of another key. A SHA-1 is not sure to be: EC2's, for an RSA key that it created, is of
 * the private key. Neither is bare hex: what Alibaba Cloud digests is not known. */
export function tellsKeysApart(fingerprint: string): boolean {
	const parsed = parseFingerprint(fingerprint);
	return parsed !== undefined && parsed.digest !== 'sha1' && !/^[0-9a-f]+$/i.test(fingerprint.trim());
}

/** Where fingerprints are put together: joining strings leaves several objects for each, and a text may hold many keys. */
const scratch = Buffer.alloc(128);
const COLON = 0x3a;

/** Hex of up to 32 bytes with a colon after every second digit, `aabb` as `aa:bb`, after a prefix. */
export function colonPairs(hex: string, prefix: 'MD5:' | '' = ''): string {
	let at = scratch.write(prefix, 'latin1');
	for (let digit = 0; digit < hex.length; digit += 1) {
		if (digit > 0 && digit % 2 === 0) {
			scratch[at] = COLON;
			at += 1;
		}
		scratch[at] = hex.charCodeAt(digit);
		at += 1;
	}
	return scratch.toString('latin1', 0, at);
}

/** The spelling of ssh-keygen: without the one `=` that base64 of 32 bytes ends in. */
function prefixed(base64: string): string {
	const start = scratch.write('SHA256:', 'latin1');
	return scratch.toString('latin1', 0, start + scratch.write(base64, start, 'latin1') - 1);
}

const DIGESTS: readonly { readonly name: DigestName; readonly hexLength: number }[] = [
	{ name: 'md5', hexLength: 32 },
	{ name: 'sha1', hexLength: 40 },
	{ name: 'sha256', hexLength: 64 },
];

/** Lengths of unpadded base64 of 16, 20 and 32 bytes. */
const BASE64_LENGTHS: readonly number[] = [22, 27, 43];

function hexOf(value: string): string | undefined {
	const bare = value.includes(':') ? withoutColons(value) : value;
	if (bare !== undefined && /^[0-9a-f]+$/i.test(bare) && DIGESTS.some(({ hexLength }) => hexLength === bare.length)) {
		return bare.toLowerCase();
	}
	const digits = value.replace(/=+$/, '');
	return BASE64_LENGTHS.includes(digits.length) && !digits.includes(':')
		? Buffer.from(digits, 'base64').toString('hex')
		: undefined;
}

/** Hex whose colons stand after every second digit. */
function withoutColons(value: string): string | undefined {
	return /^[0-9a-f]{2}(?::[0-9a-f]{2})*$/i.test(value) ? value.replaceAll(':', '') : undefined;
}

function digestAll(key: PublicBlob): readonly FingerprintCandidate[] {
	const inputs: [DigestInput, Buffer][] = [
		['blob', key.plain],
		['spki', spkiOf(key)],
	];
	const pkcs1 = pkcs1Of(key);
	if (pkcs1 !== undefined) {
		inputs.push(['pkcs1', pkcs1]);
	}
	return DIGESTS.flatMap(({ name }) =>
		inputs.map(([over, bytes]) => ({ digest: name, over, hex: digest(name, bytes, 'hex') })),
	);
}
