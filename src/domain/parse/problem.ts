import type { KeyFix, KeyProblem, KeyProblemCode } from '../keyProblem';
import type { Range } from '../text';

/** A stretch of one line. */
export function lineRange(line: number, start: number, end: number): Range {
	return { start: { line, character: start }, end: { line, character: end } };
}

/** The range of a line without its outer white space. */
export function trimmedRange(line: string, number: number): Range {
	const end = line.trimEnd().length;
	return lineRange(number, Math.min(end, line.length - line.trimStart().length), end);
}

/** An error: the text can't be read as a key there. */
export function errorAt(range: Range, code: KeyProblemCode, data: KeyProblem['data'] = {}, fix?: KeyFix): KeyProblem {
	return { code, severity: 'error', range, data, ...(fix === undefined ? {} : { fix }) };
}

/** A warning: the key is read all the same. */
export function warningAt(range: Range, code: KeyProblemCode, data: KeyProblem['data'] = {}, fix?: KeyFix): KeyProblem {
	return { code, severity: 'warning', range, data, ...(fix === undefined ? {} : { fix }) };
}
