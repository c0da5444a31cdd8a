import { access, constants, lstat, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import type { PrivateKeyFormat } from '../../providers/contract';
import { publicNames } from '../../services/localKeys/localKeys';
import { type PrivateKeyFileErrorCode, privateKeyFileName } from '../../services/localKeys/privateKeyFile';

/** Where private keys are put unless another folder is chosen. */
export function defaultKeyFolder(): string {
	return path.join(homedir(), '.ssh');
}

/** A file for the private key of a key pair in a folder: named for it, with a number where that is taken by a private or a public key. */
export async function freePrivateKeyFile(folder: string, keyName: string, format: PrivateKeyFormat): Promise<string> {
	const { name: stem, ext } = path.parse(privateKeyFileName(keyName, format));
	for (let number = 1; ; number++) {
		const name = `${stem}${number === 1 ? '' : `-${number}`}${ext}`;
		const [publicName = ''] = publicNames(name);
		if (!(await isThere(path.join(folder, name))) && !(await isThere(path.join(folder, publicName)))) {
			return path.join(folder, name);
		}
	}
}

/** Why a private key could not be written there, as far as that shows beforehand; undefined when it looks fine. */
export async function whyNotWritable(file: string): Promise<PrivateKeyFileErrorCode | undefined> {
	if (await isThere(file)) {
		return 'exists';
	}
	for (let folder = path.dirname(file); ; folder = path.dirname(folder)) {
		if (await isThere(folder)) {
			return (await isFolder(folder)) ? ((await isWritable(folder)) ? undefined : 'noPermission') : 'noFolder';
		}
		if (folder === path.dirname(folder)) {
			return 'noFolder';
		}
	}
}

async function isFolder(path: string): Promise<boolean> {
	return stat(path).then(
		(found) => found.isDirectory(),
		() => false,
	);
}

async function isWritable(folder: string): Promise<boolean> {
	return access(folder, constants.W_OK).then(
		() => true,
		() => false,
	);
}

/** A link to nowhere is there, too. What can't be looked at counts as not there: writing tells. */
async function isThere(file: string): Promise<boolean> {
	return lstat(file).then(
		() => true,
		() => false,
	);
}
