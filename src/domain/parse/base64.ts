/** Why and where a text is not base64; offsets in UTF-16 code units. */
export interface Base64Fault {
	readonly reason: 'character' | 'length' | 'paddingBits';
	readonly start: number;
	readonly end: number;
}

/** White space that OpenSSH's decoder skips inside a key's body (blanks and tabs end the body before it gets there). */
const SKIPPED = /[\r\v\f\n \t]/g;

/** The bytes of a base64 text, and the text without white space. */
export interface DecodedBase64 {
	readonly bytes: Buffer;
	readonly base64: string;
}

/** The bytes of a base64 text, or undefined where OpenSSH's decoder (ISC `b64_pton`) refuses it: foreign characters, missing padding,
 * anything after the padding, unused bits that are not zero. */
export function decodeBase64(text: string): DecodedBase64 | undefined {
	const bytes = Buffer.from(text, 'base64');
	// The copy that comes of encoding again does not hold the whole file's text in memory as `text`, a part of it, does.
	const base64 = bytes.toString('base64');
	if (base64 === text) {
		return { bytes, base64 };
	}
	const compact = text.replace(SKIPPED, '');
	return compact.length < text.length && base64 === compact ? { bytes, base64 } : undefined;
}

/** What is wrong with a text that `decodeBase64` refuses. */
export function explainBase64(text: string): Base64Fault {
	const foreign = /[^A-Za-z0-9+/=\r\v\f\n \t]|=[^=\r\v\f\n \t]/u.exec(text);
	if (foreign !== null) {
		const end = foreign.index + foreign[0].length;
		const start = foreign[0].startsWith('=') ? foreign.index + 1 : foreign.index;
		return { reason: 'character', start, end };
	}
	const digits = text.replace(SKIPPED, '').replace(/=*$/, '').length;
	const padding = text.indexOf('=');
	const bodyEnd = padding === -1 ? text.trimEnd().length : padding;
	const paddingLength = text.trimEnd().length - bodyEnd;
	if (digits % 4 !== 1 && digits % 4 !== 0 && paddingLength === 4 - (digits % 4)) {
		return { reason: 'paddingBits', start: Math.max(0, bodyEnd - 1), end: bodyEnd };
	}
	const groupLength = Math.max(1, digits % 4);
	return paddingLength > 0 && digits % 4 === 0
		? { reason: 'length', start: bodyEnd, end: bodyEnd + paddingLength }
		: { reason: 'length', start: Math.max(0, bodyEnd - groupLength), end: bodyEnd + paddingLength };
}

/** The bytes at the start of a text whose end is broken: those of its digits up to the first character that is none, padded or not. */
export function decodeBase64Start(text: string): Buffer {
	return Buffer.from(/^[A-Za-z0-9+/]*/.exec(text)?.[0] ?? '', 'base64');
}
