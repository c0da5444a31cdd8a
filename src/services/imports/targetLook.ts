import type { KeyPair } from '../../domain/keyPair';
import { type Held, holdsKey } from '../../domain/matching';
import type { PublicKey } from '../../domain/publicKey';
import type { Target } from '../../domain/target';
import type { KeyPairProvider } from '../../providers/contract';
import { type Look, lookAfter, lookNow, mayBeMadeSince, type Seen } from '../changes/keyPairLook';
import type { Clock } from '../ports';
import type { LearnedFingerprints } from './learnedFingerprints';

/** What is looked for, and where. */
export interface Wanted {
	readonly target: Target;
	readonly key: PublicKey;
	readonly keyName: string;
	readonly provider: KeyPairProvider;
	readonly clock: Clock;
	readonly random: () => number;
	readonly fingerprints: LearnedFingerprints;
}

/** Looks at what a target has under a name, as often as it takes. */
export class TargetLook {
	/** The key pair that was deleted to be replaced. It may stay visible for a while, and does not count. */
	deleted: KeyPair | undefined;
	/** When the first change was sent, in milliseconds since 1970. */
	since: number | undefined;

	private readonly look: Look;

	constructor(private readonly wanted: Wanted) {
		const { provider, target, keyName, clock, random } = wanted;
		const find = async (signal: AbortSignal): Promise<KeyPair | undefined> => {
			const found = await provider.find(target, keyName, signal);
			return found && this.deleted && this.compare(found, this.deleted) === 'same' ? undefined : found;
		};
		this.look = { find, clock, random };
	}

	/** What has the name before anything is sent. */
	before(signal: AbortSignal): Promise<Seen> {
		return lookNow(this.look, signal);
	}

	/** What has the name after a change, see `lookAfter`. */
	find(expected: (seen: KeyPair | undefined) => boolean, isLast: boolean): Promise<Seen> {
		return lookAfter(this.look, expected, isLast);
	}

	/** Whether a key pair holds the key, also by the fingerprint that the same service gave to the key elsewhere in this run. */
	holds(keyPair: KeyPair): Held {
		const { fingerprints, key, target } = this.wanted;
		const held = holdsKey(keyPair, key);
		return held === 'unknown' && fingerprints.has(target.service, keyPair) ? 'same' : held;
	}

	/** Whether the key pair may have been made by a call of ours, as far as its age says. */
	mayBeOurs(keyPair: KeyPair): boolean {
		return this.since === undefined || mayBeMadeSince(keyPair, this.since);
	}

	/** Whether both are one and the same key pair, not merely alike. */
	compare(a: KeyPair, b: KeyPair): Held {
		if (a.id !== undefined && b.id !== undefined) {
			return a.id === b.id ? 'same' : 'different';
		}
		const isOther =
			(a.fingerprint !== undefined && b.fingerprint !== undefined && a.fingerprint !== b.fingerprint) ||
			(a.createdAt !== undefined && b.createdAt !== undefined && a.createdAt.getTime() !== b.createdAt.getTime());
		if (isOther) {
			return 'different';
		}
		// What was made since may have been made anew within the same second or minute, which is all that some services tell.
		return a.createdAt !== undefined && b.createdAt !== undefined && !this.mayBeOurs(a) ? 'same' : 'unknown';
	}
}
