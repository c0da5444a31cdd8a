import { randomUUID } from 'node:crypto';
import type { KeyPair } from '../../domain/keyPair';
import { type Target, targetId } from '../../domain/target';
import type { ProviderFailure } from '../../providers/failure';
import type { ChangeHistory, HistoryEntry } from '../../services/history/changeHistory';
import type { Clock, Log } from '../../services/ports';

/** Where changes are recorded. */
export interface ChangeRecord {
	readonly history: ChangeHistory;
	readonly services: { readonly clock: Clock; readonly log: Log };
}

/** One change of one key pair, done or tried. */
export interface RecordedChange {
	readonly change: HistoryEntry['change'];
	readonly target: Target;
	readonly keyPair: Pick<KeyPair, 'name' | 'id' | 'fingerprint'>;
	readonly requestId?: string;
	/** Absent when it was done. */
	readonly failure?: ProviderFailure;
}

/** Adds a change to the history. A history that can't be written stops nothing: the log has why. */
export async function recordChange(
	{ history, services: { clock, log } }: ChangeRecord,
	{ change, target, keyPair, requestId, failure }: RecordedChange,
): Promise<void> {
	const { name, id, fingerprint } = keyPair;
	const request = requestId ?? failure?.requestId;
	const entry: HistoryEntry = {
		run: randomUUID(),
		time: new Date(clock.now()).toISOString(),
		change,
		service: target.service,
		profile: target.profile,
		...(target.region !== undefined && { region: target.region }),
		keyName: name,
		outcome: failure === undefined ? 'done' : failure.outcomeUnknown ? 'unknown' : 'failed',
		...(id !== undefined && { id }),
		...(fingerprint !== undefined && { fingerprint }),
		...(request !== undefined && { requestId: request }),
		...(failure && { code: failure.code ?? failure.kind }),
	};
	try {
		await history.record([entry]);
	} catch (error) {
		log.error(`The change in ${targetId(target)} could not be recorded`, error);
	}
}
