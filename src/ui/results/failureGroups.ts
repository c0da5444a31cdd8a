import type { TargetOutcome } from '../../services/imports/keyImport';
import type { Providers } from '../../services/ports';
import type { Words } from '../messages/failures';
import { isInDoubt, lacksTags, type UntaggedOutcome } from '../messages/importSummary';
import { describeImportFailure, describeTagFailure } from '../messages/imports';

export type FailedOutcome = Extract<TargetOutcome, { status: 'failed' }>;

/** Targets with the same outcome for the same reason. */
export interface OutcomeGroup<T extends TargetOutcome = TargetOutcome> {
	/** Tells the reason from all others; the same whenever it comes up. */
	readonly id: string;
	readonly words: Words;
	/** The service's own code, where it gave one. */
	readonly code?: string;
	/** At least one. */
	readonly outcomes: readonly [T, ...T[]];
}

/** The failed outcomes by reason, the most frequent first; those of one reason stay in their order. Those that may have been done after all are apart. */
export function groupFailures(
	outcomes: readonly TargetOutcome[],
	providers: Pick<Providers, 'manifest'>,
): readonly OutcomeGroup<FailedOutcome>[] {
	const failed = outcomes.filter((outcome) => outcome.status === 'failed');
	return grouped(failed, ({ failure, target }) => {
		// Whose key has the name differs from target to target, and is told with the target.
		const words = describeImportFailure(withoutExisting(failure), providers.manifest(target.service).label);
		const code = failure.by === 'service' ? failure.failure.code : undefined;
		return { words, code, kind: isInDoubt(failure) ? 'doubt' : 'failed' };
	});
}

/** The key pairs that are there without their tags, by reason, as `groupFailures` has them. */
export function groupUntagged(
	outcomes: readonly TargetOutcome[],
	providers: Pick<Providers, 'manifest'>,
): readonly OutcomeGroup<UntaggedOutcome>[] {
	return grouped(outcomes.filter(lacksTags), ({ tagFailure, target }) => ({
		words: describeTagFailure(tagFailure, providers.manifest(target.service).label),
		code: tagFailure.code,
		kind: 'untagged',
	}));
}

function grouped<T extends TargetOutcome>(
	outcomes: readonly T[],
	reasonOf: (outcome: T) => { readonly words: Words; readonly code: string | undefined; readonly kind: string },
): readonly OutcomeGroup<T>[] {
	const groups = new Map<string, OutcomeGroup<T>>();
	for (const outcome of outcomes) {
		const { words, code, kind } = reasonOf(outcome);
		const id = JSON.stringify([kind, code, words.message, words.advice]);
		const group = groups.get(id);
		groups.set(
			id,
			group
				? { ...group, outcomes: [...group.outcomes, outcome] }
				: { id, words, outcomes: [outcome], ...(code !== undefined && { code }) },
		);
	}
	return [...groups.values()].sort((a, b) => b.outcomes.length - a.outcomes.length);
}

function withoutExisting(failure: FailedOutcome['failure']): FailedOutcome['failure'] {
	if (failure.by === 'rules') {
		return failure;
	}
	const { existing: _, ...rest } = failure;
	return rest;
}
