import assert from 'node:assert/strict';
import { Lane, Lanes } from '../../../../src/services/changes/lanes';
import { FakeClock } from '../../../fakes/clock';
import { aFailure } from '../../../fakes/failures';
import { settled } from '../imports/importing';

const throttled = aFailure('throttled', { retryable: true });

describe('Lane', () => {
	let clock: FakeClock;
	let lane: Lane;
	const started: string[] = [];
	const ends = new Map<string, () => void>();
	beforeEach(() => {
		clock = new FakeClock();
		lane = new Lane(4, clock, () => 1);
		started.length = 0;
		ends.clear();
	});

	function run(name: string, signal = new AbortController().signal): Promise<{ value: string } | undefined> {
		return lane.run(signal, () => {
			started.push(name);
			return new Promise((resolve) => ends.set(name, () => resolve(name)));
		});
	}

	async function end(name: string): Promise<void> {
		ends.get(name)?.();
		await settled();
	}

	it('runs so many at a time, and the others in order as those end', async () => {
		const running = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => run(name));
		await settled();
		assert.deepEqual(started, ['a', 'b', 'c', 'd']);
		await end('c');
		await end('a');
		assert.deepEqual(started, ['a', 'b', 'c', 'd', 'e', 'f']);
		for (const name of ['b', 'd', 'e', 'f']) {
			await end(name);
		}
		assert.deepEqual(
			(await Promise.all(running)).map((done) => done?.value),
			['a', 'b', 'c', 'd', 'e', 'f'],
		);
	});

	it('hands a rejection on, and goes on', async () => {
		const { signal } = new AbortController();
		await assert.rejects(
			lane.run(signal, () => Promise.reject(new Error('no'))),
			/no/,
		);
		assert.deepEqual(await lane.run(signal, async () => 'done'), { value: 'done' });
	});

	it('ends the wait of those that are cancelled at once, and never runs them', async () => {
		const abort = new AbortController();
		const running = ['a', 'b', 'c', 'd'].map((name) => run(name));
		const waiting = ['e', 'f'].map((name) => run(name, abort.signal));
		await settled();
		abort.abort();
		assert.deepEqual(await Promise.all(waiting), [undefined, undefined]);
		const next = run('g');
		await end('a');
		assert.deepEqual(started, ['a', 'b', 'c', 'd', 'g']);
		for (const name of ['b', 'c', 'd', 'g']) {
			await end(name);
		}
		await Promise.all([...running, next]);
	});

	it('does not run what was cancelled before', async () => {
		assert.equal(await run('a', AbortSignal.abort()), undefined);
		assert.deepEqual(started, []);
	});

	it('lets all that come after a throttled call wait, and tells them until when and why', async () => {
		const told: unknown[] = [];
		const { time } = clock;
		lane.slowDown(throttled, time);
		await lane.run(
			new AbortController().signal,
			async () => {},
			(until, failure) => told.push(until, failure) > 0,
		);
		assert.deepEqual(clock.waits, [500]);
		assert.deepEqual(told, [time + 500, throttled]);
	});

	it('lets go of a call that does not want to wait, and goes on with the others', async () => {
		lane.slowDown(throttled, clock.time);
		const { signal } = new AbortController();
		assert.equal(
			await lane.run(
				signal,
				async () => assert.fail('it was not to be sent'),
				() => false,
			),
			undefined,
		);
		assert.deepEqual(clock.waits, []);
		assert.deepEqual(await lane.run(signal, async () => 'sent'), { value: 'sent' });
	});

	it('waits twice as long each time in a row, up to eight seconds', async () => {
		const pauses: number[] = [];
		for (let count = 0; count < 6; count++) {
			lane.slowDown(throttled, clock.time);
			clock.waits.length = 0;
			await lane.run(new AbortController().signal, async () => {});
			pauses.push(...clock.waits);
		}
		assert.deepEqual(pauses, [500, 1_000, 2_000, 4_000, 8_000, 8_000]);
	});

	it('starts over once a call succeeds', async () => {
		lane.slowDown(throttled, clock.time);
		clock.time += 10_000;
		lane.speedUp();
		lane.slowDown(throttled, clock.time);
		await lane.run(new AbortController().signal, async () => {});
		assert.deepEqual(clock.waits, [500]);
	});

	it('counts calls that were on their way together as one', async () => {
		const sentAt = clock.time;
		clock.time += 100;
		for (let count = 0; count < 30; count++) {
			lane.slowDown(throttled, sentAt);
		}
		await lane.run(new AbortController().signal, async () => {});
		assert.deepEqual(clock.waits, [500]);
	});

	it('waits as long as the service asks for, up to a minute', async () => {
		lane.slowDown({ ...throttled, retryAfterMs: 5_000 }, clock.time);
		await lane.run(new AbortController().signal, async () => {});
		lane.slowDown({ ...throttled, retryAfterMs: 3_600_000 }, clock.time);
		await lane.run(new AbortController().signal, async () => {});
		assert.deepEqual(clock.waits, [5_000, 60_000]);
	});

	it('runs half as many at a time after each throttling, at least one, and one more after each success', async () => {
		for (let count = 0; count < 3; count++) {
			lane.slowDown(throttled, clock.time);
			clock.time += 60_000;
		}
		const running = ['a', 'b', 'c'].map((name) => run(name));
		await settled();
		assert.deepEqual(started, ['a']);
		lane.speedUp();
		await settled();
		assert.deepEqual(started, ['a', 'b']);
		for (const name of ['a', 'b', 'c']) {
			await end(name);
		}
		await Promise.all(running);
	});
});

describe('Lanes', () => {
	it('keeps one for each key', () => {
		const lanes = new Lanes(() => new Lane(1, new FakeClock(), () => 1));
		assert.equal(lanes.for('ec2/prod'), lanes.for('ec2/prod'));
		assert.notEqual(lanes.for('ec2/prod'), lanes.for('ec2/dev'));
	});
});
