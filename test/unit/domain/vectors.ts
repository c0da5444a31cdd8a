import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { KeyFix } from '../../../src/domain/keyProblem';

/** A public key and what other programs say of it. `test/fixtures/keys/README.md` tells how the values were made. */
export interface Vector {
	readonly name: string;
	/** As ssh-keygen wrote it. */
	readonly line: string;
	/** `ssh-keygen -l`. */
	readonly list: string;
	/** `ssh-keygen -l -E md5`. */
	readonly listMd5: string;
	/** `ssh-keygen -lv`, without its first line. */
	readonly randomart: readonly string[];
	/** Of keys that `ssh-keygen -e -m PKCS8` takes: the PEM, and `openssl md5 -c`, `sha1 -c`, `sha256 -c` of its DER. */
	readonly spki?: { readonly pem: string; readonly md5: string; readonly sha1: string; readonly sha256: string };
	/** `ssh-keygen -e -m RFC4716`. */
	readonly rfc4716?: string;
	/** `ssh-keygen -e -m PEM` of RSA keys. */
	readonly pkcs1?: string;
	/** `ssh-keygen -L` of certificates, without its first line. */
	readonly certificate?: readonly string[];
}

export const vectors: readonly Vector[] = JSON.parse(readFixture('vectors.json'));

/** The vector of that name. */
export function vector(name: string): Vector {
	const found = vectors.find((one) => one.name === name);
	if (found === undefined) {
		throw new RangeError(`No vector ${name}`);
	}
	return found;
}

/** The blob of a vector's line. */
export function blobOf(name: string): Buffer {
	return Buffer.from(vector(name).line.split(' ')[1] ?? '', 'base64');
}

/** An OpenSSH line with this body. */
export function lineOf(type: string, blob: Uint8Array, comment = 'x'): string {
	return `${type} ${Buffer.from(blob).toString('base64')} ${comment}`;
}

/** What ssh-keygen prints in brackets after a key: its type. */
export function shortTypeOf(list: string): string {
	return /\(([A-Z0-9-]+)\)$/.exec(list)?.[1] ?? '';
}

/** The text after the edits of a fix. */
export function applyFix(text: string, fix: KeyFix | undefined): string {
	if (fix === undefined || !('edits' in fix)) {
		throw new TypeError('No edits');
	}
	const lineStarts = [0];
	for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) {
		lineStarts.push(at + 1);
	}
	const offset = ({ line, character }: { line: number; character: number }) => (lineStarts[line] ?? 0) + character;
	return [...fix.edits]
		.sort((a, b) => offset(b.range.start) - offset(a.range.start))
		.reduce(
			(edited, { range, newText }) => edited.slice(0, offset(range.start)) + newText + edited.slice(offset(range.end)),
			text,
		);
}

function readFixture(name: string): string {
	// The tests run from a folder beside `test`, four levels down.
	return readFileSync(path.join(__dirname, '../../../../test/fixtures/keys', name), 'utf8');
}
