import { l10n } from 'vscode';
import type { CreatedKeyType, PrivateKeyFormat } from '../../providers/contract';
import type { PrivateKeyFileErrorCode } from '../../services/localKeys/privateKeyFile';
import { describeKeyType } from './keys';

/** A type of key that services create: its name, and what speaks for it. */
export function describeCreatedType(type: CreatedKeyType): { readonly label: string; readonly detail: string } {
	return type === 'rsa'
		? {
				label: describeKeyType({ type: 'ssh-rsa', bits: 2048 }),
				detail: l10n.t('Works everywhere, also with Windows instances.'),
			}
		: {
				label: describeKeyType({ type: 'ssh-ed25519' }),
				detail: l10n.t('Shorter and faster. Not for Windows instances.'),
			};
}

/** A format of private key files: its name, and what reads it. */
export function describePrivateKeyFormat(format: PrivateKeyFormat): {
	readonly label: string;
	readonly detail: string;
} {
	return format === 'pem'
		? { label: format.toUpperCase(), detail: l10n.t('For OpenSSH.') }
		: { label: format.toUpperCase(), detail: l10n.t('For PuTTY.') };
}

/** Why a private key could not be written, as one sentence. */
export function describePrivateKeyFileError(code: PrivateKeyFileErrorCode): string {
	switch (code) {
		case 'exists':
			return l10n.t('There is already a file of this name.');
		case 'noFolder':
			return l10n.t('There is no such folder.');
		case 'noPermission':
			return l10n.t('You do not have permission to write to this folder.');
		case 'noSpace':
			return l10n.t('There is no space left.');
		case 'unwritable':
			return l10n.t("Couldn't write the file.");
	}
}
