import type { KeyPair } from '../domain/keyPair';
import { type Held, holdsKey } from '../domain/matching';
import type { PublicKey } from '../domain/publicKey';
import type { Service, Target } from '../domain/target';
import type { KeyPairProvider } from '../providers/contract';
import { failureOf } from './changes';
import type { Clock } from './ports';
import { backoffMs, mayPass } from './retry';

/** Looking must come to an end within this time, also after a cancel. */
export const looksTimeoutMs = 20_000;

/** EC2 is eventually consistent: right after a change a look may miss it. Milliseconds before each look. */
const looksAfterMs = [0, 500, 1500];

/** The same where nothing follows that would tell: what was sent may still be on its way, or be carried out step by step (Lightsail). */
const lastLooksAfterMs = [...looksAfterMs, 3000];

/** So often a look is tried in all when it fails. The provider has repeated each by itself. */
const maxTries = 4;

/** Clocks differ, and ECS and ENS tell whole minutes only: a key pair made up to this long before our call may be our own. */
const clockToleranceMs = 120_000;

/** The fingerprints that services gave to the key of a run, as they spell them. */
export class LearnedFingerprints {
	private readonly known = new Set<string>();

	/** Takes in what a service answered when the key was imported. */
	learn(service: Service, { fingerprint }: KeyPair): void {
		if (fingerprint !== undefined) {
			this.known.add(`${service} ${fingerprint}`);
		}
	}

	/** Whether the service gave this fingerprint to the key elsewhere. */
	has(service: Service, { fingerprint }: KeyPair): boolean {
		return fingerprint !== undefined && this.known.has(`${service} ${fingerprint}`);
	}
}

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

	constructor(private readonly wanted: Wanted) {}

	/** The key pair that has the name. Looks several times, until it is what is `expected`: a change may not be visible yet. Not bound to the import's own
	 * signal, which may be what ended it. `isLast`: nothing will be sent after it. `unknown` when the service does not say. */
	async find(
		expected: (seen: KeyPair | undefined) => boolean,
		isLast = false,
	): Promise<KeyPair | 'unknown' | undefined> {
		const signal = AbortSignal.timeout(looksTimeoutMs);
		let seen: KeyPair | 'unknown' | undefined;
		for (const delay of isLast ? lastLooksAfterMs : looksAfterMs) {
			await this.wanted.clock.wait(delay, signal);
			seen = await this.look(signal);
			if (seen === 'unknown' || expected(seen)) {
				break;
			}
		}
		return seen;
	}

	/** One look; repeated only when it fails. */
	async look(signal: AbortSignal): Promise<KeyPair | 'unknown' | undefined> {
		const { provider, target, keyName, clock, random } = this.wanted;
		for (let tries = 1; ; tries++) {
			try {
				const found = await provider.find(target, keyName, signal);
				return found && this.deleted && this.compare(found, this.deleted) === 'same' ? undefined : found;
			} catch (error) {
				const failure = failureOf(error);
				if (tries === maxTries || signal.aborted || !mayPass(failure)) {
					return 'unknown';
				}
				await clock.wait(backoffMs(tries, failure, random), signal);
			}
		}
	}

	/** Whether a key pair holds the key, also by the fingerprint that the same service gave to the key elsewhere in this run. */
	holds(keyPair: KeyPair): Held {
		const { fingerprints, key, target } = this.wanted;
		const held = holdsKey(keyPair, key);
		return held === 'unknown' && fingerprints.has(target.service, keyPair) ? 'same' : held;
	}

	/** Whether the key pair may have been made by a call of ours, as far as its age says. */
	mayBeOurs({ createdAt }: KeyPair): boolean {
		return createdAt === undefined || this.since === undefined || createdAt.getTime() >= this.since - clockToleranceMs;
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
