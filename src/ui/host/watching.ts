import { basename, dirname, posix } from 'node:path';
import { RelativePattern, Uri, workspace } from 'vscode';
import type { Disposable } from '../../services/event';
import type { LocalKeySources } from '../../services/localKeys/localKeys';
import type { FileWatch } from '../../services/ports';
import { DisposableStore } from './disposables';
import { localKeyFolders, onDidChangeLocalKeyFolders } from './settings';

/** More `.pub` files than this in a workspace are not keys of one person. */
const maxWorkspaceFiles = 500;

/** The folders of the setting and the `.pub` files of the workspace. */
export const localKeySources: LocalKeySources = {
	folders: () => localKeyFolders().map((folder) => folder.toString()),
	async workspaceFiles() {
		const files = await workspace.findFiles('**/*.pub', '**/node_modules/**', maxWorkspaceFiles);
		return files.map((file) => file.toString());
	},
	watch: watchLocalKeys,
};

/** Changes come in bursts (a key pair is two files): the listener is called once per so many milliseconds. */
const debounceMs = 200;

/** Calls the listener when a `.pub` file in one of the folders or the workspace comes, goes or changes, when a private key (any other file) in one of the
 * folders comes or goes, or when the folders do. */
function watchLocalKeys(listener: () => void): Disposable {
	const store = new DisposableStore();
	const call = store.add(debounced(listener));
	let folders = watchFolders(call);
	store.add({ dispose: () => folders.dispose() });
	store.add(watch('**/*.pub', call));
	store.add(
		onDidChangeLocalKeyFolders(() => {
			folders.dispose();
			folders = watchFolders(call);
			call();
		}),
	);
	return store;
}

/** Calls the listener when one of the files comes, goes or changes. */
export const watchFiles: FileWatch = (paths, listener) => {
	const store = new DisposableStore();
	const call = store.add(debounced(listener));
	for (const path of paths) {
		store.add(watchFolder(Uri.file(dirname(path)), escapeGlob(basename(path)), call));
	}
	return store;
};

/** Calls the listener when the file changes or goes. */
export function watchFile(uri: Uri, listener: () => void): Disposable {
	const pattern = new RelativePattern(Uri.joinPath(uri, '..'), escapeGlob(posix.basename(uri.path)));
	const watcher = workspace.createFileSystemWatcher(pattern, true);
	watcher.onDidChange(listener);
	watcher.onDidDelete(listener);
	return watcher;
}

function watchFolders(call: () => void): Disposable {
	const store = new DisposableStore();
	for (const folder of localKeyFolders()) {
		// What is in a private key does not matter, and other files change with every connection.
		store.add(watchFolder(folder, '*', call, ({ path }) => path.endsWith('.pub')));
	}
	return store;
}

/** Watches the files of a folder that match a pattern, and the folder itself: VS Code does not notice by itself when one that it watches comes or comes back. */
function watchFolder(folder: Uri, files: string, call: () => void, matters?: (changed: Uri) => boolean): Disposable {
	const store = new DisposableStore();
	const watchFiles = () => watch(new RelativePattern(folder, files), call, matters);
	let watcher = watchFiles();
	store.add({ dispose: () => watcher.dispose() });
	const parent = new RelativePattern(Uri.joinPath(folder, '..'), escapeGlob(posix.basename(folder.path)));
	const itself = store.add(workspace.createFileSystemWatcher(parent, false, true));
	itself.onDidCreate(() => {
		watcher.dispose();
		watcher = watchFiles();
		call();
	});
	itself.onDidDelete(call);
	return store;
}

/** `matters` says which changed files do; those that come or go always do. */
function watch(
	pattern: RelativePattern | string,
	call: () => void,
	matters: (changed: Uri) => boolean = () => true,
): Disposable {
	const watcher = workspace.createFileSystemWatcher(pattern);
	watcher.onDidCreate(call);
	watcher.onDidChange((changed) => matters(changed) && call());
	watcher.onDidDelete(call);
	return watcher;
}

/** A pattern that matches this name alone. */
function escapeGlob(name: string): string {
	return name.replace(/[[\]{}*?]/g, '[$&]');
}

function debounced(listener: () => void): (() => void) & Disposable {
	let timer: NodeJS.Timeout | undefined;
	const call = (): void => {
		timer ??= setTimeout(() => {
			timer = undefined;
			listener();
		}, debounceMs);
	};
	return Object.assign(call, { dispose: () => clearTimeout(timer) });
}
