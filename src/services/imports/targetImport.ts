import { keyPairIdentity } from '../../domain/importPlan';
import type { KeyPair } from '../../domain/keyPair';
import { holdsKey } from '../../domain/matching';
import { parsePublicKeys } from '../../domain/parsePublicKeys';
import type { PublicKey } from '../../domain/publicKey';
import type { Target } from '../../domain/target';
import type { ImportArguments, KeyPairProvider, ServiceManifest } from '../../providers/contract';
import { type ProviderFailure, unsupported } from '../../providers/failure';
import { makeChange, type Refusal, type Settled } from '../changes/changes';
import type { Lane } from '../changes/lanes';
import { Patience } from '../changes/retry';
import type { Clock } from '../ports';
import type { IfExists, ImportFailure, ImportProgress, TargetOutcome } from './keyImport';
import type { LearnedFingerprints } from './learnedFingerprints';
import { afterDeletionTimeoutMs, deleteOld, putBack } from './replacement';
import { TargetLook } from './targetLook';

/** What one target is to get, all choices taken in. */
export interface TargetRequest {
	readonly key: PublicKey;
	readonly keyName: string;
	readonly tags: Readonly<Record<string, string>>;
	readonly dryRun: boolean;
	readonly ifExists: IfExists;
	readonly resourceGroupId?: string;
	/** See `TargetChoice`. */
	readonly replaces?: string;
}

/** What an import into one target goes by. */
export interface TargetImportContext {
	readonly target: Target;
	readonly provider: KeyPairProvider;
	readonly manifest: Pick<ServiceManifest, 'capabilities' | 'rules'>;
	/** That of the target's profile and service. */
	readonly lane: Lane;
	/** Shared by all targets of a run. */
	readonly fingerprints: LearnedFingerprints;
	readonly clock: Clock;
	readonly random: () => number;
	/** The target's own. */
	readonly signal: AbortSignal;
	readonly progress: ImportProgress;
}

/** An import that did not come about; `existing` with `replaced: 'lost'` is the key pair that had the name. */
interface NotImported extends Refusal {
	readonly replaced?: 'restored' | 'lost';
}

/** The key pair that is there now. */
interface Present {
	readonly status: 'imported' | 'alreadyPresent';
	readonly keyPair: KeyPair;
	/** That of the request that decided. */
	readonly requestId?: string;
	readonly tagFailure?: ProviderFailure;
}

type Done = Present | { readonly status: 'permitted' };

/** Imports one key into one target and finds out what came of it, also where the service's answer does not say. */
export class TargetImport {
	/** How often the import was sent. */
	attempts = 0;
	/** Whether anything was sent that changes something. */
	hasSent = false;
	private readonly look: TargetLook;
	private readonly patience: Patience;
	/** Whether an import was sent that got no answer to go by. */
	private isInDoubt = false;
	/** Whether the name is known to have been free before the last import was sent. */
	private wasFree = false;
	/** The key pair that was deleted to be replaced. */
	private deleted: KeyPair | undefined;

	constructor(
		private readonly request: TargetRequest,
		private readonly context: TargetImportContext,
	) {
		this.look = new TargetLook({ ...context, key: request.key, keyName: request.keyName });
		this.patience = new Patience(context.clock, context.random);
	}

	/** Rejects only for a bug. */
	async run(): Promise<TargetOutcome> {
		const { dryRun } = this.request;
		const { target, manifest } = this.context;
		if (dryRun && !manifest.capabilities.dryRun) {
			return this.report({ refused: unsupported(target).failure });
		}
		const existing = dryRun || manifest.capabilities.publicKeyReadable ? undefined : await this.lookBefore();
		const result: Done | NotImported = existing ? { refused: nameTaken(target), existing } : await this.import();
		return this.report(
			'refused' in result && result.refused.kind === 'nameTaken' ? await this.nameTaken(result) : result,
		);
	}

	/** The key pair that has the name before anything is sent, as far as it can be seen. Where a service does not give keys back, this is what tells later
	 * whether the key pair is ours. */
	private async lookBefore(): Promise<KeyPair | undefined> {
		const { signal } = this.context;
		const before = await this.look.before(signal);
		this.wasFree = before === undefined;
		return before === 'unknown' ? undefined : before;
	}

	private async import(signal = this.context.signal): Promise<Done | NotImported> {
		const { key, keyName, tags, dryRun, resourceGroupId } = this.request;
		const { target, provider, progress, clock, fingerprints } = this.context;
		// Without the comment: services replace it by the name, and EC2 refuses characters beyond ASCII in it.
		const request: ImportArguments = {
			...{ keyName, publicKey: key.publicKey, tags, dryRun },
			...(resourceGroupId !== undefined && { resourceGroupId }),
		};
		const changed = await makeChange<Done>(
			{
				sending: () => {
					this.attempts++;
					this.hasSent ||= !dryRun;
					this.look.since ??= clock.now();
					progress.started?.(target);
				},
				send: async (own) => {
					const imported = await provider.import(target, request, own);
					if (!imported) {
						return { status: 'permitted' };
					}
					fingerprints.learn(target.service, imported.keyPair);
					return { status: 'imported', ...imported };
				},
				settle: (refused, isLast) => this.settleImport(refused, isLast),
				waiting: (until, failure) => progress.waiting?.(target, until, failure),
			},
			{ ...this.context, signal, patience: this.patience.renewed() },
		);
		return 'done' in changed ? changed.done : changed;
	}

	/** What became of an import that failed. */
	private async settleImport(refused: ProviderFailure, isLast: boolean): Promise<Settled<Done>> {
		if (refused.kind === 'tagsMissing') {
			return { done: await this.withoutTags(refused) };
		}
		if (refused.kind === 'nameTaken') {
			return this.isInDoubt ? this.settleDuplicate({ ...refused, outcomeUnknown: false }) : { refused };
		}
		if (!refused.outcomeUnknown) {
			return { refused, mayRepeat: true };
		}
		this.isInDoubt = true;
		const isExpected = (seen: KeyPair | undefined) => seen !== undefined && (this.isOurs(seen) || this.isSame(seen));
		const found = await this.look.find(isExpected, isLast);
		if (found === 'unknown') {
			// Whether it was done stays open, and the failure says so.
			return { refused };
		}
		const notDone = { ...refused, outcomeUnknown: false };
		if (!found) {
			this.wasFree = true;
			return { refused: notDone, mayRepeat: true };
		}
		if (this.isOurs(found)) {
			return { done: await this.found(found, refused) };
		}
		if (this.isSame(found) && this.request.ifExists !== 'fail') {
			return { done: present('alreadyPresent', found, refused) };
		}
		return this.look.holds(found) === 'unknown' && this.look.mayBeOurs(found)
			? { refused, existing: found }
			: { refused: notDone, existing: found, mayRepeat: true };
	}

	/** The key pair that was certainly imported, with its tags where they can be added now. */
	private async withoutTags(refused: ProviderFailure): Promise<Present> {
		const { key, keyName } = this.request;
		const { aborted } = this.context.signal;
		// After a cancel they are not sent again: those on their way are waited for.
		const found = await this.look.find(
			(seen) => seen !== undefined && (!aborted || this.missingTags(seen).length === 0),
			aborted,
		);
		return found && found !== 'unknown'
			? this.found(found, refused)
			: { ...present('imported', { name: keyName, publicKey: key.publicKey }, refused), tagFailure: refused };
	}

	/** Whether the name is taken by what an earlier call of ours made. */
	private async settleDuplicate(refused: ProviderFailure): Promise<Settled<Done>> {
		const found = await this.look.find((seen) => seen !== undefined, true);
		if (!found || found === 'unknown') {
			// It may well be ours.
			return { refused: { ...refused, outcomeUnknown: true } };
		}
		return this.isOurs(found) ? { done: await this.found(found, refused) } : { refused, existing: found };
	}

	/** Whether a call of ours made the key pair: it has a name that was free before, or it holds the key and is young enough. */
	private isOurs(found: KeyPair): boolean {
		const held = this.look.holds(found);
		return this.wasFree ? held !== 'different' : held === 'same' && this.look.mayBeOurs(found);
	}

	private isSame(found: KeyPair): boolean {
		return this.look.holds(found) === 'same';
	}

	/** The key pair that a call of ours made without saying so. Tags may still be missing where they are set after the import. */
	private async found(keyPair: KeyPair, { requestId }: ProviderFailure): Promise<Present> {
		const { target, provider, manifest } = this.context;
		const imported = present('imported', keyPair, { ...(requestId !== undefined && { requestId }) });
		const missing = this.missingTags(keyPair);
		if (missing.length === 0 || !manifest.capabilities.tags) {
			return imported;
		}
		const set = Object.fromEntries(missing);
		const changed = await makeChange<void>(
			{
				send: (signal) => provider.changeTags(target, keyPair, { set, remove: [] }, signal),
				settle: (refused, isLast) => this.settleTags(refused, isLast),
			},
			{ ...this.context, patience: this.patience.renewed() },
		);
		return 'done' in changed
			? { ...imported, keyPair: { ...keyPair, tags: { ...keyPair.tags, ...set } } }
			: { ...imported, tagFailure: changed.refused };
	}

	/** What became of the tags when setting them failed. Setting them again does no harm, so that only the last failure is looked into. */
	private async settleTags(refused: ProviderFailure, isLast: boolean): Promise<Settled<void>> {
		if (!refused.outcomeUnknown || !isLast) {
			return { refused, mayRepeat: true };
		}
		const isTagged = (seen: KeyPair | undefined) => seen !== undefined && this.missingTags(seen).length === 0;
		const seen = await this.look.find(isTagged, isLast);
		if (seen === 'unknown') {
			return { refused };
		}
		return isTagged(seen) ? { done: undefined } : { refused: { ...refused, outcomeUnknown: false } };
	}

	private missingTags({ tags = {} }: KeyPair): readonly (readonly [name: string, value: string])[] {
		return Object.entries(this.request.tags).filter(([name, value]) => tags[name] !== value);
	}

	/** The service says the name is taken: by this key, so that nothing is left to do, or by another. */
	private async nameTaken(refusal: Refusal): Promise<Done | NotImported> {
		const { dryRun, ifExists, replaces } = this.request;
		if (refusal.refused.outcomeUnknown) {
			return refusal;
		}
		const existing = refusal.existing ?? (await this.look.find((seen) => seen !== undefined, false));
		if (!existing || existing === 'unknown') {
			return refusal;
		}
		if (this.isSame(existing) && ifExists !== 'fail') {
			return present('alreadyPresent', existing, refusal.refused);
		}
		const isAgreed = replaces === undefined || replaces === keyPairIdentity(existing);
		return ifExists === 'replace' && !dryRun && isAgreed ? this.replace(existing) : { ...refusal, existing };
	}

	/** Deletes the key pair that has the name and imports the new one; when that fails the old one is put back where its key is known. */
	private async replace(old: KeyPair): Promise<Done | NotImported> {
		const { signal } = this.context;
		this.hasSent = true;
		const deletion = await deleteOld(old, this.look, { ...this.context, signal, patience: this.patience.renewed() });
		if ('refused' in deletion) {
			return { existing: old, ...deletion };
		}
		this.deleted = old;
		this.look.deleted = old;
		this.wasFree = true;
		this.isInDoubt = false;
		const [key] = parsePublicKeys(old.publicKey ?? '').keys;
		// Where the old one can't be put back, a cancel comes too late: it would leave nothing.
		const result = await this.import(key ? signal : AbortSignal.timeout(afterDeletionTimeoutMs));
		return 'refused' in result ? this.restore(old, key, result) : result;
	}

	/** Puts back what was deleted, although the import may have been cancelled. */
	private async restore(
		old: KeyPair,
		key: PublicKey | undefined,
		{ refused }: Refusal,
	): Promise<Present | NotImported> {
		if (!key) {
			return { refused, existing: old, replaced: 'lost' };
		}
		const back = await putBack(old, this.look, this.context);
		if ('refused' in back) {
			const { outcomeUnknown } = back.refused;
			return { refused: { ...refused, outcomeUnknown }, existing: old, replaced: 'lost' };
		}
		const found = back.done;
		if (this.isSame(found)) {
			// The new one landed late.
			return present('imported', found, refused);
		}
		const certain = { ...refused, outcomeUnknown: false };
		return holdsKey(found, key) === 'same'
			? { refused: certain, existing: found, replaced: 'restored' }
			: { refused: certain, existing: old, replaced: 'lost' };
	}

	private report(result: Done | NotImported): TargetOutcome {
		const { target, clock } = this.context;
		const told = { target, keyName: this.request.keyName, at: clock.now(), attempts: this.attempts };
		if (!('refused' in result)) {
			const replacedKeyPair = this.deleted;
			return result.status === 'imported'
				? { ...told, ...result, status: 'imported', ...(replacedKeyPair && { replacedKeyPair }) }
				: { ...told, ...result };
		}
		const { refused, ...more } = result;
		const requestId = refused.requestId === undefined ? {} : { requestId: refused.requestId };
		// A cancel that changed something, or may have, is said as a failure: *cancelled* means that nothing was done.
		if (refused.kind === 'cancelled' && !refused.outcomeUnknown && more.replaced === undefined) {
			return { ...told, ...requestId, status: 'cancelled' };
		}
		const failure: ImportFailure = { by: 'service', failure: refused, ...more };
		return { ...told, ...requestId, status: 'failed', failure };
	}
}

function present(
	status: Present['status'],
	keyPair: KeyPair,
	{ requestId }: Pick<ProviderFailure, 'requestId'>,
): Present {
	return { status, keyPair, ...(requestId !== undefined && { requestId }) };
}

/** The name is seen to be taken before anything was sent. */
function nameTaken(target: Target): ProviderFailure {
	return { kind: 'nameTaken', ...target, retryable: false, outcomeUnknown: false };
}
