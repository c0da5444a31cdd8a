import { l10n } from 'vscode';
import { ResourceGroups } from '../../services/imports/resourceGroups';
import type { LocalKeyFile } from '../../services/localKeys/localKeys';
import type { Services } from '../services';
import type { SignIn } from '../signIn';
import type { ApprovedImport, ChosenKey, ImportDraft } from './importDraft';
import { keyStep } from './keyStep';
import { nameStep } from './nameStep';
import { resourceGroupStep } from './resourceGroupStep';
import { reviewStep } from './reviewStep';
import { runSteps } from './steps';
import { tagsStep } from './tagsStep';
import { targetsStep } from './targetsStep';

/** A draft with nothing left to ask. */
export interface CompleteImport
	extends Required<Pick<ImportDraft, 'key' | 'targets' | 'keyName' | 'tags'>>,
		Partial<Pick<ApprovedImport, 'choices'>>,
		Pick<ImportDraft, 'resourceGroupId'> {}

/** Asks for what the draft does not say yet, ending with a review. Undefined when the person gave up; nothing was changed then.
 * `showProblems` is called, and the form closed, when a file without a usable key is chosen. */
export async function askForImport(
	draft: ImportDraft,
	services: Services,
	signIn: SignIn,
	showProblems: (file: LocalKeyFile) => void,
): Promise<CompleteImport | undefined> {
	const { clock, log, providers, remoteKeys, targetMemory } = services;
	const asked: ImportDraft = { ...draft };
	const resourceGroups = new ResourceGroups(providers, log);
	const steps = [
		keyStep(services, showProblems),
		targetsStep(services, signIn),
		nameStep(providers, remoteKeys, clock),
		tagsStep(providers),
		resourceGroupStep(providers, resourceGroups),
		reviewStep(providers, remoteKeys, resourceGroups, clock),
	];
	if (!(await runSteps(describeImport, steps, asked))) {
		return undefined;
	}
	if (asked.patterns) {
		await targetMemory.remember(asked.patterns);
	}
	return completed(asked);
}

/** What the form is about to do, by what is known. */
function describeImport({ key, targets, approved, options }: ImportDraft): string {
	if (!key) {
		return l10n.t('Import Key Pair');
	}
	const name = nameOfKey(key);
	const count = approved?.changes ?? targets?.length ?? 0;
	if (options?.dryRun) {
		return l10n.t('Check Permission to Import {0}', name);
	}
	switch (count) {
		case 0:
			return l10n.t('Import {0}', name);
		case 1:
			return l10n.t('Import {0} into 1 target', name);
		default:
			return l10n.t('Import {0} into {1} targets', name, count);
	}
}

function nameOfKey({ key, origin }: ChosenKey): string {
	const file = origin?.path
		.split('/')
		.pop()
		?.replace(/\.pub$/i, '');
	return file || key.comment || l10n.t('key');
}

/** The draft as a complete import, or undefined while something is missing. */
export function completed({
	key,
	targets,
	keyName,
	tags = {},
	approved,
	resourceGroupId,
}: ImportDraft): CompleteImport | undefined {
	const wanted = approved?.targets ?? targets ?? [];
	return key && wanted.length > 0 && keyName !== undefined
		? {
				key,
				targets: wanted,
				keyName,
				tags,
				...(approved && { choices: approved.choices }),
				...(resourceGroupId !== undefined && { resourceGroupId }),
			}
		: undefined;
}

/** A draft for a key, or for nothing yet. */
export function newDraft(key?: ChosenKey): ImportDraft {
	return key ? { key, given: new Set(['key']) } : { given: new Set() };
}
