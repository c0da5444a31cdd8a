import type { Range } from './text';

/** A fingerprint of one key in the spellings that can be computed from its public half. */
export interface Fingerprints {
	/** `SHA256:` and unpadded base64 of the SSH wire blob's SHA-256, as `ssh-keygen -l` prints. */
	readonly sha256: string;
	/** `MD5:` and 16 hex pairs with colons of the SSH wire blob's MD5, as `ssh-keygen -l -E md5` prints. */
	readonly md5: string;
	/** As EC2 prints it for this key imported: RSA, 16 hex pairs with colons, MD5 of the DER SubjectPublicKeyInfo; ED25519, padded base64 SHA-256
	 * of the wire blob, without prefix. Absent for keys that EC2 can't hold. */
	readonly ec2?: string;
}

/** A public key found in a text. */
export interface PublicKey {
	/** The SSH name of the type, such as `ssh-ed25519`. */
	readonly type: string;
	/** Key size as `ssh-keygen -l` prints it. */
	readonly bits: number;
	readonly comment: string;
	/** The options that stand before the key in an `authorized_keys` line, as written. */
	readonly options?: string;
	/** From the first character of the options or type to the end of the comment. */
	readonly range: Range;
	/** `type base64`, one line, without options and comment. */
	readonly publicKey: string;
	readonly fingerprints: Fingerprints;
	/** The facts of an OpenSSH certificate, for the `-cert-v01@openssh.com` types. */
	readonly certificate?: Certificate;
}

/** What an OpenSSH certificate says (PROTOCOL.certkeys). */
export interface Certificate {
	readonly kind: 'user' | 'host';
	readonly serial: bigint;
	readonly keyId: string;
	readonly principals: readonly string[];
	/** Seconds since 1970; absent: valid from the beginning of time. */
	readonly validAfter?: bigint;
	/** Seconds since 1970; absent: valid for ever. */
	readonly validBefore?: bigint;
	/** `SHA256:…` of the CA's key. */
	readonly signingCa: string;
	readonly signingCaType: string;
	readonly signatureType: string;
}
