import type { ProviderFailure } from '../../providers/failure';
import type { Clock } from '../ports';

/** Everybody's pause after the first throttled call, in milliseconds; doubled as long as every call is throttled. */
const firstPauseMs = 500;

const maxPauseMs = 8_000;

/** A service that asks for more than this is asked again all the same. In milliseconds. */
const maxAskedPauseMs = 60_000;

/** Asked when a call has to wait because others were throttled: until when (in milliseconds since 1970), and their failure. `false`: it waits no longer. */
export type Paused = (until: number, failure: ProviderFailure) => boolean;

/** The changes that are sent with one profile to one service: a limited number at a time, in the order in which they were handed in. When one is throttled,
 * all that come after it wait, and fewer go at a time until calls succeed again. */
export class Lane {
	private running = 0;
	private limit: number;
	/** Those that wait for their turn, in order. */
	private readonly line = new Set<() => void>();
	private throttled: { readonly at: number; readonly until: number; readonly failure: ProviderFailure } | undefined;
	/** How often in a row, with no success in between. */
	private throttles = 0;

	constructor(
		private readonly maxRunning: number,
		private readonly clock: Clock,
		private readonly random: () => number,
	) {
		this.limit = maxRunning;
	}

	/** Runs the task at its turn, and resolves or rejects as it does; undefined when the signal aborted before, or `paused` gave it up. */
	async run<T>(
		signal: AbortSignal,
		task: () => Promise<T>,
		paused: Paused = () => true,
	): Promise<{ value: T } | undefined> {
		await this.turn(signal);
		try {
			return (await this.pause(signal, paused)) ? { value: await task() } : undefined;
		} finally {
			this.running--;
			this.admit();
		}
	}

	/** Takes in that a call sent at a time (in milliseconds since 1970) was throttled. Calls that were on their way together count as one. */
	slowDown(failure: ProviderFailure, sentAt: number): void {
		const now = this.clock.now();
		if (this.throttled === undefined || sentAt >= this.throttled.at) {
			this.throttles++;
			this.limit = Math.max(1, Math.floor(this.limit / 2));
		} else if (failure.retryAfterMs === undefined) {
			return;
		}
		const pause = Math.min(maxPauseMs, firstPauseMs * 2 ** (this.throttles - 1)) * (0.5 + this.random() / 2);
		const until = Math.max(
			this.throttled?.until ?? 0,
			now + Math.max(pause, Math.min(maxAskedPauseMs, failure.retryAfterMs ?? 0)),
		);
		this.throttled = { at: now, until, failure };
	}

	/** Takes in that a call was not throttled. */
	speedUp(): void {
		this.throttles = 0;
		this.limit = Math.min(this.maxRunning, this.limit + 1);
		this.admit();
	}

	private async turn(signal: AbortSignal): Promise<void> {
		if (this.running < this.limit) {
			this.running++;
			return;
		}
		await new Promise<void>((resolve) => {
			const admitted = (): void => {
				signal.removeEventListener('abort', aborted);
				resolve();
			};
			const aborted = (): void => {
				// Beyond the limit for a moment: nothing is sent.
				this.line.delete(admitted);
				this.running++;
				resolve();
			};
			if (signal.aborted) {
				aborted();
				return;
			}
			this.line.add(admitted);
			signal.addEventListener('abort', aborted, { once: true });
		});
	}

	/** Whether the call may go now. */
	private async pause(signal: AbortSignal, paused: Paused): Promise<boolean> {
		while (!signal.aborted && this.throttled && this.clock.now() < this.throttled.until) {
			const { until, failure } = this.throttled;
			if (!paused(until, failure)) {
				return false;
			}
			await this.clock.wait(until - this.clock.now(), signal);
		}
		return !signal.aborted;
	}

	private admit(): void {
		for (const admitted of this.line) {
			if (this.running >= this.limit) {
				return;
			}
			this.running++;
			this.line.delete(admitted);
			admitted();
		}
	}
}

/** One lane per key, made at first use. */
export class Lanes {
	private readonly lanes = new Map<string, Lane>();

	constructor(private readonly make: () => Lane) {}

	for(key: string): Lane {
		let lane = this.lanes.get(key);
		if (!lane) {
			lane = this.make();
			this.lanes.set(key, lane);
		}
		return lane;
	}
}
