import { type InputBoxOptions, window } from 'vscode';

/** An answer to an input box, or how to find it; undefined: Escape. */
export type QuestionAnswer = string | undefined | ((question: InputBoxOptions) => string | undefined);

/** Answers the input boxes that come up, one after the other, in place of a person; until `stop`. */
export function answerWith(...answers: readonly QuestionAnswer[]): {
	readonly asked: readonly InputBoxOptions[];
	stop(): void;
} {
	const asked: InputBoxOptions[] = [];
	const original = window.showInputBox;
	Reflect.set(window, 'showInputBox', async (question: InputBoxOptions = {}) => {
		const answer = answers[asked.length];
		asked.push(question);
		return typeof answer === 'function' ? answer(question) : answer;
	});
	return { asked, stop: () => void Reflect.set(window, 'showInputBox', original) };
}
