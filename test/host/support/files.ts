import { randomUUID } from 'node:crypto';
import { readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import {
	commands,
	type Diagnostic,
	languages,
	Position,
	Range,
	RelativePattern,
	type TextDocument,
	Uri,
	WorkspaceEdit,
	workspace,
} from 'vscode';

/** A new file of that text in the open folder, under a name of its own unless one is given. VS Code has noticed it by then: what is
 * done to it next is an event of its own. */
export async function writeWorkspace(text: string, name = `${randomUUID()}.pub`): Promise<Uri> {
	const [folder] = workspace.workspaceFolders ?? [];
	if (!folder) {
		throw new Error('No folder is open');
	}
	const uri = Uri.joinPath(folder.uri, name);
	const watcher = workspace.createFileSystemWatcher(new RelativePattern(folder, name));
	const noticed = new Promise((resolve) => watcher.onDidCreate(resolve));
	try {
		await writeFile(uri.fsPath, text, { flag: 'wx' });
		await noticed;
	} finally {
		watcher.dispose();
	}
	return uri;
}

/** The extension's diagnostics in a file. */
export function problemsIn(uri: Uri): readonly Diagnostic[] {
	return languages.getDiagnostics(uri).filter(({ source }) => source === 'Key Pairs');
}

/** The value of a diagnostic's code. */
export function codeOf({ code }: Diagnostic): string {
	return String(typeof code === 'object' ? code.value : code);
}

/** Replaces the whole text of a document, as typing does: it is not saved. */
export async function retype(document: TextDocument, text: string): Promise<void> {
	const edit = new WorkspaceEdit();
	edit.replace(document.uri, new Range(new Position(0, 0), new Position(document.lineCount, 0)), text);
	if (!(await workspace.applyEdit(edit))) {
		throw new Error('The edit was refused');
	}
}

/** Closes every editor and deletes what lies in the open folder, save its settings. */
export async function clearWorkspace(): Promise<void> {
	await closeEditors();
	for (const { uri } of workspace.workspaceFolders ?? []) {
		const names = (await readdir(uri.fsPath)).filter((name) => name !== '.vscode');
		await Promise.all(names.map((name) => rm(path.join(uri.fsPath, name), { recursive: true })));
	}
}

/** Closes every editor without saving. */
export async function closeEditors(): Promise<void> {
	while (workspace.textDocuments.some(({ isDirty }) => isDirty)) {
		await commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
	}
	await commands.executeCommand('workbench.action.closeAllEditors');
}
