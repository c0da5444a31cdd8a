import type { KeyPair } from '../../domain/keyPair';
import { failureOf, type ProviderFailure } from '../../providers/failure';
import type { Clock } from '../ports';
import type { Lane } from './lanes';
import type { Patience } from './retry';

/** A change that was certainly or possibly (`refused.outcomeUnknown`) not made. */
export interface Refusal {
	readonly refused: ProviderFailure;
	/** The key pair that has the name, where that was seen. */
	readonly existing?: KeyPair;
}

/** What became of a change. */
export type Changed<T> = { readonly done: T } | Refusal;

/** What is known of a change after a call that failed: made all the same, or not; `mayRepeat` when sending it again can do no harm. */
export type Settled<T> = { readonly done: T } | (Refusal & { readonly mayRepeat?: boolean });

/** One kind of change to one target. */
export interface Change<T> {
	/** Sends it once. @throws {ProviderError} */
	send(signal: AbortSignal): Promise<T>;
	/** Finds out what became of it after a failure. `isLast`: nothing will be sent after it, so that `refused.outcomeUnknown` also tells of what was sent
	 * before. */
	settle(refused: ProviderFailure, isLast: boolean): Promise<Settled<T>>;
	/** Told before each sending. */
	sending?(): void;
	/** Told before each wait: until when (in milliseconds since 1970), and why. */
	waiting?(until: number, failure: ProviderFailure): void;
}

/** What changes are sent through. */
export interface Road {
	readonly lane: Lane;
	readonly clock: Clock;
	readonly signal: AbortSignal;
	readonly patience: Patience;
}

/** Sends a change until it is made, refused for good, or has been tried often and long enough. An aborted signal ends every wait at once: refused as
 * cancelled, if it was not made. */
export async function makeChange<T>(change: Change<T>, road: Road): Promise<Changed<T>> {
	const { lane, clock, signal, patience } = road;
	let isInDoubt = false;
	let last: ProviderFailure | undefined;
	for (;;) {
		let givenUp: ProviderFailure | undefined;
		const paused = (until: number, failure: ProviderFailure): boolean => {
			if (until > patience.deadline()) {
				givenUp = last ?? ofOthers(failure);
				return false;
			}
			change.waiting?.(until, failure);
			return true;
		};
		const sent = await lane.run(signal, () => sendOnce(change, road), paused);
		if (!sent) {
			// A call that got no answer may have been carried out since it was looked for.
			const failure = { ...(givenUp ?? cancelled(last)), outcomeUnknown: isInDoubt };
			return isInDoubt ? settledForGood(await change.settle(failure, true)) : { refused: failure };
		}
		if ('done' in sent.value) {
			return sent.value;
		}
		const { refused } = sent.value;
		last = refused;
		isInDoubt ||= refused.outcomeUnknown;
		const again = patience.next(refused);
		const isLast = again === undefined;
		const settled = await change.settle(isLast ? { ...refused, outcomeUnknown: isInDoubt } : refused, isLast);
		if ('done' in settled || isLast || !settled.mayRepeat) {
			return settledForGood(settled);
		}
		if (!signal.aborted && again > clock.now()) {
			change.waiting?.(again, settled.refused);
			await clock.wait(again - clock.now(), signal);
		}
	}
}

async function sendOnce<T>(change: Change<T>, { lane, clock, signal }: Road): Promise<Changed<T>> {
	change.sending?.();
	const sentAt = clock.now();
	try {
		const done = await change.send(signal);
		lane.speedUp();
		return { done };
	} catch (error) {
		const refused = failureOf(error);
		if (refused.kind === 'throttled') {
			lane.slowDown(refused, sentAt);
		} else if (!refused.outcomeUnknown) {
			lane.speedUp();
		}
		return { refused };
	}
}

function settledForGood<T>(settled: Settled<T>): Changed<T> {
	if ('done' in settled) {
		return settled;
	}
	const { mayRepeat, ...refusal } = settled;
	return refusal;
}

/** What is said of a change that was cancelled before it was sent, or sent again after a failure. */
function cancelled({ service, profile, region, operation }: Partial<ProviderFailure> = {}): ProviderFailure {
	return {
		...(service && { service }),
		...(profile !== undefined && { profile }),
		...(region !== undefined && { region }),
		...(operation !== undefined && { operation }),
		kind: 'cancelled',
		retryable: true,
		outcomeUnknown: false,
	};
}

/** What is said of a change that was not sent because others were throttled. */
function ofOthers({ region, requestId, retryAfterMs, ...failure }: ProviderFailure): ProviderFailure {
	return failure;
}
