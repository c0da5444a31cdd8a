import { l10n } from 'vscode';
import type { ProviderFailure } from '../../providers/failure';
import type { ImportFailure } from '../../services/imports/keyImport';
import { describeFailure, type Words } from './failures';
import { describeRule } from './rules';

/** What a person is told of a target that did not get the key. `label` is the service's brand name. */
export function describeImportFailure(failure: ImportFailure, label: string): Words {
	if (failure.by === 'rules') {
		return {
			message: failure.problems.map((problem) => describeRule(problem, label)).join(' '),
			advice: l10n.t('Nothing was sent. Choose another key, name, or tags.'),
		};
	}
	const words = describeFailure(failure.failure, label);
	const fingerprint = failure.existing?.fingerprint;
	const message =
		failure.failure.kind === 'nameTaken' && fingerprint
			? l10n.t('{0} Its fingerprint is {1}.', words.message, fingerprint)
			: words.message;
	switch (failure.replaced) {
		case 'restored':
			return { message, advice: l10n.t('{0} The previous key pair was restored.', words.advice) };
		case 'lost':
			return {
				message,
				advice: l10n.t('{0} The previous key pair was deleted and could not be restored.', words.advice),
			};
		default:
			return { message, advice: words.advice };
	}
}

/** What a person is told of a key pair that is there without the tags that were asked for. `label` is the service's brand name. */
export function describeTagFailure(failure: ProviderFailure, label: string): Words {
	const words = describeFailure(failure, label);
	return failure.kind === 'tagsMissing'
		? words
		: {
				message: l10n.t('The key pair is there, but without its tags. {0}', words.message),
				advice: l10n.t('Do not import it again. Edit the tags of the key pair instead.'),
			};
}
