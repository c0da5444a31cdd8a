import type { KeyPair } from '../../domain/keyPair';
import { checkName, checkTags, type RuleProblem } from '../../domain/rules';
import { type Target, targetId } from '../../domain/target';
import type { CreateArguments, KeyPairProvider } from '../../providers/contract';
import { failureOf, type ProviderFailure } from '../../providers/failure';
import type { Clock, Log, Providers } from '../ports';
import { findBefore, lookAfter, mayBeMadeSince } from './keyPairLook';

/** A key pair that a service is to make. */
export interface KeyCreation extends CreateArguments {
	readonly target: Target;
}

/** What came of it. Only `created` has the private key: the one copy there is. */
export type CreateOutcome =
	| {
			readonly status: 'created';
			readonly keyPair: KeyPair;
			readonly privateKey: string;
			/** The service's own id of the request. */
			readonly requestId?: string;
	  }
	/** Nothing was made. */
	| { readonly status: 'cancelled' }
	| { readonly status: 'refused'; readonly problems: readonly RuleProblem[] }
	/** The answer was lost, but the key pair is there now: nobody has its private key. */
	| { readonly status: 'keyLost'; readonly keyPair: KeyPair; readonly failure: ProviderFailure }
	/** Nothing was made, unless the failure's outcome is unknown. */
	| { readonly status: 'failed'; readonly failure: ProviderFailure; readonly existing?: KeyPair };

/** Has a service make a key pair, after a look whether the name is free. The request is sent once: a second one would make another key, or be refused for the
 * first one's name. Where its answer is lost the target is looked at. Rejects only for a bug. */
export async function createKeyPair(
	{ target, ...request }: KeyCreation,
	{ providers, clock, log }: { readonly providers: Providers; readonly clock: Clock; readonly log: Log },
	signal: AbortSignal,
): Promise<CreateOutcome> {
	const { rules } = providers.manifest(target.service);
	const problems = [...checkName(request.keyName, rules), ...checkTags(request.tags, rules)].filter(
		({ severity }) => severity === 'error',
	);
	if (problems.length > 0) {
		return { status: 'refused', problems };
	}
	const provider = await providers.load(target.service);
	const outcome = await create(provider, target, request, clock, signal);
	log.info(`Create in ${targetId(target)}: ${outcome.status}`);
	return outcome;
}

async function create(
	provider: KeyPairProvider,
	target: Target,
	request: CreateArguments,
	clock: Clock,
	signal: AbortSignal,
): Promise<CreateOutcome> {
	const before = await lookBefore(provider, target, request.keyName, signal);
	if (before && 'failure' in before) {
		return before.failure.kind === 'cancelled'
			? { status: 'cancelled' }
			: { status: 'failed', failure: before.failure };
	}
	if (before && 'existing' in before) {
		const failure = { kind: 'nameTaken', retryable: false, outcomeUnknown: false, ...target } as const;
		return { status: 'failed', failure, existing: before.existing };
	}
	if (signal.aborted) {
		return { status: 'cancelled' };
	}
	const startedAt = clock.now();
	try {
		return { status: 'created', ...(await provider.create(target, request, signal)) };
	} catch (error) {
		const failure = failureOf(error);
		if (!failure.outcomeUnknown) {
			return failure.kind === 'cancelled' ? { status: 'cancelled' } : { status: 'failed', failure };
		}
		const find = (own: AbortSignal) => provider.find(target, request.keyName, own);
		const found = await lookAfter({ find, clock }, (seen) => seen !== undefined);
		if (found === 'unknown') {
			return { status: 'failed', failure };
		}
		if (found === undefined) {
			return failure.kind === 'cancelled'
				? { status: 'cancelled' }
				: { status: 'failed', failure: { ...failure, outcomeUnknown: false } };
		}
		// Where the look before was not allowed, only its age says whose it is.
		const isOurs = before === undefined || (found.createdAt !== undefined && mayBeMadeSince(found, startedAt));
		return isOurs ? { status: 'keyLost', keyPair: found, failure } : { status: 'failed', failure, existing: found };
	}
}

/** What stands in the way: the key pair that has the name, or why that can't be found out. `notAllowed`: the profile may not look, which is no reason not to
 * create. Undefined when the name is free. */
async function lookBefore(
	provider: KeyPairProvider,
	target: Target,
	keyName: string,
	signal: AbortSignal,
): Promise<{ existing: KeyPair } | { failure: ProviderFailure } | { notAllowed: true } | undefined> {
	try {
		const found = await findBefore(provider, target, keyName, signal);
		return found && { existing: found };
	} catch (error) {
		const failure = failureOf(error);
		return failure.kind === 'notPermitted' ? { notAllowed: true } : { failure: { ...failure, outcomeUnknown: false } };
	}
}
