import { setTimeout as delay } from 'node:timers/promises';

const LIMIT_MS = 10_000;
const PAUSE_MS = 25;

/** Repeats a check until it goes through and returns what it returned. @throws {unknown} its last error, after so many milliseconds */
export async function eventually<T>(check: () => T | Promise<T>, limitMs = LIMIT_MS): Promise<T> {
	for (const deadline = Date.now() + limitMs; ; ) {
		try {
			return await check();
		} catch (error) {
			if (Date.now() > deadline) {
				throw error;
			}
		}
		await delay(PAUSE_MS);
	}
}
