import type { KeyProblem } from './keyProblem';
import { type OpenSshLine, readOpenSshLine } from './parse/openSshLine';
import { type ParsedKeys, type ParseOptions, parsePublicKeys } from './parsePublicKeys';
import type { Range } from './text';

interface KnownLine {
	readonly number: number;
	readonly read: OpenSshLine;
}

/** Parses one text again and again while it is edited: lines that were there the last time, at whatever place, are not read anew. Gives what
 * `parsePublicKeys` gives. Holds the lines of the last text only. */
export class KeyTextCache {
	private lines = new Map<string, KnownLine>();

	parse(text: string, options: Omit<ParseOptions, 'readLine'> = {}): ParsedKeys {
		const known = this.lines;
		const current = new Map<string, KnownLine>();
		this.lines = current;
		return parsePublicKeys(text, {
			...options,
			readLine(line, number, checks) {
				const found = current.get(line) ?? known.get(line);
				const read = found === undefined ? readOpenSshLine(line, number, checks) : moveLine(found, number);
				if (line.length > 0) {
					current.set(line, { number, read });
				}
				return read;
			},
		});
	}
}

/** What was read of a line, at another place. */
function moveLine({ number, read }: KnownLine, to: number): OpenSshLine {
	if (number === to) {
		return read;
	}
	switch (read.kind) {
		case 'blank':
			return read;
		case 'key': {
			const key = { ...read.key, range: moveRange(read.key.range, to) };
			return { kind: 'key', key, problems: read.problems.map((problem) => moveProblem(problem, to)) };
		}
		case 'broken':
			return { ...read, problem: moveProblem(read.problem, to) };
		case 'other':
			return read.problem === undefined ? read : { kind: 'other', problem: moveProblem(read.problem, to) };
	}
}

function moveProblem(problem: KeyProblem, line: number): KeyProblem {
	const { fix } = problem;
	const range = moveRange(problem.range, line);
	if (fix === undefined || !('edits' in fix)) {
		return { ...problem, range };
	}
	const edits = fix.edits.map((edit) => ({ ...edit, range: moveRange(edit.range, line) }));
	return { ...problem, range, fix: { ...fix, edits } };
}

/** A range of one line, in another line. */
function moveRange({ start, end }: Range, line: number): Range {
	return { start: { line, character: start.character }, end: { line, character: end.character } };
}
