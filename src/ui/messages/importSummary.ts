import { l10n } from 'vscode';
import type { ProviderFailure } from '../../providers/failure';
import type { ImportFailure, TargetOutcome } from '../../services/imports/keyImport';
import type { Providers } from '../../services/ports';
import { placeOf } from './targets';

/** Whether the target may hold the key although the import is said to have failed. */
export function isInDoubt(failure: ImportFailure): boolean {
	return failure.by === 'service' && failure.failure.outcomeUnknown;
}

/** The key is there, and the tags that were asked for are not. */
export type UntaggedOutcome = Extract<TargetOutcome, { status: 'imported' }> & { readonly tagFailure: ProviderFailure };

/** Whether the key is there without its tags. */
export function lacksTags(outcome: TargetOutcome): outcome is UntaggedOutcome {
	return outcome.status === 'imported' && outcome.tagFailure !== undefined;
}

/** What came of an import, in one sentence. */
export function summarizeImport(
	keyName: string,
	outcomes: readonly TargetOutcome[],
	providers: Pick<Providers, 'manifest'>,
): string {
	const [only, ...others] = outcomes;
	return only && others.length === 0
		? describeOutcome(only, placeOf(only.target, providers))
		: l10n.t('Import of {0}: {1}.', keyName, countOutcomes(outcomes));
}

/** How many targets have each outcome, such as `14 imported, 2 already there, 1 failed`. Each counts once. */
export function countOutcomes(outcomes: readonly TargetOutcome[]): string {
	const doubtful = outcomes.filter((outcome) => outcome.status === 'failed' && isInDoubt(outcome.failure)).length;
	const untagged = outcomes.filter(lacksTags).length;
	const count = (status: TargetOutcome['status']): number =>
		outcomes.filter((outcome) => outcome.status === status).length;
	const parts: readonly (readonly [number, (count: number) => string])[] = [
		[count('imported') - untagged, (number) => l10n.t('{0} imported', number)],
		[untagged, (number) => l10n.t('{0} imported without tags', number)],
		[count('alreadyPresent'), (number) => l10n.t('{0} already there', number)],
		[count('permitted'), (number) => l10n.t('{0} permitted', number)],
		[count('cancelled'), (number) => l10n.t('{0} cancelled', number)],
		[doubtful, (number) => l10n.t('{0} not known', number)],
		[count('failed') - doubtful, (number) => l10n.t('{0} failed', number)],
	];
	return parts
		.filter(([number]) => number > 0)
		.map(([number, words]) => words(number))
		.reduce((before, next) => (before === '' ? next : l10n.t('{0}, {1}', before, next)), '');
}

function describeOutcome(outcome: TargetOutcome, where: string): string {
	const { keyName } = outcome;
	switch (outcome.status) {
		case 'imported':
			if (lacksTags(outcome)) {
				return l10n.t('Imported {0} into {1}, but without its tags.', keyName, where);
			}
			return outcome.replacedKeyPair
				? l10n.t('Imported {0} into {1}, in the place of another key.', keyName, where)
				: l10n.t('Imported {0} into {1}.', keyName, where);
		case 'alreadyPresent':
			return l10n.t('{0} was already there in {1}.', keyName, where);
		case 'permitted':
			return l10n.t('The import of {0} into {1} is permitted.', keyName, where);
		case 'cancelled':
			return l10n.t('Cancelled before {0} was imported into {1}.', keyName, where);
		case 'failed':
			return isInDoubt(outcome.failure)
				? l10n.t('It is not known whether {0} was imported into {1}.', keyName, where)
				: l10n.t('{0} was not imported into {1}.', keyName, where);
	}
}
