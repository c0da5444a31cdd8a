import assert from 'node:assert/strict';
import { TaskQueue, TaskQueues, Turns } from '../../../src/services/concurrency';
import { settled } from './imports/importing';

/** Tasks that run until they are ended, and what became of them. */
class Tasks {
	readonly started: string[] = [];
	private readonly ends = new Map<string, () => void>();

	task(name: string): () => Promise<string> {
		return () => {
			this.started.push(name);
			return new Promise((resolve) => this.ends.set(name, () => resolve(name)));
		};
	}

	async end(name: string): Promise<void> {
		this.ends.get(name)?.();
		await settled();
	}
}

describe('TaskQueue', () => {
	let tasks: Tasks;
	let queue: TaskQueue;
	beforeEach(() => {
		tasks = new Tasks();
		queue = new TaskQueue(2);
	});

	it('starts so many tasks at once and the next ones, in order, as others end', async () => {
		const running = ['a', 'b', 'c', 'd'].map((name) => queue.run(tasks.task(name)));
		await settled();
		assert.deepEqual(tasks.started, ['a', 'b']);
		await tasks.end('b');
		assert.deepEqual(tasks.started, ['a', 'b', 'c']);
		await tasks.end('a');
		assert.deepEqual(tasks.started, ['a', 'b', 'c', 'd']);
		await tasks.end('c');
		await tasks.end('d');
		assert.deepEqual(await Promise.all(running), ['a', 'b', 'c', 'd']);
	});

	it('hands a rejection on and goes on with the next task', async () => {
		const fails = (): Promise<never> => Promise.reject(new Error('no'));
		const running = [queue.run(fails), queue.run(fails), queue.run(async () => 'done')];
		const results = await Promise.allSettled(running);

		assert.deepEqual(
			results.map(({ status }) => status),
			['rejected', 'rejected', 'fulfilled'],
		);
	});

	it('goes on after a task that throws before it begins', async () => {
		const throws = (): Promise<never> => {
			throw new Error('no');
		};
		for (let count = 0; count < 3; count++) {
			await assert.rejects(queue.run(throws), /no/);
		}
		assert.equal(await queue.run(async () => 'done'), 'done');
	});

	it('never runs more than its limit, however tasks come and end', async () => {
		let running = 0;
		let most = 0;
		const task = async (): Promise<void> => {
			most = Math.max(most, ++running);
			await settled();
			running--;
		};
		const first = Array.from({ length: 7 }, () => queue.run(task));
		await settled();
		const second = Array.from({ length: 7 }, () => queue.run(task));
		await Promise.all([...first, ...second]);
		await Promise.all(Array.from({ length: 7 }, () => queue.run(task)));

		assert.deepEqual([most, running], [2, 0]);
	});
});

describe('TaskQueues', () => {
	it('keeps one queue for each key, so that one does not hold up another', async () => {
		const tasks = new Tasks();
		const queues = new TaskQueues(1);
		const running = [
			queues.for('mel').run(tasks.task('mel 1')),
			queues.for('mel').run(tasks.task('mel 2')),
			queues.for('ops').run(tasks.task('ops 1')),
		];
		await settled();
		assert.deepEqual(tasks.started, ['mel 1', 'ops 1']);
		await tasks.end('mel 1');
		assert.deepEqual(tasks.started, ['mel 1', 'ops 1', 'mel 2']);
		await tasks.end('mel 2');
		await tasks.end('ops 1');
		await Promise.all(running);
	});
});

describe('Turns', () => {
	it('lets so many go on in each turn of the event loop, in order', async () => {
		const turns = new Turns(2);
		const went: number[] = [];
		const row = [0, 1, 2, 3, 4].map(async (index) => {
			await turns.next();
			went.push(index);
		});
		const seen: number[] = [];
		for (let turn = 0; turn < 3; turn++) {
			await new Promise((resolve) => setImmediate(resolve));
			seen.push(went.length);
		}
		await Promise.all(row);
		assert.deepEqual(seen, [2, 4, 5]);
		assert.deepEqual(went, [0, 1, 2, 3, 4]);
	});
});
