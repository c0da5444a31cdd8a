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
