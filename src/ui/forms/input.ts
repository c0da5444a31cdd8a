import {
	type InputBoxValidationMessage,
	InputBoxValidationSeverity,
	type QuickInputButton,
	QuickInputButtons,
	type QuickPickItem,
	QuickPickItemKind,
	window,
} from 'vscode';
import { onGivenUp } from './interruption';

/** Where a step stands in its form. */
export interface Frame {
	readonly title: string;
	/** One-based. Absent: the question stands alone. */
	readonly step?: number;
	readonly totalSteps?: number;
	readonly canGoBack: boolean;
}

/** What a person did in one step. */
export type Answer<T> = { readonly kind: 'value'; readonly value: T } | { readonly kind: 'back' | 'cancel' };

export interface PickOptions<T extends QuickPickItem> {
	readonly placeholder: string;
	readonly items: readonly T[];
	/** The rows that are marked (or, for one choice, focused) at first. */
	readonly initial?: readonly T[];
	/** False keeps the list open: the row says itself why it can't be chosen. */
	canChoose?(item: T): boolean;
	/** A button of a row was pressed: the answer that ends the step, or undefined to stay. */
	pressed?(item: T, button: QuickInputButton): T | undefined;
}

/** One row of the list. */
export function pickOne<T extends QuickPickItem>(frame: Frame, options: PickOptions<T>): Promise<Answer<T>> {
	return show(frame, options, false, ([item]) => item);
}

/** The marked rows, at least one. */
export function pickMany<T extends QuickPickItem>(
	frame: Frame,
	options: PickOptions<T>,
): Promise<Answer<readonly T[]>> {
	return show(frame, options, true, (items) => (items.length > 0 ? items : undefined));
}

function show<T extends QuickPickItem, R>(
	frame: Frame,
	options: PickOptions<T>,
	many: boolean,
	toValue: (items: readonly T[]) => R | undefined,
): Promise<Answer<R>> {
	const pick = window.createQuickPick<T>();
	applyFrame(pick, frame);
	pick.placeholder = options.placeholder;
	pick.canSelectMany = many;
	pick.matchOnDescription = true;
	pick.matchOnDetail = true;
	pick.items = options.items;
	const initial = options.initial ?? [];
	if (many) {
		pick.selectedItems = initial;
	} else if (initial.length > 0) {
		pick.activeItems = initial.slice(0, 1);
	}
	return new Promise<Answer<R>>((resolve) => {
		pick.onDidAccept(() => {
			const chosen = pick.selectedItems.filter((item) => item.kind !== QuickPickItemKind.Separator);
			const value = chosen.every((item) => options.canChoose?.(item) ?? true) ? toValue(chosen) : undefined;
			if (value !== undefined) {
				resolve({ kind: 'value', value });
			}
		});
		pick.onDidTriggerItemButton(({ item, button }) => {
			const answer = options.pressed?.(item, button);
			const value = answer && toValue([answer]);
			if (value !== undefined) {
				resolve({ kind: 'value', value });
			}
		});
		pick.onDidTriggerButton((button) => {
			if (button === QuickInputButtons.Back) {
				resolve({ kind: 'back' });
			}
		});
		onGivenUp(pick, () => resolve({ kind: 'cancel' }));
		pick.show();
	}).finally(() => pick.dispose());
}

/** Shows that a list is being loaded; Escape and Back end the wait with that answer. */
export async function waitFor<T>(frame: Frame, placeholder: string, loading: Promise<T>): Promise<Answer<T>> {
	const pick = window.createQuickPick();
	applyFrame(pick, frame);
	pick.placeholder = placeholder;
	pick.busy = true;
	try {
		return await new Promise<Answer<T>>((resolve, reject) => {
			pick.onDidTriggerButton(() => resolve({ kind: 'back' }));
			onGivenUp(pick, () => resolve({ kind: 'cancel' }));
			loading.then((value) => resolve({ kind: 'value', value }), reject);
			pick.show();
		});
	} finally {
		pick.dispose();
	}
}

export interface TextOptions {
	readonly prompt: string;
	readonly placeholder?: string;
	readonly value: string;
	/** What is wrong or worth saying about the text; only an error keeps it from being accepted. */
	validate(value: string): InputBoxValidationMessage | undefined;
	/** Calls back when `validate` may say something else. */
	onDidChangeValidity?(listener: () => void): { dispose(): unknown };
}

/** The text that was entered and has no error. */
export async function enterText(frame: Frame, options: TextOptions): Promise<Answer<string>> {
	const input = window.createInputBox();
	applyFrame(input, frame);
	input.prompt = options.prompt;
	if (options.placeholder !== undefined) {
		input.placeholder = options.placeholder;
	}
	input.value = options.value;
	const check = (): InputBoxValidationMessage | undefined => {
		const message = options.validate(input.value);
		input.validationMessage = message;
		return message;
	};
	// Nobody is told of a mistake before there is one: an empty box is checked only after the first keystroke.
	const checkEntered = (): unknown => input.value !== '' && check();
	const later = options.onDidChangeValidity?.(checkEntered);
	try {
		return await new Promise<Answer<string>>((resolve) => {
			input.onDidChangeValue(check);
			input.onDidAccept(() => {
				const message = check();
				if (message?.severity !== InputBoxValidationSeverity.Error) {
					resolve({ kind: 'value', value: input.value });
				}
			});
			input.onDidTriggerButton(() => resolve({ kind: 'back' }));
			onGivenUp(input, () => resolve({ kind: 'cancel' }));
			input.show();
			checkEntered();
		});
	} finally {
		later?.dispose();
		input.dispose();
	}
}

interface Framed {
	title: string | undefined;
	step: number | undefined;
	totalSteps: number | undefined;
	ignoreFocusOut: boolean;
	buttons: readonly QuickInputButton[];
}

function applyFrame(input: Framed, frame: Frame): void {
	input.title = frame.title;
	input.step = frame.step;
	input.totalSteps = frame.totalSteps;
	// A browser or a terminal may take the focus in between (sign-in): nothing that was entered is lost.
	input.ignoreFocusOut = true;
	input.buttons = frame.canGoBack ? [QuickInputButtons.Back] : [];
}
