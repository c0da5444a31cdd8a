import type { Block } from './block';
import { BodyPieces } from './bodyPieces';
import { readDerPublicKey } from './der';
import { blobOfDer, foreignKey } from './foreignKey';
import { errorAt, trimmedRange } from './problem';

const BEGIN = /^-----BEGIN ([A-Z0-9 ]{1,40})-----$/;

/** The label of a PEM text that starts with this line (without outer white space), such as `PUBLIC KEY`, or undefined. */
export function pemLabel(line: string): string | undefined {
	return line.startsWith('-') ? BEGIN.exec(line)?.[1] : undefined;
}

/** Reads the PEM public key that starts at line `start`: SubjectPublicKeyInfo (`PUBLIC KEY`) or PKCS#1 (`RSA PUBLIC KEY`), RFC 7468. */
export function readPem(lines: readonly string[], start: number, label: string): Block {
	const marker = trimmedRange(lines[start] ?? '', start);
	const body = new BodyPieces();
	let at = start + 1;
	for (; at < lines.length; at += 1) {
		const line = (lines[at] ?? '').trim();
		if (line.startsWith('-----') || /[ \t]/.test(line)) {
			break;
		}
		body.addLine(lines[at] ?? '', at);
	}
	const last = lines[at] ?? '';
	if (last.trim() !== `-----END ${label}-----`) {
		return { end: at, keys: [], problems: [errorAt(marker, 'badPem', { reason: 'noEnd' })] };
	}
	if (label !== 'PUBLIC KEY' && label !== 'RSA PUBLIC KEY') {
		return { end: at + 1, keys: [], problems: [errorAt(marker, 'badPem', { reason: 'notAPublicKey', label })] };
	}
	const bytes = body.decode();
	if ('reason' in bytes) {
		const code = bytes.reason === 'length' ? 'base64Length' : 'base64Character';
		return { end: at + 1, keys: [], problems: [errorAt(bytes.range, code, { reason: bytes.reason })] };
	}
	const key = readDerPublicKey(bytes);
	if (key === undefined) {
		return { end: at + 1, keys: [], problems: [errorAt(marker, 'badPem', { reason: 'notSsh' })] };
	}
	const whole = { start: marker.start, end: { line: at, character: last.trimEnd().length } };
	return { end: at + 1, ...foreignKey(blobOfDer(key), '', { format: 'pem', whole, marker }) };
}
