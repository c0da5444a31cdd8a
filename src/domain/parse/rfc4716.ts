import type { Block } from './block';
import { BodyPieces } from './bodyPieces';
import { foreignKey } from './foreignKey';
import { errorAt, trimmedRange } from './problem';

const BEGIN = '---- BEGIN SSH2 PUBLIC KEY ----';
const END = '---- END SSH2 PUBLIC KEY ----';

/** Whether a line, without its outer white space, starts an RFC 4716 public key. */
export function isRfc4716Start(line: string): boolean {
	return line === BEGIN;
}

/** Reads the RFC 4716 public key that starts at line `start`: headers (section 3.3), continued by a backslash at the end of the line, then the body. */
export function readRfc4716(lines: readonly string[], start: number): Block {
	const marker = trimmedRange(lines[start] ?? '', start);
	const body = new BodyPieces();
	let comment = '';
	let at = start + 1;
	for (; at < lines.length; at += 1) {
		const line = (lines[at] ?? '').trimEnd();
		if (line.trimStart().startsWith('----')) {
			break;
		}
		const colon = line.indexOf(':');
		if (colon === -1) {
			if (/[ \t]/.test(line.trim())) {
				break; // neither a header nor base64: the key has ended without its last line
			}
			body.addLine(line, at);
			continue;
		}
		const values = [line.slice(colon + 1)];
		while (values.at(-1)?.endsWith('\\') === true && at + 1 < lines.length) {
			at += 1;
			values.push((lines[at] ?? '').trimEnd());
		}
		if (line.slice(0, colon).trim().toLowerCase() === 'comment') {
			comment = withoutQuotes(
				values
					.map((value) => value.replace(/\\$/, ''))
					.join('')
					.trim(),
			);
		}
	}
	const last = lines[at] ?? '';
	if (last.trim() !== END) {
		return { end: at, keys: [], problems: [errorAt(marker, 'badRfc4716', { reason: 'noEnd' })] };
	}
	const bytes = body.decode();
	if ('reason' in bytes) {
		const code = bytes.reason === 'length' ? 'base64Length' : 'base64Character';
		return { end: at + 1, keys: [], problems: [errorAt(bytes.range, code, { reason: bytes.reason })] };
	}
	const whole = { start: marker.start, end: { line: at, character: last.trimEnd().length } };
	return { end: at + 1, ...foreignKey(bytes, comment, { format: 'rfc4716', whole, marker }) };
}

function withoutQuotes(value: string): string {
	return value.length >= 2 && value.startsWith('"') && value.endsWith('"') ? value.slice(1, -1) : value;
}
