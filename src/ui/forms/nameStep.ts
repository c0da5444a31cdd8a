import { InputBoxValidationSeverity, l10n } from 'vscode';
import { planTarget } from '../../domain/importPlan';
import { checkName, suggestName } from '../../domain/rules';
import type { Target } from '../../domain/target';
import type { ServiceManifest } from '../../providers/contract';
import type { RemoteKeys } from '../../services/cloudKeys/remoteKeys';
import type { Clock, Providers } from '../../services/ports';
import { describeRule } from '../messages/rules';
import { describePlace } from '../messages/targets';
import type { ImportDraft } from './importDraft';
import { enterText, type TextOptions } from './input';
import type { Step } from './steps';

/** So many targets are named in a message; the rest is counted. */
const namedTargets = 3;

/** Asks for the name of the key pair; checks it against the rules of every chosen service and against the names that are taken there. */
export function nameStep(providers: Providers, remoteKeys: RemoteKeys, clock: Clock): Step<ImportDraft> {
	return {
		id: 'keyName',
		title: () => l10n.t('Name'),
		isNeeded: ({ given }) => !given.has('keyName'),
		async ask(draft, frame) {
			const targets = draft.targets ?? [];
			void lookInto(targets, remoteKeys, clock);
			const answer = await enterText(frame, {
				prompt: l10n.t('Name of the key pair'),
				value: draft.keyName ?? suggestedName(draft),
				validate: (name) =>
					checkNameFor(name, servicesOf(targets, providers)) ?? checkTaken(name, draft, targets, providers, remoteKeys),
				onDidChangeValidity: (listener) => remoteKeys.onDidChange(listener),
			});
			if (answer.kind !== 'value') {
				return answer.kind;
			}
			draft.keyName = answer.value;
			return 'next';
		},
	};

	function suggestedName({ key, targets = [] }: ImportDraft): string {
		const fileName = key?.origin?.path.split('/').pop() ?? '';
		const rules = servicesOf(targets, providers).map((manifest) => manifest.rules);
		return key ? suggestName(key.key.comment, fileName, ...rules) : '';
	}
}

/** A plan goes by what was listed within this time. Milliseconds. */
const freshMs = 60_000;

/** Has what the targets hold listed, where it is not known or was listed some time ago. Resolves when all have answered. */
export async function lookInto(targets: readonly Target[], remoteKeys: RemoteKeys, clock: Clock): Promise<void> {
	await Promise.all(
		targets.map((target) => {
			const known = remoteKeys.known(target);
			const isFresh =
				known?.status === 'listed'
					? clock.now() - known.at < freshMs
					: // Who did not want to enter a code is not asked again.
						known?.failure.kind === 'cancelled';
			return isFresh || remoteKeys.isLoading(target) ? remoteKeys.list(target) : remoteKeys.reload(target);
		}),
	);
}

/** The services of the targets, each once. */
export function servicesOf(
	targets: readonly Target[],
	providers: Pick<Providers, 'manifest'>,
): readonly ServiceManifest[] {
	return [...new Set(targets.map(({ service }) => service))].map((service) => providers.manifest(service));
}

/** What is wrong or doubtful about a name by the rules of the services; every service that objects is named. */
export function checkNameFor(name: string, services: readonly ServiceManifest[]): ReturnType<TextOptions['validate']> {
	const problems = services.flatMap(({ rules, label }) =>
		checkName(name, rules).map((problem) => ({ severity: problem.severity, text: describeRule(problem, label) })),
	);
	const errors = problems.filter(({ severity }) => severity === 'error');
	const told = errors.length > 0 ? errors : problems;
	if (told.length === 0) {
		return undefined;
	}
	return {
		message: [...new Set(told.map(({ text }) => text))].join(' '),
		severity: errors.length > 0 ? InputBoxValidationSeverity.Error : InputBoxValidationSeverity.Warning,
	};
}

/** Where the name is taken, as far as that is known. */
export function checkTaken(
	name: string,
	{ key }: Pick<ImportDraft, 'key'>,
	targets: readonly Target[],
	providers: Pick<Providers, 'manifest'>,
	remoteKeys: Pick<RemoteKeys, 'known'>,
): ReturnType<TextOptions['validate']> {
	if (!key) {
		return undefined;
	}
	const same: Target[] = [];
	const other: Target[] = [];
	for (const target of targets) {
		const listing = remoteKeys.known(target);
		if (listing?.status === 'listed') {
			const { outcome } = planTarget(target, key.key, name, { kind: 'listed', keyPairs: listing.keyPairs });
			if (outcome === 'alreadyThere') {
				same.push(target);
			} else if (outcome === 'nameTaken') {
				other.push(target);
			}
		}
	}
	if (other.length > 0) {
		return {
			message: l10n.t('Taken by another key in {0}.', describePlaces(other, providers)),
			severity: InputBoxValidationSeverity.Warning,
		};
	}
	return same.length > 0
		? {
				message: l10n.t(
					'This key is already there under this name in {0}: it counts as done.',
					describePlaces(same, providers),
				),
				severity: InputBoxValidationSeverity.Info,
			}
		: undefined;
}

/** The targets for people; of many only the first are named. */
export function describePlaces(targets: readonly Target[], providers: Pick<Providers, 'manifest'>): string {
	const named = targets
		.slice(0, namedTargets)
		.map((target) => describePlace(target, providers.manifest(target.service).label))
		.join(', ');
	return targets.length > namedTargets ? l10n.t('{0} and {1} more', named, targets.length - namedTargets) : named;
}
