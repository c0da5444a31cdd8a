import { type FileEntry, FileError, type Files } from '../../src/services/ports';

/** What is at a URI: a file's text or bytes, or why it can't be read (a folder's: why it can't be listed). */
export type MemoryFile = string | Uint8Array | FileError;

/** Files in memory, by URI. A folder exists as long as it has files. */
export class MemoryFiles implements Files {
	/** The URIs that were read whole, in order. */
	readonly reads: string[] = [];
	/** The URIs whose first bytes were read, in order. */
	readonly starts: string[] = [];
	private readonly files: Map<string, MemoryFile>;

	constructor(files: Readonly<Record<string, MemoryFile>> = {}) {
		this.files = new Map(Object.entries(files));
	}

	set(uri: string, file: MemoryFile): void {
		this.files.set(uri, file);
	}

	delete(uri: string): void {
		this.files.delete(uri);
	}

	async read(uri: string, maxBytes: number): Promise<Uint8Array> {
		this.reads.push(uri);
		const file = this.files.get(uri) ?? new FileError('notFound');
		if (file instanceof FileError) {
			throw file;
		}
		const bytes = Buffer.from(file);
		if (bytes.length > maxBytes) {
			throw new FileError('tooLarge');
		}
		return bytes;
	}

	async readStart(uri: string, maxBytes: number): Promise<Uint8Array> {
		this.starts.push(uri);
		const file = this.files.get(uri) ?? new FileError('notFound');
		if (file instanceof FileError) {
			throw file;
		}
		return Buffer.from(file).subarray(0, maxBytes);
	}

	async list(folder: string): Promise<readonly FileEntry[]> {
		const broken = this.files.get(folder);
		if (broken instanceof FileError) {
			throw broken;
		}
		const uris = [...this.files.keys()].filter((uri) => uri.slice(0, uri.lastIndexOf('/')) === folder);
		if (uris.length === 0) {
			throw new FileError('notFound');
		}
		return uris.map((uri) => ({ uri, name: decodeURIComponent(uri.slice(folder.length + 1)) }));
	}
}
