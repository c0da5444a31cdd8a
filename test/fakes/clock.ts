import type { Clock } from '../../src/services/ports';

/** A clock on which nobody waits: time goes on by as much as somebody wants to. */
export class FakeClock implements Clock {
	/** Milliseconds since 1970. */
	time = Date.parse('2026-05-27T12:00:00Z');
	/** What was waited for, in milliseconds, in order. */
	readonly waits: number[] = [];
	/** Called while somebody waits; the time is that of the wait's end already. */
	onWait: () => void | Promise<void> = () => {};

	now(): number {
		return this.time;
	}

	async wait(milliseconds: number, signal: AbortSignal): Promise<void> {
		this.waits.push(milliseconds);
		if (!signal.aborted) {
			this.time += milliseconds;
			await this.onWait();
		}
	}
}
