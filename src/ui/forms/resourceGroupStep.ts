import { l10n, type QuickPickItem, ThemeIcon } from 'vscode';
import type { Target } from '../../domain/target';
import type { ResourceGroupListing, ResourceGroups } from '../../services/imports/resourceGroups';
import type { Providers } from '../../services/ports';
import { describeFailure } from '../messages/failures';
import type { ImportDraft } from './importDraft';
import { type Answer, enterText, type Frame, pickOne, waitFor } from './input';
import type { Step } from './steps';

interface GroupItem extends QuickPickItem {
	readonly id: string;
}

/** Asks, for each profile with targets that belong to resource groups, for the group: from a list, or typed where the profile may not list them. Not asked
 * where there is one group or none. */
export function resourceGroupStep(providers: Providers, resourceGroups: ResourceGroups): Step<ImportDraft> {
	return {
		id: 'resourceGroup',
		title: () => l10n.t('Resource group'),
		isNeeded: (draft) => placesToAsk(draft).length > 0,
		async ask(draft, frame) {
			let asked = 0;
			for (let at = 0; ; ) {
				const place = placesToAsk(draft)[at];
				if (!place) {
					return 'next';
				}
				const loading = resourceGroups.list(place.profile, place.service);
				const loaded = await waitFor(frame, l10n.t('Listing the resource groups of {0}…', place.profile), loading);
				if (loaded.kind !== 'value') {
					return loaded.kind;
				}
				if (!isChoice(loaded.value)) {
					// It is known by now, and not among the places any more.
					continue;
				}
				const answer = await askFor(place, loaded.value, draft, asked > 0 ? { ...frame, canGoBack: true } : frame);
				if (answer.kind === 'back' && asked > 0) {
					asked--;
					at--;
				} else if (answer.kind !== 'value') {
					return answer.kind;
				} else {
					draft.resourceGroups = { ...draft.resourceGroups, [place.profile]: answer.value };
					asked++;
					at++;
				}
			}
		},
	};

	/** One target per profile whose groups are a question, or may be. Asks for the lists that are not known. */
	function placesToAsk({ targets = [], resourceGroupId }: ImportDraft): readonly Target[] {
		if (resourceGroupId !== undefined) {
			return [];
		}
		const places = new Map(
			targets
				.filter(({ service }) => providers.manifest(service).capabilities.resourceGroups)
				.map((target) => [target.profile, target]),
		);
		return [...places.values()].filter(({ profile, service }) => {
			const known = resourceGroups.known(profile, service);
			if (!known) {
				void resourceGroups.list(profile, service);
			}
			return !known || isChoice(known);
		});
	}

	async function askFor(
		{ profile, service }: Target,
		listing: ResourceGroupListing,
		{ resourceGroups: chosen }: ImportDraft,
		frame: Frame,
	): Promise<Answer<string>> {
		const before = chosen?.[profile] ?? '';
		if ('failure' in listing) {
			const { message } = describeFailure(listing.failure, providers.manifest(service).label);
			return enterText(frame, {
				prompt: l10n.t('{0} Enter the ID of a resource group, or nothing for the default one.', message),
				value: before,
				validate: () => undefined,
			});
		}
		const items: readonly GroupItem[] = [
			{ label: l10n.t('Default resource group'), iconPath: new ThemeIcon('circle-large-outline'), id: '' },
			...listing.groups.map(({ id, name }) => ({
				label: name,
				description: id,
				iconPath: new ThemeIcon('folder'),
				id,
			})),
		];
		const answer = await pickOne(frame, {
			placeholder: l10n.t('Choose the resource group for the key pairs in {0}', profile),
			items,
			initial: items.filter(({ id }) => id === before),
		});
		return answer.kind === 'value' ? { kind: 'value', value: answer.value.id } : answer;
	}
}

/** Whether there is something to choose, or to be typed. */
function isChoice(listing: ResourceGroupListing): boolean {
	return 'groups' in listing ? listing.groups.length > 1 : listing.failure.kind === 'notPermitted';
}
