import type { Range } from './text';

/** A problem of a key text, found without any call. Words for it are made by the user interface. */
export interface KeyProblem {
	readonly code: KeyProblemCode;
	readonly severity: 'error' | 'warning';
	readonly range: Range;
	/** What a message needs. Never key material. */
	readonly data: Readonly<Record<string, string | number>>;
	/** An edit of the text that mends it, where there is one. */
	readonly fix?: KeyFix;
}

/** A mechanical mend of a key text. `title` is a code for which the user interface has words. */
export type KeyFix =
	| { readonly title: KeyFixTitle; readonly edits: readonly { readonly range: Range; readonly newText: string }[] }
	/** Derives the public half beside the private key, locally. */
	| { readonly title: 'derivePublicKey' };

export type KeyFixTitle =
	| 'dropOptions'
	| 'joinLines'
	| 'convertToOpenSsh'
	| 'removeBom'
	| 'stripComment'
	| 'derivePublicKey';

/** Each code has a message in `ui/messages/keyProblems.ts`; extend both together. In brackets: what `data` holds. */
export type KeyProblemCode =
	/** A private key [format: how it is written; encrypted: 1 when it takes a passphrase, else 0]. */
	| 'privateKey'
	/** No key where one would be [reason: `empty`, `text` for the whole text, `line` for a line among keys]. */
	| 'noKey'
	/** More keys than one, in one line or where one is meant [count]. */
	| 'severalKeys'
	/** No type, or none that is known [type: as written, when it looks like one; innerType: what the body says it is]. */
	| 'unknownType'
	/** A character that is not base64 [reason: `character`, or `paddingBits` for one that base64 never has before padding]. */
	| 'base64Character'
	/** Padding is missing, or a character. */
	| 'base64Length'
	/** The body ends before the key does [type; reason: `missing` when there is no body at all]. */
	| 'bodyTruncated'
	/** The body goes on after the key [type; bytes]. */
	| 'bodyTrailing'
	/** The type before the body is not the one inside [type; innerType, empty when that is unknown]. */
	| 'typeMismatch'
	/** Numbers or names that can't be a key's [type; reason: a BlobReason]; as a warning, `notCanonical`: OpenSSH reads it and writes it otherwise. */
	| 'badKey'
	/** Blanks or line breaks inside the body [pieces]. */
	| 'bodyWrapped'
	/** [encoding: `utf-16` when the text was of that encoding and was read as UTF-8]. */
	| 'byteOrderMark'
	/** Options that sshd refuses, or that have no place here [reason: an OptionsFault's, `number`, or `unexpected` in a file of one key]. */
	| 'badOptions'
	/** [reason: `noEnd`]. */
	| 'badRfc4716'
	/** [reason: `noEnd`, `notAPublicKey` with the label, or `notSsh` for keys that SSH has no name for]. */
	| 'badPem'
	| 'badPpk'
	/** [reason: a BlobReason that starts with `certificate`]. */
	| 'badCertificate'
	/** An RSA key under 2048 bits [bits, recommended]; as an error, under 1024, which OpenSSH refuses [bits, minimum]. */
	| 'rsaShort'
	| 'dsa'
	/** [signatureType]. */
	| 'sha1Certificate'
	| 'nonAsciiComment'
	/** A public key in another format than OpenSSH's [format: a ForeignFormat]. */
	| 'foreignFormat';
