import { l10n } from 'vscode';
import type { ServiceManifest } from '../../providers/contract';
import { describeKeyType } from './keys';

/** What a service can't do, as one line such as `No tags. RSA only.`; empty when there is nothing to say. */
export function describeLimits({ capabilities, rules }: ServiceManifest): string {
	const taken = Object.entries(rules.keyTypes).filter(([, rule]) => rule !== 'refused');
	const types = [...new Set(taken.map(([type]) => describeKeyType({ type })))];
	return [
		capabilities.regions ? '' : l10n.t('No regions.'),
		capabilities.tags ? '' : l10n.t('No tags.'),
		capabilities.dryRun ? '' : l10n.t('Permissions cannot be checked beforehand.'),
		capabilities.publicKeyReadable ? '' : l10n.t('Public keys cannot be read back.'),
		types.length === 1 ? l10n.t('{0} only.', types.join()) : '',
	]
		.filter(Boolean)
		.join(' ');
}
