import type { KeyPair } from '../../domain/keyPair';
import { checkTag } from '../../domain/rules';
import type { Target } from '../../domain/target';
import type { ImportArguments, KeyPairProvider, ServiceManifest } from '../../providers/contract';
import { type Changed, makeChange, type Road } from '../changes/changes';
import { Patience } from '../changes/retry';
import type { ImportProgress } from './keyImport';
import type { TargetLook } from './targetLook';

/** What has to be done after a deletion must come to an end within this time, also after a cancel. In milliseconds. */
export const afterDeletionTimeoutMs = 60_000;

/** Where a key pair is replaced. */
interface Place {
	readonly target: Target;
	readonly provider: KeyPairProvider;
}

/** Deletes the key pair that is to be replaced. Done once it is gone. */
export function deleteOld(
	old: KeyPair,
	look: TargetLook,
	{ target, provider, progress, ...road }: Place & Road & { readonly progress: ImportProgress },
): Promise<Changed<void>> {
	const isGone = (seen: KeyPair | undefined): boolean => seen === undefined || look.compare(seen, old) === 'different';
	return makeChange<void>(
		{
			send: (signal) => provider.delete(target, old, signal),
			settle: async (refused, isLast) => {
				if (refused.kind === 'notFound') {
					return { done: undefined };
				}
				if (!refused.outcomeUnknown) {
					return { refused, mayRepeat: true };
				}
				const found = await look.find(isGone, isLast);
				if (found === 'unknown') {
					return { refused };
				}
				return isGone(found)
					? { done: undefined }
					: { refused: { ...refused, outcomeUnknown: false }, mayRepeat: true };
			},
			waiting: (until, failure) => progress.waiting?.(target, until, failure),
		},
		road,
	);
}

/** Imports a key pair again that was deleted to be replaced, also after a cancel. Done with what has the name afterwards: that one, or another. */
export function putBack(
	old: KeyPair,
	look: TargetLook,
	place: Place & Pick<Road, 'lane' | 'clock'> & { readonly manifest: Pick<ServiceManifest, 'rules'>; random(): number },
): Promise<Changed<KeyPair>> {
	const { target, provider, manifest, lane, clock, random } = place;
	// The vendor's own tags, such as CloudFormation's, can be read but not set.
	const tags = Object.entries(old.tags ?? {}).filter(([name, value]) =>
		checkTag(name, value, manifest.rules).every(({ severity }) => severity !== 'error'),
	);
	const request: ImportArguments = {
		keyName: old.name,
		publicKey: (old.publicKey ?? '').trim(),
		tags: Object.fromEntries(tags),
		dryRun: false,
		...(old.resourceGroupId !== undefined && { resourceGroupId: old.resourceGroupId }),
	};
	return makeChange<KeyPair>(
		{
			send: async (signal) => (await provider.import(target, request, signal))?.keyPair ?? old,
			settle: async (failure) => {
				if (!failure.outcomeUnknown && failure.kind !== 'nameTaken' && failure.kind !== 'tagsMissing') {
					return { refused: failure, mayRepeat: true };
				}
				const found = await look.find((seen) => seen !== undefined, true);
				if (found && found !== 'unknown') {
					return { done: found };
				}
				// Names are unique: what is there already is not made twice.
				const outcomeUnknown = found === 'unknown' || failure.kind === 'nameTaken';
				return { refused: { ...failure, outcomeUnknown }, mayRepeat: true };
			},
		},
		{ lane, clock, signal: AbortSignal.timeout(afterDeletionTimeoutMs), patience: new Patience(clock, random) },
	);
}
