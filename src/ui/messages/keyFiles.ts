import { l10n } from 'vscode';
import type { LocalKeyFile } from '../../services/localKeys/localKeys';
import type { FileErrorCode } from '../../services/ports';
import { describeKeyProblem } from './keyProblems';

/** Why a file has no usable key, as one sentence; empty when nothing is wrong with it. */
export function describeKeyFile(file: LocalKeyFile): string {
	if (file.unreadable) {
		return describeFileError(file.unreadable);
	}
	if (file.isPrivateKey) {
		return l10n.t('Private key without a .pub file.');
	}
	const [problem] = [...file.problems].sort((a, b) => a.severity.localeCompare(b.severity));
	return problem ? describeKeyProblem(problem) : '';
}

/** Why a file can't be read, as one sentence. */
export function describeFileError(code: FileErrorCode): string {
	switch (code) {
		case 'notFound':
			return l10n.t('The file no longer exists.');
		case 'noPermission':
			return l10n.t('You do not have permission to read this file.');
		case 'tooLarge':
			return l10n.t('The file is too large to be a public key.');
		case 'unreadable':
			return l10n.t("Couldn't read the file.");
	}
}
