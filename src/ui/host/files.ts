import { FileSystemError, FileType, Uri, workspace } from 'vscode';
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

function toFileError(error: unknown): FileError {
	const code = error instanceof FileSystemError ? error.code : '';
	switch (code) {
		case 'FileNotFound':
			return new FileError('notFound', { cause: error });
		case 'NoPermissions':
			return new FileError('noPermission', { cause: error });
		default:
			return new FileError('unreadable', { cause: error });
	}
}
