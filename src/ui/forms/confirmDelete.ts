import { l10n, type MessageItem, window } from 'vscode';
import type { KeyPair } from '../../domain/keyPair';
import type { Target } from '../../domain/target';
import { isProtected } from '../host/protectedProfiles';
import { describePlace } from '../messages/targets';
import { confirmByName } from './confirmByName';

/** Asks whether a key pair shall be deleted, saying which one and what stays; for a protected profile its name has to be typed. `label` is the service's
 * brand name. */
export async function confirmDelete(target: Target, keyPair: KeyPair, label: string): Promise<boolean> {
	const { name, fingerprint, isDefault } = keyPair;
	const place = describePlace(target, label);
	const remove: MessageItem = { title: l10n.t('Delete') };
	const answer = await window.showWarningMessage(
		l10n.t('Delete {0} from {1}?', name, place),
		{
			modal: true,
			detail: [
				...(fingerprint ? [l10n.t('Fingerprint: {0}', fingerprint)] : []),
				...(isDefault ? [l10n.t('{0} made this key pair by itself and uses it where no other is named.', label)] : []),
				l10n.t('Instances that were launched with it keep the key: you can still log in to them with its private key.'),
			].join('\n\n'),
		},
		remove,
	);
	if (answer !== remove) {
		return false;
	}
	if (!isProtected(target.profile)) {
		return true;
	}
	const frame = { title: l10n.t('Delete {0}', name), canGoBack: false };
	const what = l10n.t('Profile {0} is protected: {1} will be deleted from {2}.', target.profile, name, place);
	return (await confirmByName(frame, name, what)).kind === 'value';
}
