import { l10n, window } from 'vscode';

/** Runs `ssh-keygen` in a terminal, which asks for the file and the passphrase itself: no secret passes through the extension. */
export function generate(): void {
	const terminal = window.createTerminal({ name: l10n.t('Generate key pair') });
	terminal.show();
	terminal.sendText('ssh-keygen -t ed25519');
}
