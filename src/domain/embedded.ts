import { parsePublicKeys } from './parsePublicKeys';
import type { PublicKey } from './publicKey';

/** Something found in a line; UTF-16 offsets, `end` is exclusive. */
export interface Embedded<T> {
	readonly value: T;
	readonly start: number;
	readonly end: number;
}

/** A type and the start of its body, in any text. JSON may write `\/` for `/`. */
const KEY = /(?<![\w@.-])((?:sk-)?(?:ssh|ecdsa)-[a-z0-9@.-]{2,60})[ \t]+(AAAA(?:[A-Za-z0-9+/]|\\\/)+={0,2})/g;

/** Where the comment of a key in quotes, or in a line of YAML or HCL, ends. */
const AFTER_COMMENT = /\\[nrt]|[ \t]#/;

/** Lines of data may be very long; the longest key has some 22,000 characters. */
const REACH = 50_000;

/** The public key at a place of a line of another language, such as a string in Terraform, YAML or JSON: undefined when there is none or it can't be read.
 * Its range is that of a text that it stands in alone. */
export function findEmbeddedKey(line: string, character: number): Embedded<PublicKey> | undefined {
	const from = Math.max(0, character - REACH);
	const text = line.slice(from, character + REACH);
	for (const match of text.matchAll(KEY)) {
		const [whole, type = '', body = ''] = match;
		const bodyEnd = match.index + whole.length;
		const comment = commentAfter(text, match.index, bodyEnd);
		const end = bodyEnd + comment.length;
		if (from + match.index <= character && character <= from + end) {
			const [value] = parsePublicKeys(`${type} ${body.replaceAll('\\/', '/')}${comment}`).keys;
			return value && { value, start: from + match.index, end: from + end };
		}
	}
	return undefined;
}

/** The comment with the white space before it; empty when something else follows the key. */
function commentAfter(text: string, start: number, bodyEnd: number): string {
	const rest = text.slice(bodyEnd);
	if (!/^[ \t]/.test(rest)) {
		return '';
	}
	const quote = text[start - 1] ?? '';
	const quoteAt = isQuote(quote) ? rest.indexOf(quote) : closingQuote(rest);
	const inner = quoteAt === -1 ? rest : rest.slice(0, quoteAt);
	const stop = inner.search(AFTER_COMMENT);
	return (stop === -1 ? inner : inner.slice(0, stop)).trimEnd();
}

/** The quote that ends the rest of a line, with at most punctuation behind it; -1 when there is none. */
function closingQuote(rest: string): number {
	let at = rest.length - 1;
	while (at >= 0 && ' \t\r,;)]}'.includes(rest[at] ?? '-')) {
		at -= 1;
	}
	return isQuote(rest[at] ?? '') ? at : -1;
}

function isQuote(character: string): boolean {
	return character === '"' || character === "'" || character === '`';
}

/** Fingerprints as `ssh-keygen` and the services print them: named; 16 or 20 hex pairs; 32 bytes in padded base64. */
const FINGERPRINT =
	/(?<![\w+/=:])(?:SHA256:[A-Za-z0-9+/]{43}=?|(?:MD5:|SHA1:)?(?:[0-9a-f]{2}:){15}(?:(?:[0-9a-f]{2}:){4})?[0-9a-f]{2}|[A-Za-z0-9+/]{43}=)(?![\w+/=:])/gi;

/** Longer than any fingerprint with what must not stand beside it. */
const FINGERPRINT_REACH = 200;

/** The fingerprint at a place of a line, as it is spelled there. */
export function findFingerprint(line: string, character: number): Embedded<string> | undefined {
	const from = Math.max(0, character - FINGERPRINT_REACH);
	for (const match of line.slice(from, character + FINGERPRINT_REACH).matchAll(FINGERPRINT)) {
		const start = from + match.index;
		const end = start + match[0].length;
		if (start <= character && character <= end) {
			return { value: match[0], start, end };
		}
	}
	return undefined;
}
