import type { KeyPair } from '../domain/keyPair';
import { holdsKey } from '../domain/matching';
import { parsePublicKeys } from '../domain/parsePublicKeys';
import { checkTag } from '../domain/rules';
import type { Target } from '../domain/target';
import type { KeyPairProvider } from '../providers/contract';
import { isProviderError, type ProviderFailure } from '../providers/failure';
import type { ImportContext, KeyImport, TargetOutcome } from './keyImport';

/** Looking, and putting back, must come to an end within this time, also after a cancel. */
const afterwardsTimeoutMs = 20_000;

/** EC2 is eventually consistent: right after a change a look may miss it. Milliseconds before each look. */
const looksAfterMs = [0, 500, 1500];

/** What was deleted is not given up at the first failure. Milliseconds before each attempt to put it back. */
const restoresAfterMs = [0, 1000, 3000];

/** Clocks differ: a key pair made up to this long before our call may be our own. */
const clockToleranceMs = 60_000;

/** An import that did not come about, and the key pair that has the name where there is one. */
interface Refusal {
	readonly refused: ProviderFailure;
	readonly existing?: KeyPair;
	readonly replaced?: 'restored' | 'lost';
}

/** Imports one key into one target and finds out what came of it, also where the service's answer does not say. */
export class TargetImport {
	private readonly startedAt: number;
	/** The key pair that was deleted to be replaced. */
	private deleted: KeyPair | undefined;

	constructor(
		private readonly target: Target,
		private readonly request: KeyImport,
		private readonly provider: KeyPairProvider,
		private readonly context: ImportContext,
		private readonly signal: AbortSignal,
	) {
		this.startedAt = context.clock.now();
	}

	/** Rejects only for a bug. */
	async run(): Promise<TargetOutcome> {
		const result = await this.attempt();
		if (!('refused' in result)) {
			return result;
		}
		return result.refused.kind === 'nameTaken' ? this.taken(result.refused) : this.failed(result);
	}

	/** One call, and a look at what became of it where its answer leaves that open. */
	private async attempt(): Promise<TargetOutcome | Refusal> {
		const { key, keyName, tags, dryRun } = this.request;
		try {
			// Without the comment: services replace it by the name, and EC2 refuses characters beyond ASCII in it.
			const request = { keyName, publicKey: key.publicKey, tags, dryRun };
			const imported = await this.provider.import(this.target, request, this.signal);
			return imported ? this.present('imported', imported.keyPair) : { target: this.target, status: 'permitted' };
		} catch (error) {
			const refused = failureOf(error);
			return refused.outcomeUnknown ? this.look(refused) : { refused };
		}
	}

	/** Whether the import was done after all. */
	private async look(refused: ProviderFailure): Promise<TargetOutcome | Refusal> {
		const found = await this.find((seen) => seen !== undefined && this.holds(seen) === 'same');
		if (found === 'unknown') {
			// Whether it was done stays open, and the failure says so.
			return { refused };
		}
		if (!found) {
			return { refused: { ...refused, outcomeUnknown: false } };
		}
		switch (this.holds(found)) {
			case 'unknown':
				return { refused, existing: found };
			case 'different':
				return { refused: { ...refused, outcomeUnknown: false }, existing: found };
			case 'same':
				if (!found.createdAt || found.createdAt.getTime() >= this.startedAt - clockToleranceMs) {
					return this.present('imported', found);
				}
				return this.request.ifExists === 'fail'
					? { refused: { ...refused, outcomeUnknown: false }, existing: found }
					: this.present('alreadyPresent', found);
		}
	}

	/** The service says the name is taken: by this key, so that nothing is left to do, or by another. */
	private async taken(refused: ProviderFailure): Promise<TargetOutcome> {
		const { dryRun, ifExists } = this.request;
		const existing = await this.find((seen) => seen !== undefined);
		if (!existing || existing === 'unknown') {
			return this.failed({ refused });
		}
		if (this.holds(existing) === 'same' && ifExists !== 'fail') {
			return this.present('alreadyPresent', existing);
		}
		if (ifExists === 'replace' && !dryRun) {
			return this.replace(existing);
		}
		return this.failed({ refused, existing });
	}

	/** Deletes the key pair that has the name and imports the new one; when that fails the old one is put back where its key is known. */
	private async replace(old: KeyPair): Promise<TargetOutcome> {
		const refusal = await this.delete(old);
		if (refusal) {
			return this.failed(refusal);
		}
		this.deleted = old;
		const result = await this.attempt();
		return 'refused' in result ? this.restore(old, result) : result;
	}

	/** Undefined once the key pair is gone. */
	private async delete(old: KeyPair): Promise<Refusal | undefined> {
		try {
			await this.provider.delete(this.target, old, this.signal);
			return undefined;
		} catch (error) {
			const refused = failureOf(error);
			if (refused.kind === 'notFound') {
				return undefined;
			}
			if (!refused.outcomeUnknown) {
				return { refused, existing: old };
			}
			const isGone = (seen: KeyPair | undefined): boolean => seen === undefined || seen.id !== old.id;
			const found = await this.find(isGone);
			if (found === 'unknown') {
				return { refused, existing: old };
			}
			return isGone(found) ? undefined : { refused: { ...refused, outcomeUnknown: false }, existing: old };
		}
	}

	private async restore(old: KeyPair, refusal: Refusal): Promise<TargetOutcome> {
		let { refused } = refusal;
		const [key] = parsePublicKeys(old.publicKey ?? '').keys;
		for (const delay of key ? restoresAfterMs : []) {
			const found = await this.putBack(old, delay);
			if (found === 'unknown') {
				refused = { ...refused, outcomeUnknown: true };
				continue;
			}
			refused = { ...refused, outcomeUnknown: false };
			if (found) {
				if (this.holds(found) === 'same') {
					// The new one landed late.
					return this.present('imported', found);
				}
				if (key && holdsKey(found, key) === 'same') {
					return this.failed({ refused, existing: found, replaced: 'restored' });
				}
				break;
			}
		}
		return this.failed({ refused, existing: old, replaced: 'lost' });
	}

	/** What has the name afterwards: the old key pair, or what kept it from being put back. */
	private async putBack(old: KeyPair, delay: number): Promise<KeyPair | 'unknown' | undefined> {
		const signal = AbortSignal.timeout(afterwardsTimeoutMs);
		await this.context.clock.wait(delay, signal);
		const { rules } = this.context.providers.manifest(this.target.service);
		// The vendor's own tags, such as CloudFormation's, can be read but not set.
		const tags = Object.entries(old.tags ?? {}).filter(([name, value]) =>
			checkTag(name, value, rules).every(({ severity }) => severity !== 'error'),
		);
		const request = {
			keyName: old.name,
			publicKey: (old.publicKey ?? '').trim(),
			tags: Object.fromEntries(tags),
			dryRun: false,
		};
		try {
			return (await this.provider.import(this.target, request, signal))?.keyPair;
		} catch (error) {
			failureOf(error);
			return this.find((seen) => seen !== undefined);
		}
	}

	/** The key pair that has the name. Looks several times, until it is what is `wanted`: a change may not be visible yet. Not bound to the import's own
	 * signal, which may be what ended it. `unknown` when the service does not say. */
	private async find(wanted: (seen: KeyPair | undefined) => boolean): Promise<KeyPair | 'unknown' | undefined> {
		const signal = AbortSignal.timeout(afterwardsTimeoutMs);
		let seen: KeyPair | undefined;
		try {
			for (const delay of looksAfterMs) {
				await this.context.clock.wait(delay, signal);
				const found = await this.provider.find(this.target, this.request.keyName, signal);
				// What was deleted may stay visible for a while.
				seen = found?.id !== undefined && found.id === this.deleted?.id ? undefined : found;
				if (wanted(seen)) {
					break;
				}
			}
			return seen;
		} catch (error) {
			failureOf(error);
			return 'unknown';
		}
	}

	private holds(keyPair: KeyPair) {
		return holdsKey(keyPair, this.request.key);
	}

	private present(status: 'imported' | 'alreadyPresent', keyPair: KeyPair): TargetOutcome {
		return { target: this.target, status, keyPair };
	}

	private failed({ refused, ...more }: Refusal): TargetOutcome {
		// A cancel that changed something, or may have, is said as a failure: *cancelled* means that nothing was done.
		return refused.kind === 'cancelled' && !refused.outcomeUnknown && more.replaced !== 'lost'
			? { target: this.target, status: 'cancelled' }
			: { target: this.target, status: 'failed', failure: { by: 'service', failure: refused, ...more } };
	}
}

/** The failure of a ProviderError. Throws anything else: that is a bug. */
function failureOf(error: unknown): ProviderFailure {
	if (isProviderError(error)) {
		return error.failure;
	}
	throw error;
}
