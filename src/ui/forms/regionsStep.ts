import { l10n, type QuickPickItem, ThemeIcon } from 'vscode';
import type { Profile } from '../../domain/profile';
import { type Service, type Target, targetId } from '../../domain/target';
import type { RegionListing, RemoteKeys } from '../../services/remoteKeys';
import { configurationItem, isMendedInConfiguration, openConfigurationOf } from '../configuration';
import { describeKeyPairCount } from '../messages/counts';
import { describeFailure } from '../messages/failures';
import { describeWait, type SignIn } from '../signIn';
import type { ImportDraft } from './importDraft';
import { type Answer, type Frame, pickMany, pickOne, waitFor } from './input';
import type { Step, StepResult } from './steps';

interface RegionItem extends QuickPickItem {
	readonly target: Target;
}

/** Asks for one or more enabled regions of the profile. When they can't be listed it says why and offers what mends it. */
export function regionsStep(
	remoteKeys: RemoteKeys,
	signIn: SignIn,
	label: (service: Service) => string,
): Step<ImportDraft> {
	return {
		id: 'regions',
		title: ({ profile }) => l10n.t('Regions of {0}', profile?.name ?? ''),
		isNeeded: ({ given }) => !given.has('targets'),
		async ask(draft, frame) {
			const { profile, service } = draft;
			if (!profile || !service) {
				return 'back';
			}
			const loading = l10n.t('Listing the regions of {0}…', profile.name);
			const listing = await waitFor(frame, loading, remoteKeys.regions(profile, service));
			if (listing.kind !== 'value') {
				return listing.kind;
			}
			const items = regionItems(profile, service, listing.value, remoteKeys);
			if (items.length === 0) {
				return mend(profile, service, listing.value, frame);
			}
			return toResult(draft, await pickMany(frame, chooseRegions(draft, profile, listing.value, items)));
		},
	};

	/** No region to choose from: say why, and offer to sign in or to try again. */
	async function mend(
		profile: Profile,
		service: Service,
		{ failure }: RegionListing,
		frame: Frame,
	): Promise<StepResult> {
		const words = failure && describeFailure(failure, label(service));
		const retry = { label: l10n.t('Try again'), iconPath: new ThemeIcon('refresh') };
		const mendSignIn = { label: l10n.t('Sign in…'), iconPath: new ThemeIcon('sign-in') };
		const openFile = configurationItem();
		const isSignedIn = signIn.isPossible(profile);
		const canSignIn = failure?.kind === 'signInExpired' && isSignedIn;
		const canConfigure = failure && isMendedInConfiguration(failure.kind, isSignedIn);
		const answer = await pickOne(frame, {
			placeholder: words
				? `${words.message} ${words.advice}`
				: l10n.t('No region is enabled for profile {0}.', profile.name),
			items: [...(canSignIn ? [mendSignIn] : []), retry, ...(canConfigure ? [openFile] : [])],
		});
		if (answer.kind !== 'value') {
			return answer.kind;
		}
		if (answer.value === mendSignIn) {
			const givenUp = new AbortController();
			const signedIn = await waitFor(frame, describeWait(profile), signIn.run(profile, givenUp.signal));
			givenUp.abort();
			return signedIn.kind === 'value' ? { to: 'regions' } : signedIn.kind;
		}
		if (answer.value === openFile) {
			openConfigurationOf({ service, profile: profile.name });
			return 'cancel';
		}
		await remoteKeys.forget(profile.name);
		return { to: 'regions' };
	}
}

function chooseRegions(draft: ImportDraft, profile: Profile, listing: RegionListing, items: readonly RegionItem[]) {
	const chosen = new Set(draft.targets?.map(targetId));
	const initial = items.filter(({ target }) =>
		draft.targets ? chosen.has(targetId(target)) : target.region === profile.region,
	);
	return {
		placeholder: listing.failure
			? l10n.t('This profile is not allowed to list regions: only its own region is offered')
			: l10n.t('Choose one or more regions, or type to filter'),
		items,
		initial,
	};
}

function regionItems(
	profile: Profile,
	service: Service,
	listing: RegionListing,
	remoteKeys: RemoteKeys,
): readonly RegionItem[] {
	const usable = listing.regions.filter((region) => region.usable);
	// The profile's own comes first: it is marked beforehand, and must not be so out of sight.
	return [
		...usable.filter(({ name }) => name === profile.region),
		...usable.filter(({ name }) => name !== profile.region),
	].map(({ name }) => {
		const target: Target = { service, profile: profile.name, region: name };
		const own = name === profile.region ? [l10n.t("the profile's region")] : [];
		const known = remoteKeys.known(target);
		const count = known?.status === 'listed' ? [describeKeyPairCount(known.keyPairs.length)] : [];
		return { label: name, description: [...own, ...count].join(' · '), target };
	});
}

function toResult(draft: ImportDraft, answer: Answer<readonly RegionItem[]>): StepResult {
	if (answer.kind !== 'value') {
		return answer.kind;
	}
	draft.targets = answer.value.map(({ target }) => target);
	return 'next';
}
