import { type FileHandle, mkdir, open } from 'node:fs/promises';
import path from 'node:path';
import type { PrivateKeyFormat } from '../../providers/contract';
import { removeIfFails, writeNewFile } from './newFile';

/** Why a private key could not be written. */
export type PrivateKeyFileErrorCode = 'exists' | 'noFolder' | 'noPermission' | 'noSpace' | 'unwritable';

/** Nothing of the private key is on disk. */
export class PrivateKeyFileError extends Error {
	override readonly name = 'PrivateKeyFileError';
	constructor(
		readonly code: PrivateKeyFileErrorCode,
		options?: ErrorOptions,
	) {
		super(code, options);
	}
}

/** Whether others on the machine can read a file that was written: `unknown` where the system has no such permissions (Windows). */
export type Privacy = 'private' | 'readable' | 'unknown';

/** Characters that some file system does not take in a name, or that lead elsewhere. */
const unfitCharacters = /[\p{Cc}"*/:<>?\\|]+/gu;

/** Names that Windows keeps for devices. */
const deviceName = /^(?:con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i;

/** A file name has at most 255 bytes; a name's characters may take four. */
const maxNameLength = 60;

/** A file name for the private key of a key pair: its own name as far as files can have it, and the format's ending. */
export function privateKeyFileName(keyName: string, format: PrivateKeyFormat): string {
	const fit = [...keyName.replace(unfitCharacters, '-')].slice(0, maxNameLength).join('');
	const stem = fit.replace(/^[.\s]+|[.\s]+$/g, '').replace(deviceName, '$&-key') || 'key';
	return `${stem}.${format}`;
}

/** Writes a private key to a new file that its owner alone can read, and has it on the disk before it resolves. The folder is made if there is none.
 * @throws {PrivateKeyFileError} */
export async function writePrivateKey(file: string, privateKey: string): Promise<Privacy> {
	const folder = path.dirname(file);
	const made = await mkdir(folder, { recursive: true, mode: 0o700 }).catch((error: unknown) => {
		// What is in the way is no folder.
		throw codeOf(error) === 'EEXIST' ? new PrivateKeyFileError('noFolder', { cause: error }) : toError(error);
	});
	try {
		const bytes = Buffer.from(privateKey);
		const privacy = await writeNewFile(file, bytes, 0o600, privacyOf).finally(() => bytes.fill(0));
		await removeIfFails(file, async () => {
			await syncFolder(folder);
			if (made !== undefined) {
				await syncFolder(path.dirname(made));
			}
		});
		return privacy;
	} catch (error) {
		throw toError(error);
	}
}

/** Some file systems, such as those of USB sticks, have no permissions. */
async function privacyOf(handle: FileHandle): Promise<Privacy> {
	if (process.platform === 'win32') {
		return 'unknown';
	}
	const { mode } = await handle.stat();
	return (mode & 0o077) === 0 ? 'private' : 'readable';
}

/** Has the entry of a new file on the disk. Windows has nothing of the kind, nor have some file systems; a folder that can't be listed can't be synced. */
async function syncFolder(folder: string): Promise<void> {
	if (process.platform === 'win32') {
		return;
	}
	const handle = await open(folder, 'r').catch(() => undefined);
	try {
		await handle?.sync();
	} catch (error) {
		if (!['EINVAL', 'ENOTSUP', 'EPERM', 'EBADF'].includes(codeOf(error) ?? '')) {
			throw error;
		}
	} finally {
		await handle?.close();
	}
}

function toError(error: unknown): PrivateKeyFileError {
	return new PrivateKeyFileError(toCode(codeOf(error)), { cause: error });
}

function toCode(code: string | undefined): PrivateKeyFileErrorCode {
	switch (code) {
		case 'EEXIST':
			return 'exists';
		case 'ENOENT':
		case 'ENOTDIR':
			return 'noFolder';
		case 'EACCES':
		case 'EPERM':
		case 'EROFS':
			return 'noPermission';
		case 'ENOSPC':
		case 'EDQUOT':
			return 'noSpace';
		default:
			return 'unwritable';
	}
}

function codeOf(error: unknown): string | undefined {
	return (error as NodeJS.ErrnoException | undefined)?.code;
}
