/** An answer that is asked for at first use and kept until it is forgotten. One that failed is not kept. */
export class Kept<T> {
	private answer: Promise<T> | undefined;

	constructor(private readonly ask: () => Promise<T>) {}

	/** The answer as kept, or asked for now. Several callers share one. */
	get(): Promise<T> {
		if (!this.answer) {
			const answer = this.ask();
			answer.catch(() => {
				if (this.answer === answer) {
					this.answer = undefined;
				}
			});
			this.answer = answer;
		}
		return this.answer;
	}

	forget(): void {
		this.answer = undefined;
	}
}
