import { createPublicKey, type KeyObject } from 'node:crypto';
import { findPrivateKey, type NotOpened, openPrivateKey } from './openPrivateKey';
import { writePublicBlob } from './parse/blobParts';
import { readDerPublicKey } from './parse/der';
import { readOpenSshPrivateKey } from './parse/openSshPrivateKey';
import { parsePublicKeys } from './parsePublicKeys';

/** The public half of a private key as an OpenSSH line (`type base64`, with the comment where the private key tells it), or why there is none. */
export type DerivedPublicKey = { readonly kind: 'derived'; readonly publicKey: string } | NotOpened;

/** Derives the public half of the first private key in a text. OpenSSH's and PuTTY's files hold it in the clear, so that it takes no passphrase (the comment
 * of an encrypted OpenSSH key is not in the clear and is left out); encrypted PEM needs one. Nothing of the private key or passphrase is kept. */
export async function derivePublicKey(text: string, passphrase?: string): Promise<DerivedPublicKey> {
	const found = findPrivateKey(text);
	if (found === undefined) {
		return { kind: 'unsupported' };
	}
	switch (found.form) {
		case 'openssh':
			return derived(readOpenSshPrivateKey(found.text));
		case 'ppk': {
			const [key] = parsePublicKeys(found.text).keys;
			return derived(key === undefined ? undefined : `${key.publicKey} ${key.comment}`);
		}
		default: {
			const opened = openPrivateKey(found, passphrase);
			return 'kind' in opened ? opened : derived(lineOf(opened));
		}
	}
}

function lineOf(privateKey: KeyObject): string | undefined {
	const key = readDerPublicKey(createPublicKey(privateKey).export({ type: 'spki', format: 'der' }));
	return key && `${key.type.name} ${writePublicBlob(key.type, key.parts).toString('base64')}`;
}

/** The line, when our own reader takes it for exactly one key. */
function derived(line: string | undefined): DerivedPublicKey {
	const publicKey = line?.trim() ?? '';
	const { keys } = parsePublicKeys(publicKey);
	return keys.length === 1 ? { kind: 'derived', publicKey } : { kind: 'unsupported' };
}
