import { isSameKeyPair, type KeyPair } from '../../domain/keyPair';
import { type Target, targetId } from '../../domain/target';
import type { KeyPairProvider } from '../../providers/contract';
import { failureOf, type ProviderFailure } from '../../providers/failure';
import type { Clock, Log, Providers } from '../ports';
import { findBefore, lookAfter } from './keyPairLook';

/** What came of deleting a key pair. */
export type DeleteOutcome =
	| { readonly status: 'deleted'; readonly keyPair: KeyPair }
	/** It was gone already. */
	| { readonly status: 'notThere' }
	/** The name belongs to another key pair by now, which was left alone. */
	| { readonly status: 'changed'; readonly keyPair: KeyPair }
	| { readonly status: 'cancelled' }
	/** It is still there, unless the failure's outcome is unknown. */
	| { readonly status: 'failed'; readonly failure: ProviderFailure };

/** Deletes the key pair that is meant, if it still has its name: what has the name is looked at right before. Where the answer is lost the target is looked at
 * again. Rejects only for a bug. */
export async function deleteKeyPair(
	target: Target,
	meant: KeyPair,
	{ providers, clock, log }: { readonly providers: Providers; readonly clock: Clock; readonly log: Log },
	signal: AbortSignal,
): Promise<DeleteOutcome> {
	const provider = await providers.load(target.service);
	const outcome = await remove(provider, target, meant, clock, signal);
	log.info(`Delete in ${targetId(target)}: ${outcome.status}`);
	return outcome;
}

async function remove(
	provider: KeyPairProvider,
	target: Target,
	meant: KeyPair,
	clock: Clock,
	signal: AbortSignal,
): Promise<DeleteOutcome> {
	let found: KeyPair | undefined;
	try {
		found = await findBefore(provider, target, meant.name, signal);
	} catch (error) {
		// Nothing was sent that changes anything.
		const failure = { ...failureOf(error), outcomeUnknown: false };
		return failure.kind === 'cancelled' && signal.aborted ? { status: 'cancelled' } : { status: 'failed', failure };
	}
	if (!found) {
		return { status: 'notThere' };
	}
	const keyPair = found;
	if (!isSameKeyPair(keyPair, meant) || keyPair.fingerprint !== meant.fingerprint) {
		return { status: 'changed', keyPair };
	}
	if (signal.aborted) {
		return { status: 'cancelled' };
	}
	try {
		await provider.delete(target, keyPair, signal);
		return { status: 'deleted', keyPair };
	} catch (error) {
		const failure = failureOf(error);
		if (failure.kind === 'notFound') {
			return { status: 'notThere' };
		}
		if (!failure.outcomeUnknown) {
			return failure.kind === 'cancelled' ? { status: 'cancelled' } : { status: 'failed', failure };
		}
		const isGone = (seen: KeyPair | undefined): boolean => seen === undefined || !isSameKeyPair(seen, keyPair);
		const find = (own: AbortSignal) => provider.find(target, keyPair.name, own);
		const seen = await lookAfter({ find, clock }, isGone);
		if (seen === 'unknown') {
			return { status: 'failed', failure };
		}
		if (isGone(seen)) {
			return { status: 'deleted', keyPair };
		}
		return failure.kind === 'cancelled'
			? { status: 'cancelled' }
			: { status: 'failed', failure: { ...failure, outcomeUnknown: false } };
	}
}
