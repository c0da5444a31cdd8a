import type { Range } from '../text';
import { decodeBase64, explainBase64 } from './base64';
import { lineRange } from './problem';

/** A base64 text that is spread over lines. */
export class BodyPieces {
	private readonly pieces: { readonly line: number; readonly start: number; readonly text: string }[] = [];

	/** Adds the part of a line between its outer white space. */
	addLine(line: string, number: number): void {
		const text = line.trim();
		if (text !== '') {
			this.pieces.push({ line: number, start: line.length - line.trimStart().length, text });
		}
	}

	get text(): string {
		return this.pieces.map((piece) => piece.text).join('');
	}

	/** The bytes, or the range and reason of the first fault. */
	decode(): Buffer | { readonly range: Range; readonly reason: 'character' | 'length' | 'paddingBits' } {
		const text = this.text;
		const bytes = decodeBase64(text)?.bytes;
		if (bytes !== undefined) {
			return bytes;
		}
		const fault = explainBase64(text);
		return { range: this.rangeOf(fault.start, fault.end), reason: fault.reason };
	}

	/** The place of a stretch of `text`; it is cut at the end of the line it starts in. */
	rangeOf(start: number, end: number): Range {
		let before = 0;
		for (const piece of this.pieces) {
			if (start < before + piece.text.length) {
				const pieceEnd = Math.min(end - before, piece.text.length);
				return lineRange(piece.line, piece.start + start - before, piece.start + pieceEnd);
			}
			before += piece.text.length;
		}
		const last = this.pieces.at(-1);
		return last === undefined ? lineRange(0, 0, 0) : lineRange(last.line, last.start, last.start + last.text.length);
	}
}
