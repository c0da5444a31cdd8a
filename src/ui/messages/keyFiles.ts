import { l10n } from 'vscode';
import type { LocalKeyFile } from '../../services/localKeys';
import type { FileErrorCode } from '../../services/ports';
import { describeKeyProblem } from './keyProblems';

/** Why a file has no usable key, as one sentence; empty when nothing is wrong with it. */
export function describeKeyFile(file: LocalKeyFile): string {
	if (file.unreadable) {
		return describeUnreadable(file.unreadable);
	}
	const [problem] = [...file.problems].sort((a, b) => a.severity.localeCompare(b.severity));
	return problem ? describeKeyProblem(problem) : '';
}

function describeUnreadable(code: FileErrorCode): string {
	switch (code) {
		case 'notFound':
			return l10n.t('The file is gone.');
		case 'noPermission':
			return l10n.t('No permission to read the file.');
		case 'tooLarge':
			return l10n.t('The file is too large for a public key.');
		case 'unreadable':
			return l10n.t('The file could not be read.');
	}
}
