/** Ends whatever it stands for; a second call does nothing. */
export interface Disposable {
	dispose(): void;
}

/** Subscribes until the returned Disposable is disposed. The shape of VS Code's `Event`, without VS Code. */
export type Event<T> = (listener: (value: T) => void) => Disposable;

/** Tells its listeners what happened, in the order in which they subscribed. One that is disposed meanwhile is not told any more. */
export class Emitter<T> implements Disposable {
	private readonly listeners = new Set<(value: T) => void>();

	readonly event: Event<T> = (listener) => {
		const own = (value: T): void => listener(value);
		this.listeners.add(own);
		return { dispose: () => void this.listeners.delete(own) };
	};

	fire(value: T): void {
		for (const listener of [...this.listeners]) {
			if (this.listeners.has(listener)) {
				listener(value);
			}
		}
	}

	dispose(): void {
		this.listeners.clear();
	}
}
