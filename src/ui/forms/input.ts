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
	/** The title as it would be for what is known by now; absent: it stays. */
	titleNow?(): string;
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
	/** A row was chosen: true when that did something and the list stays open. */
	acted?(item: T): boolean;
	/** Rows that change while the list is open; the focus stays on the row with the same key. */
	readonly live?: {
		items(): readonly T[];
		keyOf(item: T): string;
		onDidChange(listener: () => void): { dispose(): unknown };
	};
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
	const { live } = options;
	const renew = (): void => {
		if (live) {
			const focused = pick.activeItems.map(live.keyOf);
			const items = live.items();
			pick.title = frame.titleNow?.() ?? frame.title;
			pick.items = items;
			pick.activeItems = items.filter((item) => focused.includes(live.keyOf(item)));
		}
	};
	pick.keepScrollPosition = live !== undefined;
	const changes = live?.onDidChange(renew);
	return new Promise<Answer<R>>((resolve) => {
		pick.onDidAccept(() => {
			const chosen = pick.selectedItems.filter((item) => item.kind !== QuickPickItemKind.Separator);
			const [only] = chosen;
			if (only && !many && options.acted?.(only)) {
				renew();
				return;
			}
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
	}).finally(() => {
		changes?.dispose();
		pick.dispose();
	});
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
	/** The text is a secret: dots are shown. */
	readonly password?: boolean;
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
	input.password = options.password ?? false;
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

/** The part of a quick pick or input box that says where it stands. */
export interface Framed {
	title: string | undefined;
	step: number | undefined;
	totalSteps: number | undefined;
	ignoreFocusOut: boolean;
	buttons: readonly QuickInputButton[];
}

/** Gives a question its title, its place in the form and the way back. */
export function applyFrame(input: Framed, frame: Frame): void {
	input.title = frame.titleNow?.() ?? frame.title;
	input.step = frame.step;
	input.totalSteps = frame.totalSteps;
	// A browser or a terminal may take the focus in between (sign-in): nothing that was entered is lost.
	input.ignoreFocusOut = true;
	input.buttons = frame.canGoBack ? [QuickInputButtons.Back] : [];
}
