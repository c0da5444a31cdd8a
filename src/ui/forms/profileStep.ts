import { l10n, type QuickPickItem, ThemeIcon } from 'vscode';
import type { Profile } from '../../domain/profile';
import type { PublicKey } from '../../domain/publicKey';
import type { Service } from '../../domain/target';
import type { Profiles } from '../../services/profiles';
import { configurationItem, openConfigurationOf } from '../configuration';
import { describeFailure } from '../messages/failures';
import { describeProfile } from '../messages/profiles';
import { describeRefusal } from '../messages/rules';
import type { ImportDraft } from './importDraft';
import { pickOne, waitFor } from './input';
import type { Step } from './steps';

interface ProfileItem extends QuickPickItem {
	readonly choice?: { readonly profile: Profile; readonly service: Service };
}

/** Asks for the profile (and with it the service). Profiles that can't work, and services that don't take the key, are listed with the reason and can't be
 * chosen. Without any that works it offers to open the configuration file, which ends the form. */
export function profileStep(profiles: Profiles): Step<ImportDraft> {
	return {
		id: 'profile',
		title: () => l10n.t('Profile'),
		isNeeded: ({ given }) => !given.has('targets') && !given.has('profile'),
		async ask(draft, frame) {
			const items = await waitFor(frame, l10n.t('Reading your profiles…'), profileItems(profiles, draft.key?.key));
			if (items.kind !== 'value') {
				return items.kind;
			}
			const openFile = configurationItem();
			const listings = await profiles.all();
			const isAnyUsable = listings.some(
				(listing) => 'profiles' in listing && listing.profiles.some(({ kind }) => kind !== 'broken'),
			);
			const answer = await pickOne<ProfileItem>(frame, {
				placeholder:
					items.value.length > 0
						? l10n.t('Choose the profile of the account to import into')
						: l10n.t('No profiles were found. Run "aws configure" in a terminal, then try again'),
				items: isAnyUsable ? items.value : [...items.value, openFile],
				initial: items.value.filter(({ choice }) => choice && isSame(choice, draft)),
				canChoose: (item) => item === openFile || item.choice !== undefined,
			});
			if (answer.kind !== 'value') {
				return answer.kind;
			}
			if (answer.value === openFile) {
				const failed = listings.find((listing) => 'failure' in listing);
				openConfigurationOf(failed && { kind: 'vendorFailure', ...failed });
				return 'cancel';
			}
			const { choice } = answer.value;
			if (choice) {
				if (!isSame(choice, draft)) {
					delete draft.targets;
				}
				draft.profile = choice.profile;
				draft.service = choice.service;
			}
			return 'next';
		},
	};
}

function isSame({ profile, service }: NonNullable<ProfileItem['choice']>, draft: ImportDraft): boolean {
	return profile.vendor === draft.profile?.vendor && profile.name === draft.profile.name && service === draft.service;
}

/** The only profile and service there is for the key, which then needs no question; undefined when there are several or none. */
export async function onlyProfile(profiles: Profiles, key: PublicKey | undefined): Promise<ProfileItem['choice']> {
	const choices = (await profileItems(profiles, key)).flatMap(({ choice }) => choice ?? []);
	return choices.length === 1 ? choices[0] : undefined;
}

async function profileItems(profiles: Profiles, key: PublicKey | undefined): Promise<readonly ProfileItem[]> {
	return (await profiles.all()).flatMap((listing): readonly ProfileItem[] => {
		const { vendor } = listing;
		if ('failure' in listing) {
			const { message, advice } = describeFailure(listing.failure, vendor.label);
			return [{ label: vendor.label, iconPath: new ThemeIcon('error'), description: message, detail: advice }];
		}
		return vendor.services.flatMap((manifest) => {
			const { service, label } = manifest;
			const refusal = key && describeRefusal(key, [manifest]);
			return listing.profiles.map((profile): ProfileItem => {
				const row = { label: profile.name, description: [label, describeProfile(profile, vendor.label)].join(' · ') };
				if (profile.kind === 'broken') {
					return { ...row, iconPath: new ThemeIcon('warning') };
				}
				return refusal === undefined
					? { ...row, iconPath: new ThemeIcon('account'), choice: { profile, service } }
					: { ...row, iconPath: new ThemeIcon('circle-slash'), detail: refusal };
			});
		});
	});
}
