import { l10n, type QuickPickItem, ThemeIcon } from 'vscode';
import type { Target } from '../../domain/target';
import type { ResourceGroup } from '../../providers/contract';
import type { ResourceGroups } from '../../services/imports/resourceGroups';
import type { Providers } from '../../services/ports';
import { describeFailure } from '../messages/failures';
import { type CreateDraft, targetOfDraft } from './createDraft';
import { type Answer, enterText, type Frame, pickOne, waitFor } from './input';
import type { Step } from './steps';

interface GroupItem extends QuickPickItem {
	/** Empty: the default group. */
	readonly id: string;
}

/** Asks for the resource group, where the service has such groups and the account several. It is typed when they can't be listed. */
export function createGroupStep(providers: Providers, resourceGroups: ResourceGroups): Step<CreateDraft> {
	const placeOf = (draft: CreateDraft): Target | undefined => {
		const target = targetOfDraft(draft, providers);
		return target && providers.manifest(target.service).capabilities.resourceGroups ? target : undefined;
	};
	return {
		id: 'resourceGroup',
		title: () => l10n.t('Resource group'),
		isNeeded(draft) {
			const place = placeOf(draft);
			const known = place && resourceGroups.known(place.profile, place.service);
			const isOnly = known !== undefined && 'groups' in known && known.groups.length < 2;
			return !draft.given.has('resourceGroup') && place !== undefined && !isOnly;
		},
		async ask(draft, frame) {
			const place = placeOf(draft);
			if (!place) {
				return 'next';
			}
			const loading = resourceGroups.list(place.profile, place.service);
			const loaded = await waitFor(frame, l10n.t('Listing the resource groups of {0}…', place.profile), loading);
			if (loaded.kind !== 'value') {
				return loaded.kind;
			}
			const listing = loaded.value;
			if ('groups' in listing) {
				draft.resourceGroups = listing.groups;
				if (listing.groups.length < 2) {
					return 'next';
				}
			}
			const answer =
				'groups' in listing
					? await choose(frame, draft, place, listing.groups)
					: await enter(
							frame,
							draft,
							describeFailure(listing.failure, providers.manifest(place.service).label).message,
						);
			if (answer.kind !== 'value') {
				return answer.kind;
			}
			draft.resourceGroupId = answer.value;
			return 'next';
		},
	};
}

async function choose(
	frame: Frame,
	draft: CreateDraft,
	{ profile }: Target,
	groups: readonly ResourceGroup[],
): Promise<Answer<string>> {
	const items: readonly GroupItem[] = [
		{ label: l10n.t('Default resource group'), iconPath: new ThemeIcon('circle-large-outline'), id: '' },
		...groups.map(({ id, name }) => ({ label: name, description: id, iconPath: new ThemeIcon('folder'), id })),
	];
	const answer = await pickOne(frame, {
		placeholder: l10n.t('Choose the resource group for the key pair in {0}', profile),
		items,
		initial: items.filter(({ id }) => id === (draft.resourceGroupId ?? '')),
	});
	return answer.kind === 'value' ? { kind: 'value', value: answer.value.id } : answer;
}

function enter(frame: Frame, draft: CreateDraft, reason: string): Promise<Answer<string>> {
	return enterText(frame, {
		prompt: l10n.t('{0} Enter the ID of a resource group, or nothing for the default one.', reason),
		value: draft.resourceGroupId ?? '',
		validate: () => undefined,
	});
}
