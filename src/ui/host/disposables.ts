import type { Disposable } from '../../services/event';

/** Owns what it is given and disposes all of it, the last first; what comes later is disposed at once. */
export class DisposableStore implements Disposable {
	private readonly owned: Disposable[] = [];
	private disposed = false;

	add<T extends Disposable>(disposable: T): T {
		if (this.disposed) {
			disposable.dispose();
		} else {
			this.owned.push(disposable);
		}
		return disposable;
	}

	dispose(): void {
		this.disposed = true;
		for (const disposable of this.owned.splice(0).reverse()) {
			disposable.dispose();
		}
	}
}
