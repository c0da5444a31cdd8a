import { l10n, type MessageItem, Uri, window } from 'vscode';
import { type Privacy, PrivateKeyFileError, writePrivateKey } from '../../services/localKeys/privateKeyFile';
import { describePrivateKeyFileError } from '../messages/create';
import { describePath } from '../messages/paths';

/** What became of a private key: saved in a file, or given up on purpose, with or without the key pair it belongs to. */
export type SavedPrivateKey =
	| { readonly kind: 'saved'; readonly file: string; readonly privacy: Privacy }
	| { readonly kind: 'givenUp'; readonly deleteKeyPair: boolean };

/** Saves a private key that exists nowhere else. While it can't be written the person is asked for another place; closing the question asks again. */
export async function savePrivateKey(privateKey: string, keyName: string, file: string): Promise<SavedPrivateKey> {
	for (let place = file; ; ) {
		try {
			return { kind: 'saved', file: place, privacy: await writePrivateKey(place, privateKey) };
		} catch (error) {
			if (!(error instanceof PrivateKeyFileError)) {
				throw error;
			}
			const next = await askAfterwards(keyName, place, describePrivateKeyFileError(error.code));
			if (typeof next !== 'string') {
				return next;
			}
			place = next;
		}
	}
}

async function askAfterwards(
	keyName: string,
	file: string,
	reason: string,
): Promise<string | Extract<SavedPrivateKey, { kind: 'givenUp' }>> {
	const elsewhere: MessageItem = { title: l10n.t('Save Elsewhere…') };
	const giveUp: MessageItem = { title: l10n.t('Give Up the Private Key…') };
	for (;;) {
		const answer = await window.showErrorMessage(
			l10n.t("Couldn't save the private key of {0} in {1}. {2}", keyName, describePath(Uri.file(file)), reason),
			{ modal: true, detail: l10n.t('It exists nowhere else: the service does not keep it.') },
			elsewhere,
			giveUp,
		);
		if (answer === giveUp) {
			const given = await askToGiveUp(keyName);
			if (given) {
				return given;
			}
		} else if (answer === elsewhere) {
			const chosen = await window.showSaveDialog({
				title: l10n.t('Save the Private Key of {0}', keyName),
				defaultUri: Uri.file(file),
			});
			if (chosen?.scheme === 'file') {
				return chosen.fsPath;
			}
			if (chosen) {
				await window.showErrorMessage(
					l10n.t('The private key cannot be saved there. Choose a folder of the computer that the extension runs on.'),
					{ modal: true },
				);
			}
		}
	}
}

async function askToGiveUp(keyName: string): Promise<Extract<SavedPrivateKey, { kind: 'givenUp' }> | undefined> {
	const remove: MessageItem = { title: l10n.t('Give Up and Delete Key Pair') };
	const keep: MessageItem = { title: l10n.t('Give Up and Keep Key Pair') };
	const answer = await window.showWarningMessage(
		l10n.t('Give up the private key of {0}?', keyName),
		{ modal: true, detail: l10n.t('It is lost forever then. The key pair is of no use without it.') },
		remove,
		keep,
	);
	return answer && { kind: 'givenUp', deleteKeyPair: answer === remove };
}
