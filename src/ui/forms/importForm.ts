import { l10n } from 'vscode';
import type { LocalKeyFile } from '../../services/localKeys';
import type { Services } from '../services';
import type { SignIn } from '../signIn';
import type { ChosenKey, ImportDraft } from './importDraft';
import { keyStep } from './keyStep';
import { nameStep } from './nameStep';
import { onlyProfile, profileStep } from './profileStep';
import { regionsStep } from './regionsStep';
import { reviewStep } from './reviewStep';
import { runSteps } from './steps';
import { tagsStep } from './tagsStep';

/** A draft with nothing left to ask. */
export type CompleteImport = Required<Pick<ImportDraft, 'key' | 'targets' | 'keyName' | 'tags'>>;

/** Asks for what the draft does not say yet, ending with a review. Undefined when the person gave up; nothing was changed then.
 * `showProblems` is called, and the form closed, when a file without a usable key is chosen. */
export async function askForImport(
	draft: ImportDraft,
	services: Services,
	signIn: SignIn,
	showProblems: (file: LocalKeyFile) => void,
): Promise<CompleteImport | undefined> {
	const { profiles, providers, remoteKeys } = services;
	const only = draft.profile || draft.given.has('targets') ? undefined : await onlyProfile(profiles, draft.key?.key);
	const known: ImportDraft = only ? { ...draft, ...only, given: new Set([...draft.given, 'profile']) } : draft;
	const steps = [
		keyStep(services, showProblems),
		profileStep(profiles),
		regionsStep(remoteKeys, signIn, (service) => providers.manifest(service).label),
		nameStep(providers, remoteKeys),
		tagsStep(providers),
		reviewStep(providers, remoteKeys),
	];
	return (await runSteps(l10n.t('Import Key Pair'), steps, known)) ? completed(known) : undefined;
}

/** The draft as a complete import, or undefined while something is missing. */
export function completed({ key, targets, keyName, tags = {} }: ImportDraft): CompleteImport | undefined {
	return key && targets && targets.length > 0 && keyName !== undefined ? { key, targets, keyName, tags } : undefined;
}

/** A draft for a key, or for nothing yet. */
export function newDraft(key?: ChosenKey): ImportDraft {
	return key ? { key, given: new Set(['key']) } : { given: new Set() };
}
