import type { QuickInput } from 'vscode';

/** Settles when the question that stands in front of everything now is answered. */
let current: Promise<void> | undefined;

/** Asks a question that comes unexpectedly, such as for an MFA code, in front of a form that may be open: the form comes back, with what was entered
 * in it, when the question is answered or given up. Such questions come one after the other. */
export async function askInBetween<T>(question: () => Promise<T>): Promise<T> {
	while (current) {
		await current;
	}
	let done = (): void => {};
	current = new Promise((resolve) => {
		done = resolve;
	});
	try {
		return await question();
	} finally {
		current = undefined;
		done();
	}
}

/** Calls the listener when the person closes the input. An input that only makes room for another question is shown again afterwards. */
export function onGivenUp(input: QuickInput, listener: () => void): void {
	const own = current;
	input.onDidHide(() => {
		if (current === undefined || current === own) {
			listener();
		} else {
			void current.then(() => input.show());
		}
	});
}
