import { l10n } from 'vscode';
import type { PermissionCheck } from '../../services/imports/checkPermission';
import type { Providers } from '../../services/ports';
import { describeImportFailure } from '../messages/imports';
import { placeOf } from '../messages/targets';
import { textTable } from './textTable';

/** What is known of the permission to import, target by target, as plain text; what is missing first. */
export function permissionDocument(checks: readonly PermissionCheck[], providers: Pick<Providers, 'manifest'>): string {
	const order = ['denied', 'failed', 'readOnlyKnown', 'permitted'] as const;
	const rows = order.flatMap((status) =>
		checks
			.filter((check) => check.status === status)
			.map((check) => [
				placeOf(check.target, providers),
				describeStatus(status),
				check.action ?? '',
				explain(check, providers),
			]),
	);
	const header = [l10n.t('Target'), l10n.t('Import'), l10n.t('Missing'), l10n.t('Explanation')];
	return `${summarizePermissions(checks)}\n\n${textTable(header, rows)}`;
}

/** How many targets permit the import, in one sentence. */
export function summarizePermissions(checks: readonly PermissionCheck[]): string {
	const parts = (['permitted', 'readOnlyKnown', 'denied', 'failed'] as const).flatMap((status) => {
		const count = checks.filter((check) => check.status === status).length;
		return count === 0 ? [] : [`${count} ${describeStatus(status)}`];
	});
	return l10n.t('Permission to import: {0}.', parts.join(', '));
}

function describeStatus(status: PermissionCheck['status']): string {
	switch (status) {
		case 'permitted':
			return l10n.t('permitted');
		case 'readOnlyKnown':
			return l10n.t('not known before an import');
		case 'denied':
			return l10n.t('denied');
		case 'failed':
			return l10n.t('not checked');
	}
}

function explain({ status, failure, target }: PermissionCheck, providers: Pick<Providers, 'manifest'>): string {
	const { label } = providers.manifest(target.service);
	if (failure) {
		const { message, advice } = describeImportFailure(failure, label);
		return `${message} ${advice}`;
	}
	return status === 'readOnlyKnown'
		? l10n.t('{0} cannot be asked without importing. The credentials work, and key pairs may be listed.', label)
		: '';
}
