import path from 'node:path';
import { derivePublicKey } from '../../domain/derivePublicKey';
import { parsePublicKeys } from '../../domain/parsePublicKeys';
import { publicNames } from './localKeys';
import { writeNewFile } from './newFile';

/** `type base64` of the public half; undefined for a private key of a kind that is not known here. */
export async function publicHalf(privateKey: string): Promise<string | undefined> {
	const derived = await derivePublicKey(privateKey);
	return derived.kind === 'derived' ? parsePublicKeys(derived.publicKey).keys[0]?.publicKey : undefined;
}

/** Writes the public half beside a private key file, for everybody to read; false when that was not possible: it can be derived at any time. */
export async function savePublicKey(publicKey: string, keyName: string, file: string): Promise<boolean> {
	// OpenSSH's tools take other characters in a comment, and some services do not.
	const comment = /^[\x20-\x7e]+$/.test(keyName) ? ` ${keyName}` : '';
	for (const name of publicNames(path.basename(file))) {
		if (await writePublicKey(path.join(path.dirname(file), name), `${publicKey}${comment}`)) {
			return true;
		}
	}
	return false;
}

/** Writes a new file; false when there is one of that name, which is left as it is, or when it can't be written. */
async function writePublicKey(file: string, line: string): Promise<boolean> {
	try {
		return await writeNewFile(file, Buffer.from(`${line}\n`), 0o644, async () => true);
	} catch {
		return false;
	}
}
