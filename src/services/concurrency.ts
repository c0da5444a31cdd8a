/** Runs tasks, at most `limit` at a time, in the order in which they were handed in. */
export class TaskQueue {
	private running = 0;
	private readonly waiting: (() => void)[] = [];

	constructor(private readonly limit: number) {}

	/** The task's own result or rejection. */
	async run<T>(task: () => Promise<T>): Promise<T> {
		if (this.running >= this.limit) {
			await new Promise<void>((resolve) => this.waiting.push(resolve));
		} else {
			this.running++;
		}
		try {
			return await task();
		} finally {
			// A waiting task takes this one's place, so that the count stays as it is.
			const next = this.waiting.shift();
			if (next) {
				next();
			} else {
				this.running--;
			}
		}
	}
}

/** One queue per key, made at first use: calls to one account don't hold up another's. */
export class TaskQueues {
	private readonly queues = new Map<string, TaskQueue>();

	constructor(private readonly limit: number) {}

	for(key: string): TaskQueue {
		let queue = this.queues.get(key);
		if (!queue) {
			queue = new TaskQueue(this.limit);
			this.queues.set(key, queue);
		}
		return queue;
	}
}

/** Lets a long row of callers go on a few at a time, so that other work of the same thread comes in between. */
export class Turns {
	private count = 0;
	private turn = Promise.resolve();

	/** `perTurn`: so many callers go on in one turn of the event loop. */
	constructor(private readonly perTurn: number) {}

	/** Resolves at the caller's turn, in the order of the calls. */
	next(): Promise<void> {
		if (this.count > 0 && this.count % this.perTurn === 0) {
			this.turn = this.turn.then(() => new Promise((resolve) => setImmediate(resolve)));
		}
		this.count++;
		return this.turn;
	}
}
