import type { KeyPair } from '../../domain/keyPair';
import type { Target } from '../../domain/target';
import type { KeyPairProvider } from '../../providers/contract';
import { failureOf } from '../../providers/failure';
import { withLimit } from '../../providers/waiting';
import type { Clock } from '../ports';
import { backoffMs, mayPass } from './retry';

/** Looking must come to an end within this time, also after a cancel. In milliseconds. */
const looksTimeoutMs = 20_000;

/** Services are eventually consistent: right after a change a look may miss it. Milliseconds before each look. */
const looksAfterMs = [0, 500, 1500];

/** The same where nothing follows that would tell: what was sent may still be on its way, or be carried out step by step (Lightsail). */
const lastLooksAfterMs = [...looksAfterMs, 3000];

/** So often a look is tried in all when it fails. The provider has repeated each by itself. */
const maxTries = 4;

/** Clocks differ, and ECS and ENS tell whole minutes only: a key pair made up to this long before our call may be our own. */
const clockToleranceMs = 120_000;

/** What has the name; `unknown` when the service does not say. */
export type Seen = KeyPair | 'unknown' | undefined;

/** How a key pair is looked for. */
export interface Look {
	/** Asks the service once for what has the name. @throws {ProviderError} */
	find(signal: AbortSignal): Promise<KeyPair | undefined>;
	readonly clock: Clock;
	/** Numbers from 0 to 1, by which pauses are drawn; absent: by chance. */
	readonly random?: () => number;
}

/** What has a name before it is changed, found within some seconds.
 * @throws {ProviderError} with a certain outcome: nothing was sent that changes anything. */
export async function findBefore(
	provider: Pick<KeyPairProvider, 'find'>,
	target: Target,
	keyName: string,
	signal: AbortSignal,
): Promise<KeyPair | undefined> {
	return withLimit(signal, looksTimeoutMs, (limited) => provider.find(target, keyName, limited));
}

/** What has the name now: one look, repeated only when it fails. */
export function lookNow(look: Look, signal: AbortSignal): Promise<Seen> {
	return withLimit(signal, looksTimeoutMs, (limited) => lookOnce(look, limited));
}

/** What has the name after a change whose answer does not say what came of it. Looks several times, until it is what is `expected`: a change may not be
 * visible yet. Not bound to the signal of the change, which may be what ended it. `isLast`: nothing will be sent after it. */
export async function lookAfter(
	look: Look,
	expected: (seen: KeyPair | undefined) => boolean,
	isLast = true,
): Promise<Seen> {
	const signal = AbortSignal.timeout(looksTimeoutMs);
	let seen: Seen;
	for (const delay of isLast ? lastLooksAfterMs : looksAfterMs) {
		await look.clock.wait(delay, signal);
		seen = await lookOnce(look, signal);
		if (seen === 'unknown' || expected(seen)) {
			break;
		}
	}
	return seen;
}

/** Whether a key pair may have been made by a call of ours that was sent at a time (in milliseconds since 1970), as far as its age says. */
export function mayBeMadeSince({ createdAt }: KeyPair, sentAt: number): boolean {
	return createdAt === undefined || createdAt.getTime() >= sentAt - clockToleranceMs;
}

async function lookOnce({ find, clock, random = Math.random }: Look, signal: AbortSignal): Promise<Seen> {
	for (let tries = 1; ; tries++) {
		try {
			return await find(signal);
		} catch (error) {
			const failure = failureOf(error);
			if (tries === maxTries || signal.aborted || !mayPass(failure)) {
				return 'unknown';
			}
			await clock.wait(backoffMs(tries, failure, random), signal);
		}
	}
}
