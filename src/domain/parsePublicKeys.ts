import type { KeyProblem } from './keyProblem';
import { readBase64Run } from './parse/base64Run';
import type { Block } from './parse/block';
import { type OpenSshLine, readOpenSshLine } from './parse/openSshLine';
import { explainOther } from './parse/otherLine';
import { pemLabel, readPem } from './parse/pem';
import { isPpkStart, readPpk } from './parse/ppk';
import { privateKeyFormat, readPrivateKey } from './parse/privateKey';
import { errorAt, lineRange, trimmedRange, warningAt } from './parse/problem';
import { isRfc4716Start, readRfc4716 } from './parse/rfc4716';
import { SignatureChecks } from './parse/signatureChecks';
import { findWrappedBody } from './parse/wrappedBody';
import type { PublicKey } from './publicKey';

/** What a text holds; the keys in the order of the text. */
export interface ParsedKeys {
	readonly keys: PublicKey[];
	readonly problems: KeyProblem[];
}

export interface ParseOptions {
	/** The text stands for one key, as a `.pub` file does: further keys and options get a warning. */
	readonly single?: boolean;
	/** Reads one line; for callers that remember lines. */
	readonly readLine?: typeof readOpenSshLine;
}

const BYTE_ORDER_MARK = '\ufeff';

/** Every public key in the text, and every problem. Reads lines as `ssh-keygen -l` does, and RFC 4716, PEM and PuTTY's files besides. Takes time in
 * proportion to the text and never throws. */
export function parsePublicKeys(text: string, options: ParseOptions = {}): ParsedKeys {
	if (text.startsWith('\ufffd\ufffd') && text.includes('\0')) {
		return { keys: [], problems: [errorAt(lineRange(0, 0, 2), 'byteOrderMark', { encoding: 'utf-16' })] };
	}
	const { keys, problems } = readText(text, options.readLine ?? readOpenSshLine, true);
	return { keys, problems: options.single === true ? [...problems, ...singleKeyWarnings(keys)] : problems };
}

class Found implements ParsedKeys {
	readonly keys: PublicKey[] = [];
	readonly problems: KeyProblem[] = [];

	add(part: Pick<Block, 'keys' | 'problems'>): void {
		for (const key of part.keys) {
			this.keys.push(key);
		}
		for (const problem of part.problems) {
			this.problems.push(problem);
		}
	}
}

function readText(text: string, readLine: typeof readOpenSshLine, mayBeEncoded: boolean): Found {
	const found = new Found();
	const lines = text.split('\n');
	if (text.includes('\0')) {
		cutAtNul(lines);
	}
	const checks = new SignatureChecks();
	const others: number[] = [];
	let at = readMarkedStart(lines, found, (line) => readLine(line, 0, checks));
	while (at < lines.length) {
		const line = lines[at] ?? '';
		const read = readLine(line, at, checks);
		const block = read.kind === 'broken' || read.kind === 'other' ? readBlock(lines, at, mayBeEncoded) : undefined;
		if (block !== undefined) {
			if (block.keys.length + block.problems.length > 0) {
				found.add(block);
			} else {
				others.push(at);
			}
			at = Math.max(block.end, at + 1);
			continue;
		}
		let end = at + 1;
		switch (read.kind) {
			case 'blank':
				break;
			case 'key':
				found.add({ keys: [read.key], problems: read.problems });
				break;
			case 'broken': {
				const isCut = read.problem.code === 'bodyTruncated' || read.problem.code === 'base64Length';
				const wrapped = isCut ? findWrappedBody(lines, at, read.place, checks) : undefined;
				found.problems.push(wrapped?.problem ?? read.problem);
				end = wrapped?.end ?? end;
				break;
			}
			case 'other': {
				const problem = read.problem ?? explainOther(line, at);
				if (problem === undefined) {
					others.push(at);
				} else {
					found.problems.push(problem);
				}
				break;
			}
		}
		at = end;
	}
	addOthers(lines, others, found);
	return found;
}

/** Lines that are nothing we know: `ssh-keygen -l` passes over them as long as there is a key. */
function addOthers(lines: readonly string[], others: readonly number[], found: Found): void {
	if (found.keys.length > 0) {
		for (const number of others) {
			found.problems.push(warningAt(trimmedRange(lines[number] ?? '', number), 'noKey', { reason: 'line' }));
		}
	} else if (!found.problems.some((problem) => problem.severity === 'error')) {
		const number = others[0];
		const range = number === undefined ? lineRange(0, 0, 0) : trimmedRange(lines[number] ?? '', number);
		found.problems.push(errorAt(range, 'noKey', { reason: number === undefined ? 'empty' : 'text' }));
	}
}

/** Keys in forms that take more than one line. Always moves on. */
function readBlock(lines: readonly string[], at: number, mayBeEncoded: boolean): Block | undefined {
	const line = lines[at] ?? '';
	const secret = privateKeyFormat(line);
	if (secret !== undefined) {
		return readPrivateKey(lines, at, secret);
	}
	const text = line.trim();
	const label = pemLabel(text);
	if (label !== undefined) {
		return readPem(lines, at, label);
	}
	if (isRfc4716Start(text)) {
		return readRfc4716(lines, at);
	}
	if (isPpkStart(text)) {
		return readPpk(lines, at);
	}
	return mayBeEncoded ? readBase64Run(lines, at, (inner) => readText(inner, readOpenSshLine, false)) : undefined;
}

/** OpenSSH takes a byte order mark for a part of the first word: a key that follows it is not read. The mark is taken away for everything else. */
function readMarkedStart(lines: string[], found: Found, readLine: (line: string) => OpenSshLine): number {
	const first = lines[0] ?? '';
	if (!first.startsWith(BYTE_ORDER_MARK)) {
		return 0;
	}
	const range = lineRange(0, 0, 1);
	const fix = { title: 'removeBom', edits: [{ range, newText: '' }] } as const;
	const unmarked = ` ${first.slice(1)}`;
	const hidesKey = readLine(first).kind !== 'key' && readLine(unmarked).kind === 'key';
	if (hidesKey) {
		found.problems.push(errorAt(range, 'byteOrderMark', {}, fix));
		return 1;
	}
	found.problems.push(warningAt(range, 'byteOrderMark', {}, fix));
	if (readLine(first).kind !== 'key') {
		lines[0] = unmarked;
	}
	return 0;
}

/** C strings end at a zero byte, and so do OpenSSH's lines. */
function cutAtNul(lines: string[]): void {
	for (const [number, line] of lines.entries()) {
		const nul = line.indexOf('\0');
		if (nul !== -1) {
			lines[number] = line.slice(0, nul);
		}
	}
}

function singleKeyWarnings(keys: readonly PublicKey[]): KeyProblem[] {
	const problems = keys.slice(1).map((key) => warningAt(key.range, 'severalKeys', { count: keys.length }));
	const [first] = keys;
	if (first?.options !== undefined) {
		const { line, character } = first.range.start;
		const end = character + first.options.length;
		const edits = [{ range: lineRange(line, character, end + 1), newText: '' }];
		const fix = { title: 'dropOptions', edits } as const;
		problems.push(warningAt(lineRange(line, character, end), 'badOptions', { reason: 'unexpected' }, fix));
	}
	return problems;
}
