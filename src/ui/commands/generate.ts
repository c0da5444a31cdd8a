import { homedir } from 'node:os';
import { l10n, Uri, window } from 'vscode';

/** Runs `ssh-keygen` in a terminal, which asks for the file and the passphrase itself: no secret passes through the extension. */
export function generate(): void {
	// Not in the workspace: Windows would take a program of that name from there.
	const terminal = window.createTerminal({ name: l10n.t('Generate key pair'), cwd: Uri.file(homedir()) });
	terminal.show();
	terminal.sendText('ssh-keygen -t ed25519');
}
