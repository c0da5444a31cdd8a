import { InputBoxValidationSeverity, l10n } from 'vscode';
import { planImport } from '../../domain/importPlan';
import { checkName, suggestName } from '../../domain/rules';
import type { Providers } from '../../services/ports';
import type { RemoteKeys } from '../../services/remoteKeys';
import { describeTarget } from '../messages/imports';
import { describeRule } from '../messages/rules';
import type { ImportDraft } from './importDraft';
import { enterText, type TextOptions } from './input';
import type { Step } from './steps';

/** Asks for the name of the key pair; checks it against the rules of every chosen service and against the names that are taken there. */
export function nameStep(providers: Providers, remoteKeys: RemoteKeys): Step<ImportDraft> {
	return {
		id: 'keyName',
		title: ({ targets }) =>
			targets?.length === 1
				? l10n.t('Name in {0}', targets.map(describeTarget).join())
				: l10n.t('Name in {0} regions', targets?.length ?? 0),
		isNeeded: ({ given }) => !given.has('keyName'),
		async ask(draft, frame) {
			const targets = draft.targets ?? [];
			for (const target of targets) {
				void remoteKeys.list(target);
			}
			const answer = await enterText(frame, {
				prompt: l10n.t('Name of the key pair'),
				value: draft.keyName ?? suggestedName(draft),
				validate: (name) => checkRules(name) ?? checkTaken(name),
				onDidChangeValidity: (listener) => remoteKeys.onDidChange(listener),
			});
			if (answer.kind !== 'value') {
				return answer.kind;
			}
			draft.keyName = answer.value;
			return 'next';

			function checkRules(name: string): ReturnType<TextOptions['validate']> {
				for (const { service } of targets) {
					const { rules, label } = providers.manifest(service);
					const [problem] = checkName(name, rules);
					if (problem) {
						const error = problem.severity === 'error';
						return {
							message: describeRule(problem, label),
							severity: error ? InputBoxValidationSeverity.Error : InputBoxValidationSeverity.Warning,
						};
					}
				}
				return undefined;
			}

			function checkTaken(name: string): ReturnType<TextOptions['validate']> {
				const { same, other } = whereTaken(name);
				if (other.length > 0) {
					return {
						message: l10n.t('Taken by another key in {0}.', other.join(', ')),
						severity: InputBoxValidationSeverity.Warning,
					};
				}
				return same.length > 0
					? {
							message: l10n.t('This key is already there under this name in {0}: it counts as done.', same.join(', ')),
							severity: InputBoxValidationSeverity.Info,
						}
					: undefined;
			}

			function whereTaken(name: string) {
				const taken = { same: [] as string[], other: [] as string[] };
				for (const target of targets) {
					const listing = remoteKeys.known(target);
					if (listing?.status !== 'listed' || !draft.key) {
						continue;
					}
					const { outcome } = planImport(draft.key.key, name, listing.keyPairs);
					if (outcome === 'alreadyThere') {
						taken.same.push(target.region ?? target.profile);
					} else if (outcome === 'nameTaken') {
						taken.other.push(target.region ?? target.profile);
					}
				}
				return taken;
			}
		},
	};

	function suggestedName(draft: ImportDraft): string {
		const fileName = draft.key?.origin?.path.split('/').pop() ?? '';
		const [first] = draft.targets ?? [];
		return first && draft.key
			? suggestName(draft.key.key.comment, fileName, providers.manifest(first.service).rules)
			: '';
	}
}
