import { isKeyText, startsAsPrivateKeyFile } from '../../domain/keyFile';
import type { KeyProblem } from '../../domain/keyProblem';
import { parsePublicKeys } from '../../domain/parsePublicKeys';
import type { PublicKey } from '../../domain/publicKey';
import { TaskQueue } from '../concurrency';
import { type Disposable, Emitter } from '../event';
import { Kept } from '../kept';
import { type FileEntry, FileError, type FileErrorCode, type Files } from '../ports';

/** Where a local key file was found. */
export type LocalKeyOrigin = 'folder' | 'workspace';

/** A `.pub` file and what is in it; a folder that can't be listed stands for its files. What can't be read has `unreadable` and no keys. A private key
 * without a public key file stands there as itself, unread. */
export interface LocalKeyFile {
	readonly uri: string;
	readonly name: string;
	readonly origin: LocalKeyOrigin;
	readonly keys: readonly PublicKey[];
	readonly problems: readonly KeyProblem[];
	readonly unreadable?: FileErrorCode;
	/** A private key in one of the folders that has no public key file beside it. */
	readonly isPrivateKey?: true;
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

/** A private key shows by so many bytes; nothing more of it is read. */
const privateKeyStartBytes = 64;

/** Files whose first bytes are looked at, at a time. */
const concurrentStarts = 16;

/** The public keys of this machine's folders and of the workspace, read at first use and kept until something changes. */
export class LocalKeys implements Disposable {
	private readonly changed = new Emitter<void>();
	private readonly files = new Kept(() => this.find());
	private watcher: Disposable | undefined;

	constructor(
		private readonly port: Files,
		private readonly sources: LocalKeySources,
	) {}

	/** Fires when the next `all()` may answer otherwise. */
	readonly onDidChange = this.changed.event;

	/** Every `.pub` file, and every private key without one, folders first, sorted by name; a folder that does not exist has none. */
	all(): Promise<readonly LocalKeyFile[]> {
		this.watcher ??= this.sources.watch(() => this.refresh());
		return this.files.get();
	}

	refresh(): void {
		this.files.forget();
		this.changed.fire();
	}

	/** One file, read now. */
	async read(uri: string, origin: LocalKeyOrigin = 'workspace'): Promise<LocalKeyFile> {
		const file = toFile(uri, origin);
		try {
			const parsed = parsePublicKeys(toText(await this.port.read(uri, maxKeyFileBytes)));
			// What holds a private key is refused as a whole, also where a public key stands beside it.
			const isRefused = parsed.problems.some(({ code }) => code === 'privateKey');
			return { ...file, ...parsed, ...(isRefused && { keys: [] }) };
		} catch (error) {
			return { ...file, unreadable: error instanceof FileError ? error.code : 'unreadable' };
		}
	}

	dispose(): void {
		this.watcher?.dispose();
		this.changed.dispose();
	}

	private async find(): Promise<readonly LocalKeyFile[]> {
		const folders = [...new Set(this.sources.folders())];
		const inFolders = (await Promise.all(folders.map((folder) => this.keyFiles(folder)))).flat();
		const found = new Set(inFolders.map(({ uri }) => uri));
		const others = (await this.sources.workspaceFiles()).filter((uri) => !found.has(uri));
		const inWorkspace = await Promise.all(others.map((uri) => this.read(uri, 'workspace')));
		return [...inFolders.sort(byName), ...inWorkspace.filter(isPublicKeyFile).sort(byName)];
	}

	private async keyFiles(folder: string): Promise<readonly LocalKeyFile[]> {
		try {
			const entries = await this.port.list(folder);
			const files = entries.filter(({ name }) => isPublic(name)).map(({ uri }) => this.read(uri, 'folder'));
			return [...(await Promise.all(files)), ...(await this.privateKeys(entries))];
		} catch (error) {
			if (!(error instanceof FileError)) {
				throw error;
			}
			return error.code === 'notFound' ? [] : [{ ...toFile(folder, 'folder'), unreadable: error.code }];
		}
	}

	/** The private keys that have no public key file beside them. What can't be read is none. */
	private async privateKeys(entries: readonly FileEntry[]): Promise<readonly LocalKeyFile[]> {
		const names = new Set(entries.map(({ name }) => name));
		const queue = new TaskQueue(concurrentStarts);
		const found = entries
			.filter(({ name }) => !isPublic(name) && !publicNames(name).some((candidate) => names.has(candidate)))
			.map(({ uri }) => queue.run(async () => ((await this.isPrivateKey(uri)) ? [privateKeyFile(uri)] : [])));
		return (await Promise.all(found)).flat();
	}

	private async isPrivateKey(uri: string): Promise<boolean> {
		try {
			const start = await this.port.readStart(uri, privateKeyStartBytes);
			return startsAsPrivateKeyFile(Buffer.from(start).toString('latin1'));
		} catch {
			return false;
		}
	}
}

function isPublic(name: string): boolean {
	return name.endsWith('.pub');
}

/** What the public key file of a private key may be called: `id_rsa.pub`; `deploy.pem.pub` or `deploy.pub`. */
export function publicNames(name: string): readonly string[] {
	const stem = name.replace(/(?<=.)\.(?:pem|ppk|key)$/i, '');
	return stem === name ? [`${name}.pub`] : [`${name}.pub`, `${stem}.pub`];
}

function privateKeyFile(uri: string): LocalKeyFile {
	return { ...toFile(uri, 'folder'), isPrivateKey: true };
}

/** What a Microsoft Publisher document begins with ([MS-CFB] 2.2). Read as UTF-8 it would look like the beginning of UTF-16. */
const compoundFileSignature = Buffer.from('d0cf11e0a1b11ae1', 'hex');

/** The file's text, byte order mark kept: the parser has a word to say about it. */
function toText(bytes: Uint8Array): string {
	const { length } = compoundFileSignature;
	const isPublisherDocument = compoundFileSignature.equals(bytes.subarray(0, length));
	return new TextDecoder('utf-8', { ignoreBOM: true }).decode(isPublisherDocument ? bytes.subarray(0, length) : bytes);
}

/** In a workspace only files that hold a key, tried to, or can't be opened are ours. */
function isPublicKeyFile({ keys, problems, unreadable }: LocalKeyFile): boolean {
	return isKeyText({ keys, problems }) || unreadable === 'noPermission' || unreadable === 'unreadable';
}

function toFile(uri: string, origin: LocalKeyOrigin): LocalKeyFile {
	return { uri, name: fileName(uri), origin, keys: [], problems: [] };
}

function byName(a: LocalKeyFile, b: LocalKeyFile): number {
	return a.name.localeCompare(b.name) || a.uri.localeCompare(b.uri);
}

function fileName(uri: string): string {
	const path = uri.replace(/\/+$/, '');
	return decodeURIComponent(path.slice(path.lastIndexOf('/') + 1));
}
