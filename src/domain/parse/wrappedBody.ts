import type { KeyFix, KeyProblem } from '../keyProblem';
import { decodeBase64, decodeBase64Start } from './base64';
import type { KeyPlace } from './keyBody';
import { readOpenSshLine } from './openSshLine';
import { errorAt } from './problem';
import { readPublicBlob } from './publicBlob';
import type { SignatureChecks } from './signatureChecks';

/** A body of 16,384 RSA bits has 44 lines of 64 characters; a certificate of such a key about three times that. */
const MAX_PIECES = 160;

/** A run of base64 characters between white space. */
interface Piece {
	readonly line: number;
	readonly start: number;
	readonly end: number;
	readonly text: string;
}

/** A key whose body was broken by blanks or line breaks, as terminals and mail programs do: the problem with the edit that joins it, and the line after
 * it. Undefined when joining does not give a key. */
export function findWrappedBody(
	lines: readonly string[],
	number: number,
	place: KeyPlace,
	checks: SignatureChecks,
): { readonly end: number; readonly problem: KeyProblem } | undefined {
	const { bodyStart, bodyEnd } = place;
	const first = { line: number, start: bodyStart, end: bodyEnd, text: (lines[number] ?? '').slice(bodyStart, bodyEnd) };
	const pieces = takeWhole(collectPieces(lines, first, checks), place, checks);
	const last = pieces?.at(-1);
	if (pieces === undefined || last === undefined || pieces.length < 2) {
		return undefined;
	}
	const edits = pieces.slice(1).map((piece, index) => {
		const before = pieces[index] ?? first;
		const range = {
			start: { line: before.line, character: before.end },
			end: { line: piece.line, character: piece.start },
		};
		// A break between type and body becomes a blank; one inside the body goes.
		return { range, newText: before.text === '' ? ' ' : '' };
	});
	const fix: KeyFix = { title: 'joinLines', edits };
	const { range } = edits[0] ?? {
		range: { start: { line: number, character: bodyEnd }, end: { line: number, character: bodyEnd } },
	};
	return { end: last.line + 1, problem: errorAt(range, 'bodyWrapped', { pieces: pieces.length }, fix) };
}

/** The body's own piece and those that may belong to it; padding ends them. */
function collectPieces(lines: readonly string[], first: Piece, checks: SignatureChecks): readonly Piece[] {
	const pieces = [first];
	let last = first;
	while (pieces.length < MAX_PIECES && !last.text.endsWith('=')) {
		const next = nextPiece(lines, last.line, last.end);
		if (next === undefined || (next.line > last.line && isKeyLine(lines[next.line] ?? '', next, checks))) {
			break;
		}
		pieces.push(next);
		last = next;
	}
	return pieces;
}

/** Whether a line that has more than the piece is read as a key of its own: OpenSSH takes anything before a key for options. */
function isKeyLine(line: string, piece: Piece, checks: SignatureChecks): boolean {
	return piece.end < line.trimEnd().length && readOpenSshLine(line, piece.line, checks).kind === 'key';
}

/** The first pieces that make up exactly one key, or undefined. What follows may look like base64 as well: a comment of one word. */
function takeWhole(pieces: readonly Piece[], place: KeyPlace, checks: SignatureChecks): readonly Piece[] | undefined {
	const text = pieces.map((piece) => piece.text).join('');
	const whole = readPublicBlob(decodeBase64(text)?.bytes ?? decodeBase64Start(text), place.type, checks);
	if (!('reason' in whole)) {
		return decodeBase64(text) === undefined ? undefined : pieces;
	}
	if (whole.reason !== 'trailing') {
		return undefined;
	}
	const wanted = Math.ceil(whole.start / 3) * 4;
	let length = 0;
	const count = pieces.findIndex((piece) => {
		length += piece.text.length;
		return length >= wanted;
	});
	const bytes = length === wanted ? decodeBase64(text.slice(0, wanted))?.bytes : undefined;
	const blob = bytes === undefined ? undefined : readPublicBlob(bytes, place.type, checks);
	return blob === undefined || 'reason' in blob ? undefined : pieces.slice(0, count + 1);
}

/** The next piece in this line, or at the start of the next line when nothing is left in this one. */
function nextPiece(lines: readonly string[], number: number, from: number): Piece | undefined {
	const line = lines[number] ?? '';
	const rest = line.slice(from);
	if (from > 0 && rest.trim() === '') {
		return number + 1 < lines.length ? nextPiece(lines, number + 1, 0) : undefined;
	}
	const found = /^[ \t]*([A-Za-z0-9+/]+={0,2})(?=\s|$)/.exec(rest);
	const text = found?.[1];
	if (found === null || text === undefined) {
		return undefined;
	}
	const end = from + found[0].length;
	return { line: number, start: end - text.length, end, text };
}
