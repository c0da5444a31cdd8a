import { EventEmitter, languages, type TextDocumentContentProvider, Uri, window, workspace } from 'vscode';
import { DisposableStore } from './disposables';

const scheme = 'cloud-key-pairs';

/** Read-only documents of plain text that the extension writes, each under a name of its own. VS Code does not open them again after a reload: their text is in
 * this window alone. */
export class ReadOnlyDocuments implements TextDocumentContentProvider {
	private readonly store = new DisposableStore();
	private readonly changed = this.store.add(new EventEmitter<Uri>());
	readonly onDidChange = this.changed.event;
	private readonly texts = new Map<string, () => Promise<string> | string>();

	constructor() {
		this.store.add(workspace.registerTextDocumentContentProvider(scheme, this));
	}

	/** The address of a document by its name, which its tab shows. */
	uri(name: string): Uri {
		return Uri.from({ scheme, path: `/${name}.txt` });
	}

	/** Opens the document; its text is asked for now, and again after `renew`. */
	async show(name: string, text: () => Promise<string> | string): Promise<void> {
		const uri = this.uri(name);
		this.texts.set(uri.path, text);
		this.changed.fire(uri);
		const document = await workspace.openTextDocument(uri);
		await languages.setTextDocumentLanguage(document, 'plaintext');
		await window.showTextDocument(document, { preview: false });
	}

	/** Has a document that is open show its text anew. */
	renew(name: string): void {
		this.changed.fire(this.uri(name));
	}

	async provideTextDocumentContent(uri: Uri): Promise<string> {
		return (await this.texts.get(uri.path)?.()) ?? '';
	}

	dispose(): void {
		this.store.dispose();
	}
}
