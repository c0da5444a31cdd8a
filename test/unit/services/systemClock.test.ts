import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { systemClock } from '../../../src/services/systemClock';

describe('systemClock', () => {
	it("tells the machine's time in milliseconds since 1970", () => {
		const before = Date.now();
		const now = systemClock.now();
		assert.ok(before <= now && now <= Date.now());
	});

	it('waits that long', async () => {
		const started = performance.now();
		await systemClock.wait(30, new AbortController().signal);
		// A timer may be early by what its rounding takes away.
		assert.ok(performance.now() - started >= 28);
	});

	it('waits no longer once the signal aborts', async () => {
		const abort = new AbortController();
		const waiting = systemClock.wait(60_000, abort.signal);
		abort.abort();
		await waiting;
	});

	it('does not wait for a signal that has aborted', async () => {
		await systemClock.wait(60_000, AbortSignal.abort());
	});

	it('leaves no listener behind', async () => {
		const { signal } = new AbortController();
		await systemClock.wait(1, signal);
		assert.equal(getEventListeners(signal, 'abort').length, 0);
	});
});
