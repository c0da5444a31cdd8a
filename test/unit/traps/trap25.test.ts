import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import { failureOf } from '../providers/failing';
import { type AlibabaService, alibabaServices, placeIn, useAlibabaTrap } from './alibabaTrap';
import { lines, never } from './awsTrap';

const request = { keyName: 'laptop', publicKey: lines.rsa, tags: {}, dryRun: false } as const;

describe("Trap 25: calls to Alibaba Cloud can't be cancelled: what was cancelled may still land", function () {
	this.timeout(10_000);
	const trap = useAlibabaTrap();

	/** Starts an import that the service takes its time for, and cancels it once the request is there. */
	async function cancelled<T>(start: (signal: AbortSignal) => Promise<T>): Promise<T> {
		const { faults, requests } = trap().emulator;
		faults.set([{ operation: 'ImportKeyPair', delayMs: 300 }]);
		const abort = new AbortController();
		const importing = start(abort.signal);
		while (requests.count({ operation: 'ImportKeyPair' }) === 0) {
			await setTimeout(5);
		}
		abort.abort();
		return importing;
	}

	for (const service of alibabaServices) {
		it(`comes back at once, and says of an import into ${service} that it may have been made`, async () => {
			const provider = trap().provider(service);
			const started = performance.now();
			const failure = await cancelled((signal) => failureOf(provider.import(placeIn(service), request, signal)));
			assert.ok(performance.now() - started < 280);
			assert.deepEqual([failure.kind, failure.outcomeUnknown], ['cancelled', true]);
			assert.deepEqual(trap().stored(service), []);
			await setTimeout(500);
			assert.deepEqual(trap().stored(service), ['laptop']);
		});
	}

	it('looks again after a cancel, and counts as imported what has landed', async () => {
		const outcome = await cancelled((signal) => trap().import('ecs', {}, signal));
		assert.equal(outcome.status, 'imported');
	});

	it('drops the answer of a read that comes later', async () => {
		const { faults, requests } = trap().emulator;
		faults.set([{ operation: 'DescribeKeyPairs', delayMs: 100 }]);
		const abort = new AbortController();
		const service: AlibabaService = 'ecs';
		const listing = failureOf(trap().provider(service).list(placeIn(service), abort.signal));
		while (requests.count() === 0) {
			await setTimeout(5);
		}
		abort.abort();
		const failure = await listing;
		assert.deepEqual([failure.kind, failure.outcomeUnknown], ['cancelled', false]);
		await setTimeout(150);
		faults.clear();
		assert.deepEqual(await trap().provider(service).list(placeIn(service), never), []);
	});
});
