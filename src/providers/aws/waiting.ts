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
