import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { orAborted, pause, withLimit } from '../../../src/providers/waiting';

describe('Waiting', () => {
	it('with a limit ends at the limit, also after memory was collected', async () => {
		setFlagsFromString('--expose-gc');
		const collect: () => void = runInNewContext('gc');
		const { signal } = new AbortController();
		const waiting = withLimit(signal, 150, (limited) => orAborted(new Promise(() => {}), limited));
		for (let round = 0; round < 4; round++) {
			await new Promise((resolve) => setTimeout(resolve, 10));
			collect();
		}
		const late = new Promise((_, reject) => setTimeout(reject, 1_500, new Error('the limit was forgotten')).unref());
		await assert.rejects(Promise.race([waiting, late]), { name: 'TimeoutError' });
	});

	it('with a limit ends with the signal, and with the work', async () => {
		const abort = new AbortController();
		const waiting = withLimit(abort.signal, 60_000, (limited) => orAborted(new Promise(() => {}), limited));
		abort.abort(new Error('enough'));
		await assert.rejects(waiting, /enough/);
		assert.equal(await withLimit(new AbortController().signal, 60_000, async () => 'done'), 'done');
	});

	it('leaves no listener behind', async () => {
		const { signal } = new AbortController();
		for (let round = 0; round < 5; round++) {
			await pause(1, signal);
			await orAborted(Promise.reject(new Error('x')), signal).catch(() => undefined);
		}
		assert.equal(getEventListeners(signal, 'abort').length, 0);
	});

	it('is over at once for a signal that has aborted', async () => {
		const signal = AbortSignal.abort(new Error('before'));
		await assert.rejects(pause(60_000, signal), /before/);
		await assert.rejects(orAborted(new Promise(() => {}), signal), /before/);
	});
});
