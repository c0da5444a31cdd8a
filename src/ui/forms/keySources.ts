import { env, InputBoxValidationSeverity, l10n, window } from 'vscode';
import { type ParsedKeys, parsePublicKeys } from '../../domain/parsePublicKeys';
import type { PublicKey } from '../../domain/publicKey';
import type { Position } from '../../domain/text';
import { checkKeyUrl, fetchKeyText } from '../../services/localKeys/keyUrl';
import { describeKeyProblem } from '../messages/keyProblems';
import { describeKeyUrlFailure, describeKeyUrlFault } from '../messages/keyUrl';
import type { KeyList } from './importDraft';
import { enterText, type Frame, waitFor } from './input';

/** What came of looking for keys in another place: keys, or nothing (the person was told why, or went back), or the form was given up. */
export type SourceAnswer = { readonly kind: 'keys'; readonly list: KeyList } | { readonly kind: 'nothing' | 'cancel' };

/** The keys in the selection of the active editor, at their places in its document; undefined when it holds none. */
export function keysOfSelection(): KeyList | undefined {
	const { document, selection } = window.activeTextEditor ?? {};
	if (!document || !selection || selection.isEmpty) {
		return undefined;
	}
	const { keys } = parsePublicKeys(document.getText(selection));
	const uri = document.uri.toString();
	const name = l10n.t('The selection');
	return keys.length > 0 ? { name, uri, keys: keys.map((key) => moved(key, selection.start)) } : undefined;
}

/** The keys in the clipboard, which is read only now. */
export async function keysOfClipboard(): Promise<SourceAnswer> {
	return answer(l10n.t('The clipboard'), parsePublicKeys(await env.clipboard.readText()));
}

/** The keys of a page whose address is asked for. */
export async function keysOfUrl(frame: Frame): Promise<SourceAnswer> {
	const asking = { ...frame, canGoBack: true };
	const entered = await enterText(asking, {
		prompt: l10n.t('Enter the address of a page with public keys. It is fetched once, now.'),
		placeholder: 'https://github.com/octocat.keys',
		value: '',
		validate(value) {
			const fault = checkKeyUrl(value.trim());
			return fault && { message: describeKeyUrlFault(fault), severity: InputBoxValidationSeverity.Error };
		},
	});
	if (entered.kind !== 'value') {
		return { kind: entered.kind === 'back' ? 'nothing' : 'cancel' };
	}
	const address = entered.value.trim();
	const { host } = new URL(address);
	const controller = new AbortController();
	const fetching = fetchKeyText(address, controller.signal);
	const fetched = await waitFor(asking, l10n.t('Fetching from {0}…', host), fetching);
	if (fetched.kind !== 'value') {
		controller.abort();
		return { kind: fetched.kind === 'back' ? 'nothing' : 'cancel' };
	}
	if (!('text' in fetched.value)) {
		void window.showErrorMessage(describeKeyUrlFailure(fetched.value, host));
		return { kind: 'nothing' };
	}
	return answer(host, parsePublicKeys(fetched.value.text));
}

function answer(name: string, { keys, problems }: ParsedKeys): SourceAnswer {
	if (keys.length > 0) {
		return { kind: 'keys', list: { name, keys } };
	}
	const problem = problems.find(({ severity }) => severity === 'error');
	const reason = problem ? describeKeyProblem(problem) : l10n.t('It contains no public key.');
	void window.showErrorMessage(l10n.t('{0} cannot be imported: {1}', name, reason));
	return { kind: 'nothing' };
}

/** The key of a part of a text, at its place in the whole. */
function moved(key: PublicKey, start: Position): PublicKey {
	const move = ({ line, character }: Position): Position => ({
		line: line + start.line,
		character: line === 0 ? character + start.character : character,
	});
	return { ...key, range: { start: move(key.range.start), end: move(key.range.end) } };
}
