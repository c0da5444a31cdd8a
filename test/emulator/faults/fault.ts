import type { RequestPattern } from '../requestLog';

/** Something that goes wrong with the calls that match (fields left out match all). Of several faults that match a call, the first one holds. */
export interface Fault extends RequestPattern {
	/** Which of the matching calls are hit, counted from 1 since the fault was set; left out: all. */
	readonly calls?: readonly number[];
	/** Waits that long, in milliseconds. Alone it is mere latency. */
	readonly delayMs?: number;
	/** Whether the wait and the effect come before the operation is done, which then is left undone, or after it. By default before. */
	readonly when?: 'before' | 'after';
	/** Left out: the call is answered as ever. */
	readonly effect?: Effect;
}

/** What becomes of the call. */
export type Effect =
	/** The service's answer to calls that come too fast: EC2's RequestLimitExceeded, 503. */
	| { readonly kind: 'throttle' }
	/** The service's answer when it fails itself: EC2's InternalError, 500. */
	| { readonly kind: 'serverError' }
	/** Any other error of the service; `status` is 400 when left out. */
	| {
			readonly kind: 'error';
			readonly code: string;
			readonly status?: number;
			readonly message?: string;
			/** Further members of the answer, such as the `code` within an exception of Lightsail's. */
			readonly members?: Readonly<Record<string, string>>;
	  }
	/** The connection breaks without an answer. */
	| { readonly kind: 'drop' }
	/** A page of HTML, as a captive portal (200) or a gateway (502) sends it. */
	| { readonly kind: 'html'; readonly status: number }
	/** The answer's headers at once, its body in pieces over `overMs` milliseconds. The operation is done. */
	| { readonly kind: 'slowBody'; readonly overMs: number }
	/** No answer until the client or the emulator gives up. */
	| { readonly kind: 'hang' };

/** The faults that are set, and how many calls each one has seen. */
export class FaultScript {
	#faults: { readonly fault: Fault; seen: number }[] = [];

	/** Replaces all faults; counting starts anew. */
	set(faults: readonly Fault[]): void {
		this.#faults = faults.map((fault) => ({ fault, seen: 0 }));
	}

	clear(): void {
		this.set([]);
	}

	/** The faults as they were set. */
	get(): readonly Fault[] {
		return this.#faults.map(({ fault }) => fault);
	}

	/** The fault that hits this call; each matching fault counts it, whether or not it is the one. */
	next(matchesCall: (fault: Fault) => boolean): Fault | undefined {
		let hit: Fault | undefined;
		for (const entry of this.#faults) {
			if (!matchesCall(entry.fault)) continue;
			entry.seen += 1;
			if (entry.fault.calls?.includes(entry.seen) ?? true) hit ??= entry.fault;
		}
		return hit;
	}
}
