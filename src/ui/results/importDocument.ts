import { l10n } from 'vscode';
import type { Target } from '../../domain/target';
import type { ImportReport } from '../../services/importReport';
import type { TargetOutcome } from '../../services/keyImport';
import type { Providers } from '../../services/ports';
import { countOutcomes } from '../messages/importSummary';
import { describeTarget } from '../messages/imports';
import { describeKeyType } from '../messages/keys';
import { type FailedOutcome, groupFailures } from './failureGroups';
import { textTable } from './textTable';

/** All that is known of an import, target by target, as plain text: failures first, by reason, with what to do about them. */
export function importDocument(report: ImportReport, providers: Providers): string {
	const { key, keyName, startedAt, outcomes } = report;
	const describe = (target: Target): string =>
		`${providers.manifest(target.service).label} · ${describeTarget(target)}`;
	const failures = groupFailures(outcomes, providers).map(({ words, code, outcomes: failed }) =>
		section(
			l10n.t('Failed: {0}', failed.length),
			[words.message, words.advice, ...(code === undefined ? [] : [l10n.t('Code: {0}', code)])],
			failureTable(failed, describe),
		),
	);
	return [
		`${l10n.t('Import of {0}: {1}', keyName, countOutcomes(outcomes))}\n`,
		`${[describeKeyType(key), key.fingerprints.sha256, key.comment].filter(Boolean).join(' · ')}\n`,
		`${time(startedAt)}\n`,
		...failures,
		...successes(outcomes, 'imported', (count) => l10n.t('Imported: {0}', count), describe),
		...successes(outcomes, 'alreadyPresent', (count) => l10n.t('Already there: {0}', count), describe),
		...others(outcomes, 'permitted', (count) => l10n.t('Permitted: {0}', count), describe),
		...others(outcomes, 'cancelled', (count) => l10n.t('Cancelled, nothing was done: {0}', count), describe),
	].join('');
}

/** A point of time in UTC, to the second, as the services' own logs have it. */
export function time(milliseconds: number): string {
	return `${new Date(milliseconds).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

function failureTable(outcomes: readonly FailedOutcome[], describe: (target: Target) => string): string {
	const header = [l10n.t('Target'), l10n.t('Name'), l10n.t('Has the name'), l10n.t('Request ID'), l10n.t('Time')];
	const rows = outcomes.map(({ target, keyName, failure, requestId, at }) => {
		const existing = failure.by === 'service' ? failure.existing : undefined;
		const holder = [existing?.id, existing?.fingerprint].filter(Boolean).join(' ');
		return [describe(target), keyName, holder, requestId ?? '', time(at)];
	});
	return textTable(header, rows);
}

function successes(
	outcomes: readonly TargetOutcome[],
	status: 'imported' | 'alreadyPresent',
	title: (count: number) => string,
	describe: (target: Target) => string,
): readonly string[] {
	const those = outcomes.flatMap((outcome) => (outcome.status === status ? [outcome] : []));
	const header = [
		...[l10n.t('Target'), l10n.t('Name'), l10n.t('Key pair ID'), l10n.t('Fingerprint')],
		...[l10n.t('Request ID'), l10n.t('Time')],
	];
	const rows = those.map(({ target, keyPair, requestId, at }) => [
		...[describe(target), keyPair.name, keyPair.id ?? '', keyPair.fingerprint ?? ''],
		...[requestId ?? '', time(at)],
	]);
	return those.length === 0 ? [] : [section(title(those.length), [], textTable(header, rows))];
}

function others(
	outcomes: readonly TargetOutcome[],
	status: 'permitted' | 'cancelled',
	title: (count: number) => string,
	describe: (target: Target) => string,
): readonly string[] {
	const those = outcomes.filter((outcome) => outcome.status === status);
	const rows = those.map(({ target, keyName, at }) => [describe(target), keyName, time(at)]);
	const header = [l10n.t('Target'), l10n.t('Name'), l10n.t('Time')];
	return those.length === 0 ? [] : [section(title(those.length), [], textTable(header, rows))];
}

function section(title: string, lines: readonly string[], table: string): string {
	return ['', title, '-'.repeat(title.length), ...lines, ...(lines.length > 0 ? [''] : []), table].join('\n');
}
