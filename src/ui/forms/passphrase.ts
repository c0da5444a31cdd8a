import { l10n, window } from 'vscode';
import { askInBetween } from './interruption';

/** Asks for the passphrase of a private key; `again`: the one before was wrong. Undefined when given up. */
export async function askForPassphrase(name: string, again: boolean): Promise<string | undefined> {
	return askInBetween(async () =>
		window.showInputBox({
			title: l10n.t('Passphrase of {0}', name),
			prompt: again
				? l10n.t('This passphrase does not open the key. Try again.')
				: l10n.t('Enter the passphrase. It is used once, on this machine, and not kept.'),
			password: true,
			ignoreFocusOut: true,
		}),
	);
}
