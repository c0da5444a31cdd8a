import type { Block } from './block';
import { BodyPieces } from './bodyPieces';
import { foreignKey } from './foreignKey';
import { errorAt, trimmedRange } from './problem';

const BEGIN = 'PuTTY-User-Key-File-';

/** Whether a line, without its outer white space, starts a PuTTY key file. */
export function isPpkStart(line: string): boolean {
	return line.startsWith(BEGIN);
}

/** Reads the PuTTY key file (version 2 or 3; PuTTY manual, appendix C) that starts at line `start`. Its public half gives a key; its private half, which
 * such a file nearly always has, gives the error `privateKey`. */
export function readPpk(lines: readonly string[], start: number): Block {
	const marker = trimmedRange(lines[start] ?? '', start);
	const headers = new Map<string, string>();
	const body = new BodyPieces();
	let bodyEnd = start;
	let at = start + 1;
	for (; at < lines.length; at += 1) {
		const line = (lines[at] ?? '').trim();
		const colon = line.indexOf(': ');
		if (colon === -1 && (line === '' || !/^[A-Za-z0-9+/=]+$/.test(line))) {
			break;
		}
		if (colon === -1) {
			continue;
		}
		const name = line.slice(0, colon);
		const value = line.slice(colon + 2);
		headers.set(name, value);
		if (name === 'Public-Lines' && body.text === '') {
			const told = /^[0-9]{1,6}$/.test(value) ? Number(value) : 0;
			const count = Math.min(told, lines.length - at - 1);
			for (let added = 1; added <= count; added += 1) {
				body.addLine(lines[at + added] ?? '', at + added);
			}
			at += count;
			bodyEnd = at;
		}
		if (name === 'Private-MAC') {
			at += 1;
			break;
		}
	}
	const problems = headers.has('Private-Lines')
		? [
				errorAt(
					marker,
					'privateKey',
					{ format: 'ppk', encrypted: headers.get('Encryption') === 'none' ? 0 : 1 },
					{ title: 'derivePublicKey' },
				),
			]
		: [];
	const bytes = body.decode();
	if ('reason' in bytes || bytes.length === 0) {
		return { end: at, keys: [], problems: [...problems, errorAt(marker, 'badPpk')] };
	}
	const whole = { start: marker.start, end: { line: bodyEnd, character: (lines[bodyEnd] ?? '').trimEnd().length } };
	const read = foreignKey(bytes, headers.get('Comment') ?? '', { format: 'ppk', whole, marker });
	return {
		end: at,
		keys: read.keys,
		problems:
			problems.length > 0 ? [...problems, ...read.problems.filter((p) => p.code !== 'foreignFormat')] : read.problems,
	};
}
