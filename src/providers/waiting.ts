/** The promise's value, unless the signal aborts before; the promise itself goes on, unobserved. Rejects with the
 * signal's reason. */
export function orAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
	return new Promise((resolve, reject) => {
		const abort = () => reject(signal.reason);
		if (signal.aborted) {
			abort();
		}
		signal.addEventListener('abort', abort, { once: true });
		promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
	});
}

/** The promise's value, unless it takes longer than so many milliseconds; the promise itself goes on, unobserved.
 * Rejects with a TimeoutError then. */
export async function within<T>(promise: Promise<T>, milliseconds: number): Promise<T> {
	return orAborted(promise, AbortSignal.timeout(milliseconds));
}

/** Resolves after so many milliseconds. Rejects with the signal's reason when it aborts. */
export function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
	let timer: NodeJS.Timeout | undefined;
	const elapsed = new Promise<void>((resolve) => {
		timer = setTimeout(resolve, milliseconds);
	});
	return orAborted(elapsed, signal).finally(() => clearTimeout(timer));
}

/** What `work` comes to with a signal that aborts when `signal` does, or after so many milliseconds. The timer lives as long as the work: in Node before 22,
 * `AbortSignal.any` does not keep an `AbortSignal.timeout` from being collected, and it then never aborts. */
export async function withLimit<T>(
	signal: AbortSignal,
	milliseconds: number,
	work: (limited: AbortSignal) => Promise<T>,
): Promise<T> {
	const limit = new AbortController();
	const timer = setTimeout(() => limit.abort(new DOMException('It took too long', 'TimeoutError')), milliseconds);
	try {
		return await work(AbortSignal.any([signal, limit.signal]));
	} finally {
		clearTimeout(timer);
	}
}

/** Whether a signal's reason is that time has run out. */
export function isTimeout(reason: unknown): boolean {
	return reason instanceof Error && reason.name === 'TimeoutError';
}
