import { type InputBox, window } from 'vscode';

/** A question of a form, as it was shown. */
export interface AskedBox {
	readonly title: string;
	readonly prompt: string;
	readonly password: boolean;
	/** What stood in it at first. */
	readonly value: string;
	/** What was said about the answer, when it could not be accepted. */
	refusal?: string;
}

/** Types the answers into the input boxes that forms open, one after the other, in place of a person; undefined is Escape, and so is any box after the
 * last answer. An answer that is refused is followed by the next one in the same box. Until `stop`. */
export function typeInto(...answers: readonly (string | undefined)[]): {
	readonly asked: readonly AskedBox[];
	stop(): void;
} {
	const asked: AskedBox[] = [];
	const left = [...answers];
	const original = window.createInputBox;
	const open = (): InputBox => {
		const box = original.call(window);
		const handlers = new Map<string, (value: string) => unknown>();
		const on = (name: string) => (handler: (value: string) => unknown) => {
			handlers.set(name, handler);
			return { dispose: () => handlers.delete(name) };
		};
		Object.defineProperties(box, {
			onDidAccept: { value: on('accept') },
			onDidChangeValue: { value: on('change') },
			onDidHide: { value: on('hide') },
			show: {
				value: () => {
					const { title = '', prompt = '', password, value } = box;
					const seen: AskedBox = { title, prompt, password, value };
					asked.push(seen);
					let isAccepted = false;
					while (left.length > 0 && left[0] !== undefined && !isAccepted) {
						const answer = left.shift() ?? '';
						box.value = answer;
						handlers.get('change')?.(answer);
						const said = box.validationMessage;
						const isError = typeof said === 'object' && said.severity === 3;
						if (isError) {
							seen.refusal = said.message;
						}
						handlers.get('accept')?.(answer);
						isAccepted = !isError;
					}
					if (!isAccepted) {
						left.shift();
						handlers.get('hide')?.('');
					}
				},
			},
		});
		return box;
	};
	Reflect.set(window, 'createInputBox', open);
	return { asked, stop: () => void Reflect.set(window, 'createInputBox', original) };
}
