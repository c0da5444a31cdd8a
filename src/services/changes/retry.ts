import type { FailureKind, ProviderFailure } from '../../providers/failure';
import type { Clock } from '../ports';

/** The longest pause before the first repetition, in milliseconds; twice as long before each one after it. */
const firstBackoffMs = 1_000;

/** No backoff is longer, in milliseconds. */
const maxBackoffMs = 20_000;

/** So often a change is sent in all. */
const maxAttempts = 6;

/** So long after its first failure, or since it had to wait for others', a target is tried. In milliseconds. */
const timeLimitMs = 60_000;

/** Failures that a repetition a few seconds later may mend. A region that is being set up takes minutes. */
const passingKinds: ReadonlySet<FailureKind> = new Set<FailureKind>([
	'throttled',
	'serverError',
	'timedOut',
	'unreachable',
	'notTheService',
]);

/** Whether the same call may succeed in a few seconds, provided that it was not carried out. */
export function mayPass({ kind, retryable }: ProviderFailure): boolean {
	return retryable && passingKinds.has(kind);
}

/** How long to wait after so many failures in a row, in milliseconds: by chance anything up to a limit that doubles each time ("full jitter"), so that
 * many targets that failed together do not come back together. A wait that the service asked for is kept in full, and a tenth more at most. */
export function backoffMs(
	failures: number,
	{ retryAfterMs }: Pick<ProviderFailure, 'retryAfterMs'>,
	random: () => number,
): number {
	const limit = Math.min(maxBackoffMs, firstBackoffMs * 2 ** (failures - 1));
	const asked = retryAfterMs === undefined ? 0 : retryAfterMs * (1 + random() / 10);
	return Math.max(limit * random(), asked);
}

/** How often and how long one target is tried. */
export class Patience {
	private failures = 0;

	constructor(
		private readonly clock: Clock,
		private readonly random: () => number,
		private readonly limit: { until?: number } = {},
	) {}

	/** The same limit of time, and all attempts anew: for another call to the same target. */
	renewed(): Patience {
		return new Patience(this.clock, this.random, this.limit);
	}

	/** When trying ends (in milliseconds since 1970): some time after the first failure, or after this was first asked. */
	deadline(): number {
		this.limit.until ??= this.clock.now() + timeLimitMs;
		return this.limit.until;
	}

	/** When to try again after a failure (in milliseconds since 1970), or undefined when that would be of no use, too often or too late. */
	next(failure: ProviderFailure): number | undefined {
		const now = this.clock.now();
		const deadline = this.deadline();
		this.failures++;
		if (this.failures >= maxAttempts || !mayPass(failure)) {
			return undefined;
		}
		const at = now + backoffMs(this.failures, failure, this.random);
		return at > deadline ? undefined : at;
	}
}
