import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { workspace } from 'vscode';
import { eventually } from './eventually';

let count = 0;

/** Writes the settings of the open folder and waits until VS Code has read them. */
export async function setWorkspaceSettings(settings: Readonly<Record<string, unknown>>): Promise<void> {
	const [folder] = workspace.workspaceFolders ?? [];
	if (!folder) {
		throw new Error('No folder is open');
	}
	const file = path.join(folder.uri.fsPath, '.vscode', 'settings.json');
	const marker = 10 + (count++ % 20);
	await mkdir(path.dirname(file), { recursive: true });
	await writeFile(file, JSON.stringify({ ...settings, 'editor.tabSize': marker }));
	await eventually(() => assert.equal(workspace.getConfiguration('editor', folder.uri).get('tabSize'), marker));
}
