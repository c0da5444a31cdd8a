import { l10n } from 'vscode';
import type { KeyPair } from '../../domain/keyPair';
import type { ImportReport } from '../../services/imports/importReport';
import type { TargetOutcome } from '../../services/imports/keyImport';
import type { Providers } from '../../services/ports';
import type { Words } from '../messages/failures';
import { countOutcomes, isInDoubt, lacksTags } from '../messages/importSummary';
import { describeKeyType } from '../messages/keys';
import { placeOf } from '../messages/targets';
import { type FailedOutcome, groupFailures, groupUntagged, type OutcomeGroup } from './failureGroups';
import { inLocalTime, inUtc } from './pointInTime';
import { textHeading, textTable } from './textTable';

/** All that is known of an import, target by target, as plain text: failures first, by reason, with what to do about them. */
export function importDocument(report: ImportReport, providers: Pick<Providers, 'manifest'>): string {
	const { outcomes } = report;
	const failures = groupFailures(outcomes, providers).map((group) =>
		section(failureTitle(group.outcomes), failureTable(group.outcomes, providers), group),
	);
	const untagged = groupUntagged(outcomes, providers).map((group) =>
		section(
			l10n.t('Imported without tags: {0}', group.outcomes.length),
			keyPairTable(group.outcomes, providers),
			group,
		),
	);
	return [
		heading(report),
		...failures,
		...untagged,
		...keyPairs(
			outcomes.filter((outcome) => outcome.status === 'imported' && !lacksTags(outcome)),
			(count) => l10n.t('Imported: {0}', count),
			providers,
		),
		...keyPairs(
			outcomes.filter(({ status }) => status === 'alreadyPresent'),
			(count) => l10n.t('Already there: {0}', count),
			providers,
		),
		...bare(outcomes, 'permitted', (count) => l10n.t('Permitted: {0}', count), providers),
		...bare(outcomes, 'cancelled', (count) => l10n.t('Cancelled, nothing was done: {0}', count), providers),
	].join('\n');
}

function heading({ key, keyName, startedAt, outcomes, tags }: ImportReport): string {
	const local = inLocalTime(startedAt);
	const tagTexts = Object.entries(tags).map(([name, value]) => `${name}=${value}`);
	return [
		l10n.t('Import of {0}: {1}', keyName, countOutcomes(outcomes)),
		[describeKeyType(key), key.fingerprints.sha256, key.comment].filter(Boolean).join(' · '),
		...(tagTexts.length > 0 ? [l10n.t('Tags: {0}', tagTexts.join(', '))] : []),
		[inUtc(startedAt), local].filter(Boolean).join(' · '),
	]
		.map((line) => `${line}\n`)
		.join('');
}

function section(title: string, table: string, { words, code }: Pick<OutcomeGroup, 'words' | 'code'>): string {
	return `${textHeading(title)}${explain(words, code)}\n${table}`;
}

function explain({ message, advice }: Words, code: string | undefined): string {
	const lines = [message, advice, ...(code === undefined ? [] : [l10n.t('Code: {0}', code)])];
	return lines.map((line) => `${line}\n`).join('');
}

function failureTitle(outcomes: OutcomeGroup<FailedOutcome>['outcomes']): string {
	return isInDoubt(outcomes[0].failure)
		? l10n.t('Not known: {0}', outcomes.length)
		: l10n.t('Failed: {0}', outcomes.length);
}

function failureTable(outcomes: readonly FailedOutcome[], providers: Pick<Providers, 'manifest'>): string {
	const header = [
		...[l10n.t('Target'), l10n.t('Name'), l10n.t('Has the name'), l10n.t('Request ID'), l10n.t('Time')],
		...[l10n.t('Deleted'), l10n.t('Restored')],
	];
	const rows = outcomes.map(({ target, keyName, failure, requestId, at }) => {
		const { existing, replaced } = failure.by === 'service' ? failure : {};
		const told = existing ? describeKeyPair(existing, replaced !== undefined) : '';
		return [
			...[placeOf(target, providers), keyName, replaced ? '' : told, requestId ?? '', inUtc(at)],
			...[replaced === 'lost' ? told : '', replaced === 'restored' ? told : ''],
		];
	});
	return textTable(header, rows);
}

/** `withKey`: the public key may be needed once more. */
function describeKeyPair({ id, fingerprint, publicKey }: KeyPair, withKey: boolean): string {
	return [id, fingerprint, withKey ? publicKey : undefined].filter(Boolean).join(' ');
}

function keyPairs(
	outcomes: readonly TargetOutcome[],
	title: (count: number) => string,
	providers: Pick<Providers, 'manifest'>,
): readonly string[] {
	return outcomes.length === 0 ? [] : [`${textHeading(title(outcomes.length))}${keyPairTable(outcomes, providers)}`];
}

/** Of outcomes that have a key pair. */
function keyPairTable(outcomes: readonly TargetOutcome[], providers: Pick<Providers, 'manifest'>): string {
	const header = [
		...[l10n.t('Target'), l10n.t('Name'), l10n.t('Key pair ID'), l10n.t('Fingerprint')],
		...[l10n.t('Request ID'), l10n.t('Time'), l10n.t('Replaced')],
	];
	const rows = outcomes.flatMap((outcome) => {
		if (outcome.status !== 'imported' && outcome.status !== 'alreadyPresent') {
			return [];
		}
		const { target, keyPair, requestId, at } = outcome;
		const replaced = outcome.status === 'imported' ? outcome.replacedKeyPair : undefined;
		return [
			[
				...[placeOf(target, providers), keyPair.name, keyPair.id ?? '', keyPair.fingerprint ?? ''],
				...[requestId ?? '', inUtc(at), replaced ? describeKeyPair(replaced, true) : ''],
			],
		];
	});
	return textTable(header, rows);
}

/** Outcomes of which there is nothing more to say. */
function bare(
	outcomes: readonly TargetOutcome[],
	status: 'permitted' | 'cancelled',
	title: (count: number) => string,
	providers: Pick<Providers, 'manifest'>,
): readonly string[] {
	const those = outcomes.filter((outcome) => outcome.status === status);
	const rows = those.map(({ target, keyName, at }) => [placeOf(target, providers), keyName, inUtc(at)]);
	const header = [l10n.t('Target'), l10n.t('Name'), l10n.t('Time')];
	return those.length === 0 ? [] : [`${textHeading(title(those.length))}${textTable(header, rows)}`];
}
