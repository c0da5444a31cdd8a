import type { TargetOutcome } from '../../services/keyImport';
import type { Providers } from '../../services/ports';
import type { Words } from '../messages/failures';
import { describeImportFailure } from '../messages/imports';

export type FailedOutcome = Extract<TargetOutcome, { status: 'failed' }>;

/** Targets that failed for the same reason. */
export interface FailureGroup {
	readonly words: Words;
	/** The service's own code, where it gave one. */
	readonly code?: string;
	/** At least one. */
	readonly outcomes: readonly [FailedOutcome, ...FailedOutcome[]];
}

/** The failed outcomes by reason, the most frequent first; those of one reason stay in their order. */
export function groupFailures(outcomes: readonly TargetOutcome[], providers: Providers): readonly FailureGroup[] {
	const groups = new Map<string, FailureGroup>();
	for (const outcome of outcomes) {
		if (outcome.status !== 'failed') {
			continue;
		}
		const { failure, target } = outcome;
		const { label } = providers.manifest(target.service);
		// Whose key has the name differs from target to target, and is told with the target.
		const words = describeImportFailure(withoutExisting(failure), label);
		const code = failure.by === 'service' ? failure.failure.code : undefined;
		const id = JSON.stringify([code, words]);
		const group = groups.get(id);
		groups.set(
			id,
			group
				? { ...group, outcomes: [...group.outcomes, outcome] }
				: { words, outcomes: [outcome], ...(code === undefined ? {} : { code }) },
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
