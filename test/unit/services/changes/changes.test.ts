import assert from 'node:assert/strict';
import type { ProviderFailure } from '../../../../src/providers/failure';
import { type Change, makeChange } from '../../../../src/services/changes/changes';
import { Lane } from '../../../../src/services/changes/lanes';
import { Patience } from '../../../../src/services/changes/retry';
import { FakeClock } from '../../../fakes/clock';
import { aDoubt, aFailure, refusal } from '../../../fakes/failures';

const throttled = aFailure('throttled', {
	retryable: true,
	service: 'ec2',
	profile: 'prod',
	region: 'us-east-1',
	requestId: 'r-1',
	retryAfterMs: 50_000,
});

describe('makeChange', () => {
	let clock: FakeClock;
	let lane: Lane;
	let settled: (readonly [kind: string, outcomeUnknown: boolean, isLast: boolean])[];
	beforeEach(() => {
		clock = new FakeClock();
		lane = new Lane(40, clock, () => 0.5);
		settled = [];
	});

	/** Fails with these, one by one; what became of it is not to be seen. */
	function failing(...failures: readonly ProviderFailure[]): Change<string> {
		const next = failures[Symbol.iterator]();
		return {
			send: async () => {
				const { value } = next.next();
				if (value) {
					throw refusal(value);
				}
				return 'made';
			},
			settle: async (refused, isLast) => {
				settled.push([refused.kind, refused.outcomeUnknown, isLast]);
				return { refused: { ...refused, outcomeUnknown: false }, mayRepeat: true };
			},
		};
	}

	const run = (change: Change<string>, patience = new Patience(clock, () => 0.5)) =>
		makeChange(change, { lane, clock, signal: new AbortController().signal, patience });

	it('says with the last failure whether any of them left it open what was done', async () => {
		const busy = aFailure('throttled', { retryable: true });
		const outcome = await run(failing(aDoubt('serverError'), busy, aFailure('notPermitted')));

		assert.ok('refused' in outcome);
		assert.deepEqual(settled, [
			['serverError', true, false],
			['throttled', false, false],
			['notPermitted', true, true],
		]);
	});

	it('counts the time of looking as a part of the pause', async () => {
		const change = failing(aDoubt('serverError'));
		const settle: typeof change.settle = async (refused) => {
			clock.time += 400;
			return { refused, mayRepeat: true };
		};
		assert.deepEqual(await run({ ...change, settle }), { done: 'made' });
		assert.deepEqual(clock.waits, [100]);
	});

	it('waits for others that were throttled no longer than it may be tried', async () => {
		const patience = new Patience(clock, () => 0.5);
		patience.deadline();
		clock.time += 20_000;
		lane.slowDown(throttled, clock.time);
		const outcome = await run(failing(), patience);

		assert.deepEqual(clock.waits, []);
		// Not of the region, and not by the request, that was throttled.
		const told = aFailure('throttled', { retryable: true, service: 'ec2', profile: 'prod' });
		assert.deepEqual(outcome, { refused: told });
	});

	it('then has failed as it had before, after a last look', async () => {
		const change = failing(aDoubt('serverError', { code: 'own' }));
		const settle: typeof change.settle = (refused, isLast) => {
			if (!isLast) {
				clock.time += 20_000;
				lane.slowDown(throttled, clock.time);
			}
			return change.settle(refused, isLast);
		};
		const outcome = await run({ ...change, settle });

		assert.ok('refused' in outcome);
		assert.deepEqual([outcome.refused.code, outcome.refused.outcomeUnknown], ['own', false]);
		assert.deepEqual(settled.at(-1), ['serverError', true, true]);
	});
});
