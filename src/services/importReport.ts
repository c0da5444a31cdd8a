import type { PublicKey } from '../domain/publicKey';
import { type Target, targetId } from '../domain/target';
import type { HistoryEntry } from './changeHistory';
import type { ImportOptions, TargetChoice, TargetOutcome } from './keyImport';

/** An import and what came of it. Plain data, so that it outlives the window: JSON gives it back save for dates, which `reviveDate` mends. */
export interface ImportReport {
	/** UUID; the same in the history. */
	readonly run: string;
	/** Milliseconds since 1970. */
	readonly startedAt: number;
	readonly key: PublicKey;
	/** URI of the file that the key was read from. */
	readonly origin?: string;
	readonly keyName: string;
	readonly tags: Readonly<Record<string, string>>;
	readonly resourceGroupId?: string;
	/** By `targetId`. */
	readonly choices: readonly (readonly [string, TargetChoice])[];
	readonly options: ImportOptions;
	/** One for each target. */
	readonly outcomes: readonly TargetOutcome[];
}

/** The report after some of its targets were tried again. */
export function withOutcomes(report: ImportReport, again: readonly TargetOutcome[]): ImportReport {
	const newer = new Map(again.map((outcome) => [targetId(outcome.target), outcome]));
	return { ...report, outcomes: report.outcomes.map((outcome) => newer.get(targetId(outcome.target)) ?? outcome) };
}

/** The targets that did not get the key: the import failed there, or was cancelled before. */
export function unfinishedTargets({ outcomes }: ImportReport): readonly Target[] {
	return outcomes.filter(({ status }) => status === 'failed' || status === 'cancelled').map(({ target }) => target);
}

/** For `JSON.parse`: the dates of a report. */
export function reviveDate(key: string, value: unknown): unknown {
	return key === 'createdAt' && typeof value === 'string' ? new Date(value) : value;
}

/** What the history keeps of the outcomes: what was changed, or may have been, or was refused by a service. */
export function toHistory(run: string, outcomes: readonly TargetOutcome[]): readonly HistoryEntry[] {
	return outcomes.flatMap((outcome): readonly HistoryEntry[] => {
		const { target, keyName, at, requestId } = outcome;
		const entry = {
			run,
			time: new Date(at).toISOString(),
			...target,
			keyName,
			...(requestId === undefined ? {} : { requestId }),
		};
		if (outcome.status === 'imported') {
			const { keyPair, replacedKeyPair } = outcome;
			const replaced = replacedKeyPair && { replaced: identityOf(replacedKeyPair) };
			const change = replacedKeyPair ? 'replace' : 'import';
			const { id, fingerprint } = identityOf(keyPair);
			return [
				{ ...entry, change, outcome: 'done', ...(id && { id }), ...(fingerprint && { fingerprint }), ...replaced },
			];
		}
		if (outcome.status !== 'failed' || outcome.failure.by !== 'service') {
			return [];
		}
		const { failure, existing, replaced } = outcome.failure;
		return [
			{
				...entry,
				change: replaced ? 'replace' : 'import',
				outcome: failure.outcomeUnknown ? 'unknown' : 'failed',
				code: failure.code ?? failure.kind,
				...(replaced && existing ? { replaced: identityOf(existing) } : {}),
			},
		];
	});
}

function identityOf({ id, fingerprint, publicKey }: { id?: string; fingerprint?: string; publicKey?: string }) {
	return {
		...(id === undefined ? {} : { id }),
		...(fingerprint === undefined ? {} : { fingerprint }),
		...(publicKey === undefined ? {} : { publicKey }),
	};
}
