import { InputBoxValidationSeverity, l10n } from 'vscode';
import { type Answer, enterText, type Frame } from './input';

/** Has the person type the name of the key pair that is at stake: the answer is a value only then. `what` says in one sentence what is about to
 * happen. */
export function confirmByName(frame: Frame, keyName: string, what: string): Promise<Answer<string>> {
	return enterText(frame, {
		prompt: l10n.t('{0} Type {1} to confirm.', what, keyName),
		placeholder: keyName,
		value: '',
		validate: (text) =>
			text === keyName
				? undefined
				: { message: l10n.t('This is not {0}.', keyName), severity: InputBoxValidationSeverity.Error },
	});
}
