import { createHash } from 'node:crypto';
import type { PublicBlob } from './parse/blobParts';
import { keyTypeByName } from './parse/keyTypes';
import { readPublicKeyText } from './parse/publicBlob';
import type { PublicKey } from './publicKey';

const WIDTH = 17;
const HEIGHT = 9;

/** Marks by how often the walk came by; the last two are its start and end. */
const MARKS = ' .o+=*BOX@%&#/^SE';
const START = MARKS.length - 2;
const END = MARKS.length - 1;

/** The picture that `ssh-keygen -lv` draws of a key's SHA-256 fingerprint: eleven lines, joined by line feeds (sshkey.c, `fingerprint_randomart`). Empty for a
 * key whose text can't be read. */
export function randomart(key: PublicKey): string {
	const blob = readPublicKeyText(key.publicKey);
	return blob === undefined ? '' : draw(blob, keyTypeByName(key.type)?.shortName ?? key.type);
}

function draw(blob: PublicBlob, shortName: string): string {
	const field = walk(createHash('sha256').update(blob.plain).digest());
	const sized = `[${shortName} ${blob.bits}]`;
	const rows = Array.from({ length: HEIGHT }, (_, y) => {
		const marks = Array.from({ length: WIDTH }, (_, x) => MARKS[field[y * WIDTH + x] ?? 0]);
		return `|${marks.join('')}|`;
	});
	// OpenSSH's buffer for the title holds one character less than the width.
	const title = sized.length <= WIDTH ? sized.slice(0, WIDTH - 1) : `[${shortName}]`.slice(0, WIDTH - 1);
	return [border(title), ...rows, border('[SHA256]')].join('\n');
}

/** How often the "drunken bishop" came by each place: two bits of the digest a step, lowest first. */
function walk(bytes: Buffer): Uint8Array {
	const field = new Uint8Array(WIDTH * HEIGHT);
	let x = (WIDTH - 1) / 2;
	let y = (HEIGHT - 1) / 2;
	const start = y * WIDTH + x;
	for (const byte of bytes) {
		for (let shift = 0; shift < 8; shift += 2) {
			const move = byte >> shift;
			x = Math.min(WIDTH - 1, Math.max(0, x + ((move & 1) === 0 ? -1 : 1)));
			y = Math.min(HEIGHT - 1, Math.max(0, y + ((move & 2) === 0 ? -1 : 1)));
			const place = y * WIDTH + x;
			field[place] = Math.min(START - 1, (field[place] ?? 0) + 1);
		}
	}
	field[start] = START;
	field[y * WIDTH + x] = END;
	return field;
}

function border(title: string): string {
	const before = Math.floor((WIDTH - title.length) / 2);
	return `+${'-'.repeat(before)}${title}${'-'.repeat(WIDTH - before - title.length)}+`;
}
