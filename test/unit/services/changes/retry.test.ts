import assert from 'node:assert/strict';
import { backoffMs, mayPass, Patience } from '../../../../src/services/changes/retry';
import { FakeClock } from '../../../fakes/clock';
import { aDoubt, aFailure } from '../../../fakes/failures';

const throttled = aFailure('throttled', { retryable: true });

describe('backoffMs', () => {
	const limits = [1, 2, 3, 4, 5, 6, 20].map((failures) => backoffMs(failures, throttled, () => 1));

	it('draws from a range that doubles with each failure, up to twenty seconds', () => {
		assert.deepEqual(limits, [1_000, 2_000, 4_000, 8_000, 16_000, 20_000, 20_000]);
	});

	it('draws from the whole range, so that many do not come back together', () => {
		assert.deepEqual(
			[0, 0.25, 0.5].map((drawn) => backoffMs(2, throttled, () => drawn)),
			[0, 500, 1_000],
		);
	});

	it('is never shorter than what the service asks for, and little longer', () => {
		assert.equal(
			backoffMs(1, { retryAfterMs: 7_000 }, () => 0),
			7_000,
		);
		assert.ok(Math.abs(backoffMs(1, { retryAfterMs: 7_000 }, () => 1) - 7_700) < 1);
	});

	it('may be longer than what the service asks for', () => {
		assert.equal(
			backoffMs(5, { retryAfterMs: 1_000 }, () => 1),
			16_000,
		);
	});
});

describe('mayPass', () => {
	it('holds of throttling, failures of the service and of the network', () => {
		for (const kind of ['throttled', 'serverError', 'timedOut', 'unreachable', 'notTheService'] as const) {
			assert.ok(mayPass(aDoubt(kind)), kind);
		}
	});

	it('does not hold of what takes longer, needs the person, or was given up', () => {
		for (const kind of ['regionNotReady', 'notPermitted', 'cancelled', 'unknown'] as const) {
			assert.ok(!mayPass(aDoubt(kind)), kind);
		}
		assert.ok(!mayPass(aFailure('unreachable')), 'what the provider says is of no use');
	});
});

describe('Patience', () => {
	it('has a next time after each of five failures, and none after the sixth', () => {
		const patience = new Patience(new FakeClock(), () => 0);
		const given = Array.from({ length: 6 }, () => patience.next(throttled) !== undefined);
		assert.deepEqual(given, [true, true, true, true, true, false]);
	});

	it('tells when, by the clock', () => {
		const clock = new FakeClock();
		assert.equal(new Patience(clock, () => 0.5).next(throttled), clock.time + 500);
	});

	it('has no next time for what will not pass', () => {
		assert.equal(new Patience(new FakeClock(), () => 0).next(aFailure('notPermitted')), undefined);
	});

	it('ends a minute after the first failure', () => {
		const clock = new FakeClock();
		const patience = new Patience(clock, () => 0);
		assert.equal(patience.next(throttled), clock.time);
		clock.time += 60_000;
		assert.equal(patience.next(throttled), clock.time);
		clock.time += 1;
		assert.equal(patience.next(throttled), undefined);
	});

	it('waits for what the service asks for within the minute, and gives up at once beyond it', () => {
		const clock = new FakeClock();
		const asking = (retryAfterMs: number) => new Patience(clock, () => 0).next({ ...throttled, retryAfterMs });
		assert.equal(asking(59_000), clock.time + 59_000);
		assert.equal(asking(61_000), undefined);
	});

	it('starts its attempts anew for another call, and not its minute', () => {
		const clock = new FakeClock();
		const first = new Patience(clock, () => 0);
		first.next(throttled);
		clock.time += 60_001;
		assert.equal(first.renewed().next(throttled), undefined);
	});
});
