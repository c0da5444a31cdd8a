import { InputBoxValidationSeverity, l10n } from 'vscode';
import { ProviderError } from '../../providers/failure';
import { enterText, type TextOptions } from './input';
import { askInBetween } from './interruption';

/** Asks for the code that an MFA device shows.
 * @throws {ProviderError} kind cancelled, when the person gives up. */
export async function askForMfaCode(profile: string, device: string): Promise<string> {
	const frame = { title: l10n.t('MFA code for profile {0}', profile), canGoBack: false };
	const options: TextOptions = {
		prompt: l10n.t('Enter the six-digit code that {0} shows now', device),
		value: '',
		validate: (text) =>
			/^\d{6}$/.test(text.trim())
				? undefined
				: { message: l10n.t('An MFA code has six digits.'), severity: InputBoxValidationSeverity.Error },
	};
	const answer = await askInBetween(() => enterText(frame, options));
	if (answer.kind !== 'value') {
		throw new ProviderError({ kind: 'cancelled', profile, retryable: true, outcomeUnknown: false });
	}
	return answer.value.trim();
}
