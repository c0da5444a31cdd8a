import { homedir } from 'node:os';
import { sep } from 'node:path';
import { type Uri, workspace } from 'vscode';

/** Where a file or folder is, as short as it stays clear: from the workspace folder on, from the home folder (`~`) on, or the whole path. */
export function describePath(uri: Uri): string {
	const folder = workspace.getWorkspaceFolder(uri);
	if (folder) {
		return `${folder.name}${uri.path.slice(folder.uri.path.length)}`;
	}
	const { fsPath, scheme } = uri;
	const home = homedir();
	return scheme === 'file' && fsPath.startsWith(`${home}${sep}`) ? `~${fsPath.slice(home.length)}` : fsPath;
}
