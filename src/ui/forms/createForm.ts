import { l10n } from 'vscode';
import type { Target } from '../../domain/target';
import type { KeyCreation } from '../../services/changes/createKeyPair';
import { ResourceGroups } from '../../services/imports/resourceGroups';
import type { Services } from '../services';
import type { SignIn } from '../signIn';
import { type CreateDraft, targetOfDraft } from './createDraft';
import { createFolderStep, fileOfDraft } from './createFolderStep';
import { createGroupStep } from './createGroupStep';
import { createFormatStep, createNameStep, createTagsStep, createTypeStep } from './createKeySteps';
import { chooseOnlyPlace, createPlaceStep } from './createPlaceStep';
import { createRegionStep } from './createRegionStep';
import { createReviewStep } from './createReviewStep';
import { runSteps } from './steps';

/** What is to be created, and where its private key goes (an absolute path). */
export interface CompleteCreation {
	readonly creation: KeyCreation;
	readonly file: string;
}

/** Asks for what the draft does not say yet, ending with a review. Undefined when the person gave up; nothing was changed then. */
export async function askForCreation(
	draft: CreateDraft,
	services: Services,
	signIn: SignIn,
): Promise<CompleteCreation | undefined> {
	const { profiles, providers, log } = services;
	const known =
		draft.given.has('target') || (draft.profile && draft.service) ? draft : await chooseOnlyPlace(profiles, draft);
	const steps = [
		createPlaceStep(profiles),
		createRegionStep(services, signIn),
		createNameStep(services),
		createTypeStep(services),
		createFormatStep(services),
		createTagsStep(services),
		createGroupStep(providers, new ResourceGroups(providers, log)),
		createFolderStep(providers),
		createReviewStep(providers),
	];
	return (await runSteps(() => l10n.t('Create Key Pair'), steps, known)) ? completed(known, services) : undefined;
}

/** The draft as a complete creation, with defaults for what it does not say; undefined while target or name is missing. */
export async function completed(
	draft: CreateDraft,
	{ providers }: Pick<Services, 'providers'>,
): Promise<CompleteCreation | undefined> {
	const target: Target | undefined = targetOfDraft(draft, providers);
	const { keyName, tags = {}, resourceGroupId } = draft;
	if (!target || keyName === undefined) {
		return undefined;
	}
	const { types, formats } = providers.manifest(target.service).capabilities.create;
	return {
		creation: {
			target,
			keyName,
			tags,
			type: draft.type ?? types[0],
			format: draft.format ?? formats[0],
			...(resourceGroupId && { resourceGroupId }),
		},
		file: draft.file ?? (await fileOfDraft(draft, providers)),
	};
}
