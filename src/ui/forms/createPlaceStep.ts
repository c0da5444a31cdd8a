import { l10n, type QuickPickItem, ThemeIcon } from 'vscode';
import type { Profile } from '../../domain/profile';
import type { Service } from '../../domain/target';
import type { Profiles } from '../../services/profiles/profiles';
import { configurationItem, openConfigurationOf } from '../configuration';
import { describeFailure } from '../messages/failures';
import { describeProfile } from '../messages/profiles';
import type { CreateDraft } from './createDraft';
import { pickOne, waitFor } from './input';
import type { Step } from './steps';

interface Place {
	readonly profile: Profile;
	readonly service: Service;
}

interface PlaceItem extends QuickPickItem {
	readonly place?: Place;
}

/** Asks for the profile and the service. Profiles that can't work are listed with the reason and can't be chosen. */
export function createPlaceStep(profiles: Profiles): Step<CreateDraft> {
	return {
		id: 'place',
		title: () => l10n.t('Profile'),
		isNeeded: ({ given }) => !given.has('target') && !(given.has('profile') && given.has('service')),
		async ask(draft, frame) {
			const loaded = await waitFor(frame, l10n.t('Reading your profiles…'), placeItems(profiles, draft));
			if (loaded.kind !== 'value') {
				return loaded.kind;
			}
			const items = loaded.value;
			const openFile: PlaceItem = configurationItem();
			const answer = await pickOne<PlaceItem>(frame, {
				placeholder:
					items.length > 0
						? l10n.t('Choose where to create the key pair')
						: l10n.t('No profiles were found. Run "aws configure" or "aliyun configure" in a terminal, then try again'),
				items: items.some(({ place }) => place) ? items : [...items, openFile],
				initial: items.filter(({ place }) => place && isChosen(place, draft)),
				canChoose: (item) => item === openFile || item.place !== undefined,
			});
			if (answer.kind !== 'value') {
				return answer.kind;
			}
			const { place } = answer.value;
			if (!place) {
				openConfigurationOf(undefined);
				return 'cancel';
			}
			if (!isChosen(place, draft)) {
				choose(place, draft);
			}
			return 'next';
		},
	};
}

/** Takes the only place there is, which then needs no question. */
export async function chooseOnlyPlace(profiles: Profiles, draft: CreateDraft): Promise<CreateDraft> {
	const places = (await placeItems(profiles, draft)).flatMap(({ place }) => place ?? []);
	const [only, ...others] = places;
	return only && others.length === 0
		? { ...draft, ...only, given: new Set([...draft.given, 'profile', 'service']) }
		: draft;
}

/** What was chosen for another account or service does not hold. */
function choose(place: Place, draft: CreateDraft): void {
	draft.profile = place.profile;
	draft.service = place.service;
	delete draft.target;
	delete draft.type;
	delete draft.format;
	delete draft.resourceGroupId;
	delete draft.resourceGroups;
}

function isChosen({ profile, service }: Place, draft: CreateDraft): boolean {
	return profile.vendor === draft.profile?.vendor && profile.name === draft.profile.name && service === draft.service;
}

async function placeItems(profiles: Profiles, { profile: given }: CreateDraft): Promise<readonly PlaceItem[]> {
	return (await profiles.all()).flatMap((listing): readonly PlaceItem[] => {
		const { vendor } = listing;
		if (given && given.vendor !== vendor.vendor) {
			return [];
		}
		if ('failure' in listing) {
			const { message, advice } = describeFailure(listing.failure, vendor.label);
			return [{ label: vendor.label, iconPath: new ThemeIcon('error'), description: message, detail: advice }];
		}
		return listing.profiles
			.filter(({ name }) => given === undefined || given.name === name)
			.flatMap((profile) =>
				vendor.services.map(({ service, label }): PlaceItem => {
					const row = { label: profile.name, description: [label, describeProfile(profile, vendor.label)].join(' · ') };
					return profile.kind === 'broken'
						? { ...row, iconPath: new ThemeIcon('warning') }
						: { ...row, iconPath: new ThemeIcon('account'), place: { profile, service } };
				}),
			);
	});
}
