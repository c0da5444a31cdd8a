import type { KeyPair } from '../domain/keyPair';
import type { Target } from '../domain/target';
import type { KeyPairProvider } from '../providers/contract';
import { isProviderError, type ProviderFailure } from '../providers/failure';
import type { Clock } from './ports';

/** Looking must come to an end within this time, also after a cancel. */
const looksTimeoutMs = 20_000;

/** Services are eventually consistent: right after a change a look may miss it. Milliseconds before each look. */
const looksAfterMs = [0, 500, 1500, 3000];

/** The key pair that has the name, after a change whose answer does not say what came of it. Looks several times, until it is what is `expected`. Not bound
 * to the signal of the change, which may be what ended it. `unknown` when the service does not say. */
export async function lookAfterwards(
	provider: KeyPairProvider,
	target: Target,
	keyName: string,
	clock: Clock,
	expected: (seen: KeyPair | undefined) => boolean,
): Promise<KeyPair | 'unknown' | undefined> {
	const signal = AbortSignal.timeout(looksTimeoutMs);
	let seen: KeyPair | undefined;
	try {
		for (const delay of looksAfterMs) {
			await clock.wait(delay, signal);
			seen = await provider.find(target, keyName, signal);
			if (expected(seen)) {
				break;
			}
		}
		return seen;
	} catch (error) {
		failureOf(error);
		return 'unknown';
	}
}

/** Whether both are one key pair as a service tells of it at two times: by its id, and where there is none by name and fingerprint. */
export function isSameKeyPair(one: KeyPair, other: KeyPair): boolean {
	return (
		one.name === other.name &&
		(one.id === undefined || other.id === undefined ? one.fingerprint === other.fingerprint : one.id === other.id)
	);
}

/** The failure of a ProviderError. Throws anything else: that is a bug. */
export function failureOf(error: unknown): ProviderFailure {
	if (isProviderError(error)) {
		return error.failure;
	}
	throw error;
}
