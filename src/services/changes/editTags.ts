import { isSameKeyPair, type KeyPair } from '../../domain/keyPair';
import { checkTag, checkTags, type KeyPairRules, type RuleProblem } from '../../domain/rules';
import { type Target, targetId } from '../../domain/target';
import type { KeyPairProvider, TagChange } from '../../providers/contract';
import { failureOf, type ProviderFailure } from '../../providers/failure';
import type { Clock, Log, Providers } from '../ports';
import { findBefore, lookAfter, lookNow } from './keyPairLook';

/** The tags of a key pair. */
export type Tags = Readonly<Record<string, string>>;

/** What came of a change of tags. */
export type TagOutcome =
	| { readonly status: 'changed'; readonly keyPair: KeyPair }
	| { readonly status: 'refused'; readonly problems: readonly RuleProblem[] }
	/** The key pair that was meant is not there. */
	| { readonly status: 'notThere' }
	/** `keyPair`: as it is now, where that could be found out; a part of the change may have been made. */
	| { readonly status: 'failed'; readonly failure: ProviderFailure; readonly keyPair?: KeyPair };

/** What leads from one set of tags to another; undefined when they are the same. */
export function tagDifference(before: Tags, after: Tags): TagChange | undefined {
	const set = Object.entries(after).filter(([key, value]) => !Object.hasOwn(before, key) || before[key] !== value);
	const remove = Object.keys(before).filter((key) => !Object.hasOwn(after, key));
	return set.length > 0 || remove.length > 0 ? { set: Object.fromEntries(set), remove } : undefined;
}

/** Whether a tag is the vendor's own, such as CloudFormation's: it can be read and not changed. */
export function isReserved(key: string, rules: KeyPairRules): boolean {
	return checkTag(key, '', rules).some(({ code }) => code === 'tagKeyReserved');
}

/** What the rules say against tags: against their number, and against those that are not as they were before. */
export function checkTagEdit(before: Tags, after: Tags, rules: KeyPairRules): readonly RuleProblem[] {
	const change = tagDifference(before, after);
	if (!change) {
		return [];
	}
	const own = Object.fromEntries(Object.entries(after).filter(([key]) => !isReserved(key, rules)));
	const whole = checkTags(own, rules).filter(({ code }) => code === 'tagTooMany' || code === 'tagsUnsupported');
	const removed = change.remove
		.flatMap((key) => checkTag(key, '', rules))
		.filter(({ code }) => code === 'tagKeyReserved');
	const changed = Object.entries(change.set).flatMap(([key, value]) => checkTag(key, value, rules));
	return [...whole, ...removed, ...changed].filter(({ severity }) => severity === 'error');
}

/** The tags with a change made. */
export function withChange(tags: Tags, { set, remove }: TagChange): Tags {
	return { ...Object.fromEntries(Object.entries(tags).filter(([key]) => !remove.includes(key))), ...set };
}

/** Changes the tags of the key pair that is meant, if it still has its name. Others' changes to other tags stay. Rejects only for a bug. */
export async function editTags(
	target: Target,
	meant: KeyPair,
	change: TagChange,
	{ providers, clock, log }: { readonly providers: Providers; readonly clock: Clock; readonly log: Log },
	signal: AbortSignal,
): Promise<TagOutcome> {
	const { rules } = providers.manifest(target.service);
	const provider = await providers.load(target.service);
	const outcome = await changeTags(provider, target, meant, change, rules, clock, signal);
	log.info(`Edit tags in ${targetId(target)}: ${outcome.status}`);
	return outcome;
}

async function changeTags(
	provider: KeyPairProvider,
	target: Target,
	meant: KeyPair,
	change: TagChange,
	rules: KeyPairRules,
	clock: Clock,
	signal: AbortSignal,
): Promise<TagOutcome> {
	const ifMeant = (found: KeyPair | undefined) => (found && isSameKeyPair(found, meant) ? found : undefined);
	let found: KeyPair | undefined;
	try {
		found = ifMeant(await findBefore(provider, target, meant.name, signal));
		if (!found) {
			return { status: 'notThere' };
		}
		const before = found.tags ?? {};
		const wanted = withChange(before, change);
		const problems = checkTagEdit(before, wanted, rules);
		if (problems.length > 0) {
			return { status: 'refused', problems };
		}
		const difference = tagDifference(before, wanted);
		if (difference) {
			await provider.changeTags(target, found, difference, signal);
		}
		return { status: 'changed', keyPair: { ...found, tags: wanted } };
	} catch (error) {
		const failure = failureOf(error);
		if (!found) {
			return { status: 'failed', failure };
		}
		const isMade = (seen: KeyPair | undefined): boolean =>
			seen !== undefined && tagDifference(seen.tags ?? {}, withChange(seen.tags ?? {}, change)) === undefined;
		const look = {
			find: async (own: AbortSignal) => ifMeant(await provider.find(target, meant.name, own)),
			clock,
		};
		// Several calls may make up the change: also when the last one was refused for certain, others may have been carried out.
		const now = failure.outcomeUnknown
			? await lookAfter(look, isMade)
			: await lookNow(look, new AbortController().signal);
		if (now === undefined || now === 'unknown') {
			return { status: 'failed', failure };
		}
		return isMade(now)
			? { status: 'changed', keyPair: now }
			: { status: 'failed', failure: { ...failure, outcomeUnknown: false }, keyPair: now };
	}
}
