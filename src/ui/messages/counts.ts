import { l10n } from 'vscode';

/** How many key pairs there are, in words. */
export function describeKeyPairCount(count: number): string {
	return count === 1 ? l10n.t('1 key pair') : l10n.t('{0} key pairs', count);
}
