import { open, stat, writeFile } from 'node:fs/promises';
import { FileSystemError, FileType, Uri, WorkspaceEdit, workspace } from 'vscode';
import { type FileEntry, FileError, type Files } from '../../services/ports';

/** The Files port over VS Code's file systems: local, remote and virtual ones. */
export const workspaceFiles: Files = {
	async read(uri, maxBytes) {
		const resource = Uri.parse(uri, true);
		try {
			const { size } = await workspace.fs.stat(resource);
			if (size <= maxBytes) {
				return await workspace.fs.readFile(resource);
			}
		} catch (error) {
			throw toFileError(error);
		}
		throw new FileError('tooLarge');
	},

	async readStart(uri, maxBytes) {
		const resource = Uri.parse(uri, true);
		if (resource.scheme !== 'file') {
			// Others can only be read whole.
			throw new FileError('unreadable');
		}
		try {
			return await readLocalStart(resource.fsPath, maxBytes);
		} catch (error) {
			throw toFileError(error);
		}
	},

	async list(folder) {
		const resource = Uri.parse(folder, true);
		try {
			const entries = await workspace.fs.readDirectory(resource);
			return entries
				.filter(([, type]) => (type & FileType.Directory) === 0)
				.map(([name]): FileEntry => ({ name, uri: Uri.joinPath(resource, name).toString() }));
		} catch (error) {
			throw toFileError(error);
		}
	},
};

/** Writes a file that does not exist yet, for everybody to read; false when there is one of that name, which is left as it is. @throws {FileError} */
export async function createFile(uri: Uri, text: string): Promise<boolean> {
	if (uri.scheme !== 'file') {
		const edit = new WorkspaceEdit();
		edit.createFile(uri, { overwrite: false, contents: Buffer.from(text) });
		return workspace.applyEdit(edit);
	}
	try {
		await writeFile(uri.fsPath, text, { flag: 'wx', mode: 0o644 });
		return true;
	} catch (error) {
		if (codeOf(error) === 'EEXIST') {
			return false;
		}
		throw toFileError(error);
	}
}

async function readLocalStart(path: string, maxBytes: number): Promise<Uint8Array> {
	// A named pipe would keep whoever opens it waiting.
	if (!(await stat(path)).isFile()) {
		throw new Error('Not a file');
	}
	const file = await open(path, 'r');
	try {
		const { bytesRead, buffer } = await file.read(Buffer.alloc(maxBytes), 0, maxBytes, 0);
		return buffer.subarray(0, bytesRead);
	} finally {
		await file.close();
	}
}

function toFileError(error: unknown): FileError {
	switch (codeOf(error)) {
		case 'FileNotFound':
		case 'ENOENT':
			return new FileError('notFound', { cause: error });
		case 'NoPermissions':
		case 'EACCES':
		case 'EPERM':
		case 'EROFS':
			return new FileError('noPermission', { cause: error });
		default:
			return new FileError('unreadable', { cause: error });
	}
}

/** VS Code's or Node's own code. */
function codeOf(error: unknown): string | undefined {
	return error instanceof FileSystemError ? error.code : (error as NodeJS.ErrnoException | undefined)?.code;
}
