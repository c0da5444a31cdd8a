import { commands, type ExtensionContext, languages, type TextDocument, window, workspace } from 'vscode';
import type { CloudKeyPairsApi } from './api';
import type * as AppModule from './ui/app';
import { commandIds } from './ui/commands/ids';
import { DisposableStore } from './ui/host/disposables';
import {
	codeActionDocuments,
	codeActionKinds,
	hoverDocuments,
	isFixPlace,
	isHoverPlace,
	keyDocumentKind,
} from './ui/language/documents';
import { LazyTree } from './ui/views/lazyTree';

/** Called by VS Code at the first use of a view, a command or a key in an editor. Registers only: the features themselves are in a file of
 * their own, which is loaded when the first of them is used. */
export function activate(context: ExtensionContext): CloudKeyPairsApi {
	const store = new DisposableStore();
	context.subscriptions.push(store);
	let loaded: AppModule.App | undefined;
	const app = (): AppModule.App => {
		if (!loaded) {
			const { createApp }: typeof AppModule = require('./ui/app.js');
			loaded = store.add(
				createApp({
					version: context.extension.packageJSON.version,
					secrets: context.secrets,
					globalState: context.globalState,
					storageFolder: context.globalStorageUri.fsPath,
					keyPairsView,
					importResultsView,
				}),
			);
		}
		return loaded;
	};

	const localKeys = store.add(new LazyTree(() => app().localKeys));
	store.add(window.createTreeView('cloudKeyPairs.localKeys', { treeDataProvider: localKeys }));
	const keyPairs = store.add(new LazyTree(() => app().keyPairs));
	const keyPairsView = store.add(
		window.createTreeView('cloudKeyPairs.keyPairs', { treeDataProvider: keyPairs, showCollapseAll: true }),
	);
	const importResults = store.add(new LazyTree(() => app().importResults));
	const importResultsView = store.add(
		window.createTreeView('cloudKeyPairs.importResults', { treeDataProvider: importResults }),
	);
	for (const id of Object.values(commandIds)) {
		store.add(commands.registerCommand(id, (...args: unknown[]) => app().run(id, ...args)));
	}
	store.add(
		languages.registerHoverProvider(hoverDocuments, {
			provideHover: (document, position, token) =>
				isHoverPlace(document, position) ? app().hover.provideHover(document, position, token) : undefined,
		}),
	);
	store.add(
		languages.registerCodeActionsProvider(
			codeActionDocuments,
			{
				provideCodeActions: (document, range, context, token) =>
					isFixPlace(document, context.diagnostics)
						? app().codeActions.provideCodeActions(document, range, context, token)
						: undefined,
			},
			{ providedCodeActionKinds: codeActionKinds },
		),
	);
	// The check of open keys begins with the features. Not within the activation itself: nobody waits for it.
	const checkKeys = setTimeout(() => {
		if (workspace.textDocuments.some(isOurs)) {
			app();
		}
	});
	store.add({ dispose: () => clearTimeout(checkKeys) });
	store.add(workspace.onDidOpenTextDocument((document) => isOurs(document) && app()));

	return {
		version: 1,
		parsePublicKeys: (text) => app().api.parsePublicKeys(text),
		profiles: async () => app().api.profiles(),
		regions: async (...args) => app().api.regions(...args),
		list: async (...args) => app().api.list(...args),
		import: async (...args) => app().api.import(...args),
	};
}

function isOurs(document: TextDocument): boolean {
	return keyDocumentKind(document) !== undefined;
}
