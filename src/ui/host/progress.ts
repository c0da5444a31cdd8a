import { CancellationError, type CancellationToken, ProgressLocation, window } from 'vscode';
import { isProviderError } from '../../providers/failure';

/** A signal that aborts when the token is cancelled, or has been. */
export function toAbortSignal(token: CancellationToken | undefined): AbortSignal {
	const controller = new AbortController();
	if (token?.isCancellationRequested) {
		controller.abort();
	}
	token?.onCancellationRequested(() => controller.abort());
	return controller.signal;
}

/** Runs the task under a notification that counts `total` steps and can be cancelled. `step` shows a message and moves it on by so many steps: one,
 * unless another number is given. */
export function withCancellableProgress<T>(
	title: string,
	total: number,
	task: (step: (message: string, steps?: number) => void, signal: AbortSignal) => Promise<T>,
): Thenable<T> {
	return window.withProgress({ location: ProgressLocation.Notification, cancellable: true, title }, (progress, token) =>
		task((message, steps = 1) => progress.report({ message, increment: (100 * steps) / total }), toAbortSignal(token)),
	);
}

/** Whether the error only says that the person gave up. */
export function isCancellation(error: unknown): boolean {
	return error instanceof CancellationError || (isProviderError(error) && error.failure.kind === 'cancelled');
}
