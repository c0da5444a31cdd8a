import type { Clock } from './ports';

/** The machine's clock. */
export const systemClock: Clock = {
	now: () => Date.now(),
	wait: (milliseconds, signal) =>
		new Promise((resolve) => {
			if (signal.aborted) {
				resolve();
				return;
			}
			const end = (): void => {
				clearTimeout(timer);
				signal.removeEventListener('abort', end);
				resolve();
			};
			const timer = setTimeout(end, milliseconds);
			signal.addEventListener('abort', end);
		}),
};
