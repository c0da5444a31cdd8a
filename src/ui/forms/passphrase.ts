import { l10n, window } from 'vscode';
import { askInBetween } from './interruption';

/** Asks for the passphrase of a private key; `again`: the one before was wrong. Undefined when given up. */
async function askForPassphrase(name: string, again: boolean): Promise<string | undefined> {
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

/** What `open` comes to, asked for the passphrase of the named private key as often as it takes; undefined when the person gave up. */
export async function withPassphrase<T extends { readonly kind: string }>(
	name: string,
	open: (passphrase?: string) => Promise<T>,
): Promise<Exclude<T, Locked> | undefined> {
	let opened = await open();
	while (isLocked(opened)) {
		const passphrase = await askForPassphrase(name, opened.kind === 'wrongPassphrase');
		if (passphrase === undefined) {
			return undefined;
		}
		opened = await open(passphrase);
	}
	return opened as Exclude<T, Locked>;
}

interface Locked {
	readonly kind: 'needsPassphrase' | 'wrongPassphrase';
}

function isLocked<T extends { readonly kind: string }>(opened: T): opened is Extract<T, Locked> {
	return opened.kind === 'needsPassphrase' || opened.kind === 'wrongPassphrase';
}
