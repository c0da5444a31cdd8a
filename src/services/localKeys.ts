import type { KeyProblem } from '../domain/keyProblem';
import { parsePublicKeys } from '../domain/parsePublicKeys';
import type { PublicKey } from '../domain/publicKey';
import { type Disposable, Emitter } from './event';
import { FileError, type FileErrorCode, type Files } from './ports';

/** Where a local key file was found. */
export type LocalKeyOrigin = 'folder' | 'workspace';

/** A `.pub` file and what is in it. A file that can't be read has `unreadable` and no keys. */
export interface LocalKeyFile {
	readonly uri: string;
	readonly name: string;
	readonly origin: LocalKeyOrigin;
	readonly keys: readonly PublicKey[];
	readonly problems: readonly KeyProblem[];
	readonly unreadable?: FileErrorCode;
}

/** Where local keys are looked for; read anew at each refresh. */
export interface LocalKeySources {
	/** URIs of the folders. */
	folders(): readonly string[];
	/** URIs of the workspace's `.pub` files. */
	workspaceFiles(): Promise<readonly string[]>;
	/** Calls the listener (soon, once for a burst) when any of these may answer otherwise. */
	watch(listener: () => void): Disposable;
}

/** A public key file of this size is none: 1 MiB holds some two thousand keys. */
export const maxKeyFileBytes = 1024 * 1024;

/** The public keys of this machine's folders and of the workspace, read at first use and kept until something changes. */
export class LocalKeys implements Disposable {
	private readonly changed = new Emitter<void>();
	private files: Promise<readonly LocalKeyFile[]> | undefined;
	private watcher: Disposable | undefined;

	constructor(
		private readonly port: Files,
		private readonly sources: LocalKeySources,
	) {}

	/** Fires when the next `all()` may answer otherwise. */
	readonly onDidChange = this.changed.event;

	/** Every `.pub` file, folders first, sorted by name; a folder that does not exist has none. */
	all(): Promise<readonly LocalKeyFile[]> {
		this.watcher ??= this.sources.watch(() => this.refresh());
		this.files ??= this.find();
		return this.files;
	}

	refresh(): void {
		this.files = undefined;
		this.changed.fire();
	}

	/** One file, read now. */
	async read(uri: string, origin: LocalKeyOrigin = 'workspace'): Promise<LocalKeyFile> {
		const file = { uri, name: fileName(uri), origin };
		try {
			const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(await this.port.read(uri, maxKeyFileBytes));

			return { ...file, ...parsePublicKeys(text) };
		} catch (error) {
			return { ...file, keys: [], problems: [], unreadable: error instanceof FileError ? error.code : 'unreadable' };
		}
	}

	dispose(): void {
		this.watcher?.dispose();
		this.changed.dispose();
	}

	private async find(): Promise<readonly LocalKeyFile[]> {
		const inFolders = (await Promise.all(this.sources.folders().map((folder) => this.publicKeyFiles(folder)))).flat();
		const inWorkspace = (await this.sources.workspaceFiles()).filter((uri) => !inFolders.includes(uri));
		const [folderKeys, workspaceKeys] = await Promise.all([
			Promise.all(inFolders.map((uri) => this.read(uri, 'folder'))),
			Promise.all(inWorkspace.map((uri) => this.read(uri, 'workspace'))),
		]);
		return [...folderKeys.sort(byName), ...workspaceKeys.filter(isPublicKeyFile).sort(byName)];
	}

	private async publicKeyFiles(folder: string): Promise<readonly string[]> {
		try {
			return (await this.port.list(folder)).filter(({ name }) => name.endsWith('.pub')).map(({ uri }) => uri);
		} catch (error) {
			if (error instanceof FileError && error.code === 'notFound') {
				return [];
			}
			throw error;
		}
	}
}

/** In a workspace `.pub` may be anything (a Publisher document, a list of packages): only files that hold a key or tried to are ours. */
function isPublicKeyFile(file: LocalKeyFile): boolean {
	return file.keys.length > 0 || file.problems.some(({ code }) => code !== 'noKey' && code !== 'unknownType');
}

function byName(a: LocalKeyFile, b: LocalKeyFile): number {
	return a.name.localeCompare(b.name) || a.uri.localeCompare(b.uri);
}

function fileName(uri: string): string {
	return decodeURIComponent(uri.slice(uri.lastIndexOf('/') + 1));
}
