import { type MessageItem, type MessageOptions, type Uri, window } from 'vscode';

/** A dialog as it was handed to VS Code. */
export interface AskedDialog {
	readonly text: string;
	readonly detail: string;
	readonly buttons: readonly string[];
}

/** The title of the button to press, or undefined to close the dialog. */
export type DialogAnswer =
	| string
	| undefined
	| ((dialog: AskedDialog) => string | undefined | Promise<string | undefined>);

const functions = ['showInformationMessage', 'showWarningMessage', 'showErrorMessage'] as const;

/** Answers the modal dialogs that come up, one after the other, in place of a person; until `stop`. Messages that are not modal go on to VS Code. */
export function answerDialogs(...answers: readonly DialogAnswer[]): {
	readonly asked: readonly AskedDialog[];
	stop(): void;
} {
	const asked: AskedDialog[] = [];
	const originals = functions.map((name) => [name, window[name]] as const);
	for (const [name, original] of originals) {
		Reflect.set(window, name, async (text: string, ...more: readonly (MessageOptions | MessageItem | string)[]) => {
			const [options, ...buttons] = more;
			if (typeof options !== 'object' || !('modal' in options) || !options.modal) {
				return Reflect.apply(original, window, [text, ...more]);
			}
			const items = buttons as readonly MessageItem[];
			const dialog = { text, detail: options.detail ?? '', buttons: items.map(({ title }) => title) };
			const answer = answers[asked.length];
			asked.push(dialog);
			const title = typeof answer === 'function' ? await answer(dialog) : answer;
			return items.find((item) => item.title === title);
		});
	}
	return {
		asked,
		stop: () => {
			for (const [name, original] of originals) {
				Reflect.set(window, name, original);
			}
		},
	};
}

/** Chooses these files in the save dialogs that come up; until `stop`. */
export function answerSaveDialogs(...files: readonly (Uri | undefined)[]): { readonly count: number; stop(): void } {
	const original = window.showSaveDialog;
	let count = 0;
	Reflect.set(window, 'showSaveDialog', async () => files[count++]);
	return {
		get count() {
			return count;
		},
		stop: () => void Reflect.set(window, 'showSaveDialog', original),
	};
}
