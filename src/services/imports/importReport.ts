import type { KeyPair } from '../../domain/keyPair';
import type { PublicKey } from '../../domain/publicKey';
import { type Target, targetId } from '../../domain/target';
import type { HistoryEntry } from '../history/changeHistory';
import type { ImportOptions, TargetChoice, TargetOutcome } from './keyImport';

/** An import and what came of it. Plain data, so that it outlives the window: JSON gives it back save for dates, which `withDates` mends. */
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
export function unfinishedTargets({ outcomes }: Pick<ImportReport, 'outcomes'>): readonly Target[] {
	return outcomes.filter(isUnfinished).map(({ target }) => target);
}

/** Whether trying again makes sense: the key is not there, or may not be. */
export function isUnfinished({ status }: TargetOutcome): boolean {
	return status === 'failed' || status === 'cancelled';
}

/** What is remembered of a key: not the options of an `authorized_keys` line, which may name secrets, and no certificate, which JSON can't hold. */
export function keptKey({ options: _, certificate: __, ...key }: PublicKey): PublicKey {
	return key;
}

/** The report that JSON gave back, with its dates. */
export function withDates(report: ImportReport): ImportReport {
	return { ...report, outcomes: report.outcomes.map(outcomeWithDates) };
}

function outcomeWithDates(outcome: TargetOutcome): TargetOutcome {
	switch (outcome.status) {
		case 'imported': {
			const { keyPair, replacedKeyPair } = outcome;
			const replaced = replacedKeyPair && { replacedKeyPair: keyPairWithDates(replacedKeyPair) };
			return { ...outcome, keyPair: keyPairWithDates(keyPair), ...replaced };
		}
		case 'alreadyPresent':
			return { ...outcome, keyPair: keyPairWithDates(outcome.keyPair) };
		case 'failed': {
			const { failure } = outcome;
			return failure.by === 'service' && failure.existing
				? { ...outcome, failure: { ...failure, existing: keyPairWithDates(failure.existing) } }
				: outcome;
		}
		default:
			return outcome;
	}
}

function keyPairWithDates(keyPair: KeyPair): KeyPair {
	const { createdAt } = keyPair;
	return createdAt === undefined ? keyPair : { ...keyPair, createdAt: new Date(createdAt) };
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
			const { keyPair, replacedKeyPair, tagFailure } = outcome;
			const replaced = replacedKeyPair && { replaced: identityOf(replacedKeyPair) };
			const change = replacedKeyPair ? 'replace' : 'import';
			const { id, fingerprint } = identityOf(keyPair);
			return [
				{
					...entry,
					change,
					outcome: 'done',
					...(id && { id }),
					...(fingerprint && { fingerprint }),
					...(tagFailure && { tagCode: tagFailure.code ?? tagFailure.kind }),
					...replaced,
				},
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
