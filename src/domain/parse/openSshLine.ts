import type { KeyFix, KeyProblem } from '../keyProblem';
import type { PublicKey } from '../publicKey';
import { type KeyBody, type KeyPlace, readKeyBody } from './keyBody';
import { keyTypeByName } from './keyTypes';
import { checkOptions, skipOptions } from './options';
import { privateKeyFormat, privateKeyProblem } from './privateKey';
import { errorAt, lineRange, warningAt } from './problem';
import type { SignatureChecks } from './signatureChecks';
import { addKeyWarnings, toPublicKey } from './toPublicKey';

interface OptionsPlace {
	readonly optionsStart: number;
	readonly optionsEnd: number;
}

/** What one line of a text is. `broken`: it names a type, and its body can't be read; `other`: no key type where one would stand. */
export type OpenSshLine =
	| { readonly kind: 'blank' }
	| { readonly kind: 'key'; readonly key: PublicKey; readonly problems: readonly KeyProblem[] }
	| { readonly kind: 'broken'; readonly place: KeyPlace; readonly problem: KeyProblem }
	| { readonly kind: 'other'; readonly problem?: KeyProblem };

const BLANK: OpenSshLine = { kind: 'blank' };
const OTHER: OpenSshLine = { kind: 'other' };

/** Reads a line as `ssh-keygen -l` does (`do_fingerprint`, `sshkey_read`): a key, or a key after options. `line` has no line feed. */
export function readOpenSshLine(line: string, number: number, checks: SignatureChecks): OpenSshLine {
	const end = trimmedEnd(line);
	const start = skipBlanks(line, 0, end);
	if (start >= end || line[start] === '#') {
		return BLANK;
	}
	const plain = findKey(line, start, end);
	const plainKey = plain === undefined ? undefined : readKeyBody(line, number, plain, checks);
	if (plain !== undefined && plainKey !== undefined && 'blob' in plainKey) {
		return keyLine(line, number, end, plain, plainKey);
	}
	const options = skipOptions(line, start, end);
	const found = options.end < end ? findKey(line, skipBlanks(line, options.end, end), end) : undefined;
	if (found !== undefined) {
		const place = { ...found, optionsStart: start, optionsEnd: options.end };
		const key = readKeyBody(line, number, place, checks);
		if ('blob' in key) {
			const problem = refuseOptions(line, number, place);
			return problem === undefined ? keyLine(line, number, end, place, key) : { kind: 'other', problem };
		}
		if (plain === undefined) {
			return { kind: 'broken', place, problem: key };
		}
	}
	if (plain !== undefined && plainKey !== undefined && 'code' in plainKey) {
		return { kind: 'broken', place: plain, problem: plainKey };
	}
	return options.openQuote === undefined || options.openQuote === start
		? OTHER
		: {
				kind: 'other',
				problem: errorAt(lineRange(number, options.openQuote, end), 'badOptions', { reason: 'quote' }),
			};
}

/** The type at `start` and the body after it, when `start` is at the name of a type. */
function findKey(line: string, start: number, end: number): KeyPlace | undefined {
	const typeEnd = tokenEnd(line, start, end);
	const type = keyTypeByName(line.slice(start, typeEnd));
	if (type === undefined) {
		return undefined;
	}
	const bodyStart = skipBlanks(line, typeEnd, end);
	return { type, typeStart: start, typeEnd, bodyStart, bodyEnd: tokenEnd(line, bodyStart, end) };
}

function keyLine(line: string, number: number, end: number, place: KeyPlace, body: KeyBody): OpenSshLine {
	const commentStart = skipBlanks(line, place.bodyEnd, end);
	const comment = line.slice(commentStart, end);
	const secret = privateKeyFormat(line);
	if (secret !== undefined) {
		// A private key that was pasted into options or comment: neither is shown.
		return { kind: 'other', problem: privateKeyProblem(line, number, secret, false) };
	}
	const range = lineRange(number, place.optionsStart ?? place.typeStart, end);
	const problems: KeyProblem[] = [];
	if (place.optionsStart !== undefined && place.optionsEnd !== undefined) {
		const fault = checkOptions(line, place.optionsStart, place.optionsEnd);
		if (fault !== undefined) {
			const fix = dropOptions(number, place.optionsStart, place.typeStart);
			problems.push(warningAt(lineRange(number, fault.start, fault.end), 'badOptions', { reason: fault.reason }, fix));
		}
	}
	addKeyWarnings(problems, body.blob, lineRange(number, place.typeStart, place.typeEnd));
	if (comment !== '') {
		addCommentWarnings(problems, comment, number, commentStart, place.bodyEnd);
	}
	const options = place.optionsStart === undefined ? undefined : line.slice(place.optionsStart, place.optionsEnd);
	return { kind: 'key', key: toPublicKey(body, comment, range, options), problems };
}

function addCommentWarnings(
	problems: KeyProblem[],
	comment: string,
	line: number,
	start: number,
	bodyEnd: number,
): void {
	const end = start + comment.length;
	const foreign = /\P{ASCII}(?:.*\P{ASCII})?/su.exec(comment);
	if (foreign !== null) {
		const range = lineRange(line, start + foreign.index, start + foreign.index + foreign[0].length);
		const ascii = comment
			.replace(/\P{ASCII}+/gu, '')
			.replace(/\s+/g, ' ')
			.trim();
		const edits = [{ range: lineRange(line, bodyEnd, end), newText: ascii === '' ? '' : ` ${ascii}` }];
		problems.push(warningAt(range, 'nonAsciiComment', {}, { title: 'stripComment', edits }));
	}
	const second = /(?:^|[ \t])((?:sk-)?(?:ssh|ecdsa)-[a-z0-9@.-]+)[ \t]+AAAA/.exec(comment);
	const type = second?.[1];
	if (second !== null && type !== undefined && keyTypeByName(type) !== undefined) {
		const typeStart = start + second.index + second[0].indexOf(type);
		problems.push(warningAt(lineRange(line, typeStart, end), 'severalKeys', { count: 2 }));
	}
}

/** The edit that takes the options away. */
export function dropOptions(line: number, start: number, typeStart: number): KeyFix {
	return { title: 'dropOptions', edits: [{ range: lineRange(line, start, typeStart), newText: '' }] };
}

/** What keeps ssh-keygen from reading a key after options. It takes a number other than zero for the size of an SSH 1 key, and it wants exactly one blank
 * before the type; sshd takes more, so that options that mean something to sshd may have more. */
function refuseOptions(line: string, number: number, place: KeyPlace & OptionsPlace): KeyProblem | undefined {
	const { optionsStart, optionsEnd, typeStart } = place;
	const token = line.slice(optionsStart, Math.min(optionsEnd, optionsStart + 32));
	const range = lineRange(number, optionsStart, optionsEnd);
	if (/^[\r\v\f]*[+-]?[0-9]+$/.test(token) && Number(token) !== 0) {
		return errorAt(range, 'badOptions', { reason: 'number' }, dropOptions(number, optionsStart, typeStart));
	}
	const fault = typeStart > optionsEnd + 1 ? checkOptions(line, optionsStart, optionsEnd) : undefined;
	return fault === undefined
		? undefined
		: errorAt(
				lineRange(number, fault.start, fault.end),
				'badOptions',
				{ reason: fault.reason },
				dropOptions(number, optionsStart, typeStart),
			);
}

function skipBlanks(line: string, start: number, end: number): number {
	let at = start;
	while (at < end && (line[at] === ' ' || line[at] === '\t')) {
		at += 1;
	}
	return at;
}

function tokenEnd(line: string, start: number, end: number): number {
	const blank = line.indexOf(' ', start);
	const tab = line.indexOf('\t', start);
	const first = blank === -1 ? tab : tab === -1 ? blank : Math.min(blank, tab);
	return first === -1 || first > end ? end : first;
}

/** The offset after the last character that is not white space. */
function trimmedEnd(line: string): number {
	let end = line.length;
	while (end > 0 && ' \t\r\v\f'.includes(line[end - 1] ?? '-')) {
		end -= 1;
	}
	return end;
}
