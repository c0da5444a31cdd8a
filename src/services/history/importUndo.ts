import { targetId } from '../../domain/target';
import { type DeleteOutcome, deleteKeyPair } from '../changes/deleteKeyPair';
import { TaskQueues } from '../concurrency';
import type { Clock, Log, Providers } from '../ports';
import { type HistoryEntry, targetOf } from './changeHistory';

/** The changes of one command. */
export interface HistoryRun {
	readonly run: string;
	/** When its last outcome was known: ISO 8601 in UTC. */
	readonly time: string;
	readonly keyName: string;
	/** In the order in which they were recorded; at least one. */
	readonly entries: readonly HistoryEntry[];
}

/** The history by command, the latest first. */
export function historyRuns(entries: readonly HistoryEntry[]): readonly HistoryRun[] {
	const runs = new Map<string, HistoryEntry[]>();
	for (const entry of entries) {
		const known = runs.get(entry.run);
		if (known) {
			known.push(entry);
		} else {
			runs.set(entry.run, [entry]);
		}
	}
	return [...runs]
		.map(([run, ofRun]) => ({
			run,
			time: ofRun.at(-1)?.time ?? '',
			keyName: ofRun[0]?.keyName ?? '',
			entries: ofRun,
		}))
		.sort((a, b) => (a.time < b.time ? 1 : a.time > b.time ? -1 : 0));
}

/** The imports whose key pairs are still there as far as the history knows, by the run that made them, each oldest first: done, and not undone, deleted or made
 * anew since. Runs without any are left out. */
export function undoableImports(entries: readonly HistoryEntry[]): ReadonlyMap<string, readonly HistoryEntry[]> {
	const ended = new Set<string>();
	const found = new Map<string, HistoryEntry[]>();
	for (const entry of [...entries].reverse()) {
		const place = JSON.stringify([targetId(targetOf(entry)), entry.keyName]);
		if (isImport(entry) && !ended.has(place)) {
			found.set(entry.run, [entry, ...(found.get(entry.run) ?? [])]);
		}
		// Whatever else was done there: the key pair of before is gone.
		if (entry.outcome === 'done' && entry.change !== 'editTags') {
			ended.add(place);
		}
	}
	return found;
}

/** So many deletions at a time for one profile and service. */
const deletionsPerProfile = 10;

/** What came of undoing one import. */
export interface UndoneImport {
	readonly entry: HistoryEntry;
	readonly outcome: DeleteOutcome;
	/** Milliseconds since 1970. */
	readonly at: number;
}

/** Deletes what the imports made, each on its own; a key pair whose id or fingerprint is another one by now is left alone. Outcomes come in the order of
 * the entries, and one by one through `done`. Rejects only for a bug. */
export async function undoImports(
	entries: readonly HistoryEntry[],
	context: { readonly providers: Providers; readonly clock: Clock; readonly log: Log },
	signal: AbortSignal,
	done: (undone: UndoneImport) => void = () => {},
): Promise<readonly UndoneImport[]> {
	const queues = new TaskQueues(deletionsPerProfile);
	return Promise.all(
		entries.map(async (entry) => {
			const target = targetOf(entry);
			const { keyName: name, id, fingerprint } = entry;
			const made = { name, ...(id === undefined ? {} : { id }), ...(fingerprint === undefined ? {} : { fingerprint }) };
			const own = AbortSignal.any([signal]);
			const queue = queues.for(`${target.service}/${target.profile}`);
			const outcome = await queue.run(() => deleteKeyPair(target, made, context, own));
			const undone = { entry, outcome, at: context.clock.now() };
			done(undone);
			return undone;
		}),
	);
}

/** What the history keeps of it. */
export function undoHistory(run: string, undone: readonly UndoneImport[]): readonly HistoryEntry[] {
	return undone.flatMap(({ entry, outcome, at }): readonly HistoryEntry[] => {
		if (outcome.status === 'cancelled' || outcome.status === 'changed') {
			return [];
		}
		const { service, profile, region, keyName, id, fingerprint } = entry;
		const base = {
			run,
			time: new Date(at).toISOString(),
			change: 'undo',
			...{ service, profile, ...(region === undefined ? {} : { region }), keyName },
			...(id === undefined ? {} : { id }),
			...(fingerprint === undefined ? {} : { fingerprint }),
		} as const;
		if (outcome.status !== 'failed') {
			return [{ ...base, outcome: 'done' }];
		}
		const { failure } = outcome;
		return [
			{
				...base,
				outcome: failure.outcomeUnknown ? 'unknown' : 'failed',
				code: failure.code ?? failure.kind,
				...(failure.requestId === undefined ? {} : { requestId: failure.requestId }),
			},
		];
	});
}

function isImport({ change, outcome }: HistoryEntry): boolean {
	return outcome === 'done' && (change === 'import' || change === 'replace');
}
