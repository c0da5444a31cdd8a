import { l10n } from 'vscode';
import { type Change, type HistoryEntry, targetOf } from '../../services/history/changeHistory';
import type { Providers } from '../../services/ports';
import { placeOf } from '../messages/targets';
import { inUtc } from './pointInTime';
import { textTable } from './textTable';

/** Entries of the history as a table of plain text, the latest first. */
export function historyDocument(entries: readonly HistoryEntry[], providers: Pick<Providers, 'manifest'>): string {
	const header = [
		...[l10n.t('Time'), l10n.t('Change'), l10n.t('Outcome'), l10n.t('Target'), l10n.t('Name')],
		...[l10n.t('Key pair ID'), l10n.t('Fingerprint'), l10n.t('Request ID'), l10n.t('Code'), l10n.t('Tags')],
		l10n.t('Replaced'),
	];
	const rows = [...entries].reverse().map((entry) => {
		const { time, change, outcome, keyName, id, fingerprint, requestId, code, tagCode, replaced } = entry;
		return [
			inUtc(Date.parse(time)),
			describeChange(change),
			describeEntryOutcome(outcome),
			placeOf(targetOf(entry), providers),
			...[keyName, id ?? '', fingerprint ?? '', requestId ?? '', code ?? ''],
			tagCode === undefined ? '' : l10n.t('missing: {0}', tagCode),
			replaced ? [replaced.id, replaced.fingerprint, replaced.publicKey].filter(Boolean).join(' ') : '',
		];
	});
	return textTable(header, rows);
}

/** What was done, in one word. */
export function describeChange(change: Change): string {
	switch (change) {
		case 'import':
			return l10n.t('import');
		case 'replace':
			return l10n.t('replace');
		case 'create':
			return l10n.t('create');
		case 'delete':
			return l10n.t('delete');
		case 'editTags':
			return l10n.t('tags');
		case 'undo':
			return l10n.t('undo');
	}
}

/** What came of it, in one word. */
function describeEntryOutcome(outcome: HistoryEntry['outcome']): string {
	switch (outcome) {
		case 'done':
			return l10n.t('done');
		case 'failed':
			return l10n.t('failed');
		case 'unknown':
			return l10n.t('not known');
	}
}
