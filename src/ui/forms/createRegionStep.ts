import { l10n, type QuickPickItem, ThemeIcon } from 'vscode';
import type { Profile } from '../../domain/profile';
import type { Service, Target } from '../../domain/target';
import type { RegionListing } from '../../services/cloudKeys/remoteKeys';
import { configurationItem, isMendedInConfiguration, openConfigurationOf } from '../configuration';
import { describeKeyPairCount } from '../messages/counts';
import { describeFailure } from '../messages/failures';
import type { Services } from '../services';
import { describeWait, type SignIn } from '../signIn';
import type { CreateDraft } from './createDraft';
import { type Frame, pickOne, waitFor } from './input';
import type { Step, StepResult } from './steps';

interface RegionItem extends QuickPickItem {
	readonly target: Target;
}

/** Asks for one enabled region of the profile, where the service has regions. When they can't be listed it says why and offers what mends it. */
export function createRegionStep(
	{ providers, remoteKeys }: Pick<Services, 'providers' | 'remoteKeys'>,
	signIn: SignIn,
): Step<CreateDraft> {
	return {
		id: 'region',
		title: ({ profile }) => l10n.t('Region of {0}', profile?.name ?? ''),
		isNeeded: ({ given, service }) =>
			!given.has('target') && (service === undefined || providers.manifest(service).capabilities.regions),
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
			const items = regionItems(profile, service, listing.value);
			if (items.length === 0) {
				return mend(profile, service, listing.value, frame);
			}
			const answer = await pickOne(frame, {
				placeholder: listing.value.failure
					? l10n.t('This profile is not allowed to list regions: only its own region is offered')
					: l10n.t('Choose a region, or type to filter'),
				items,
				initial: items.filter(({ target }) => target.region === (draft.target?.region ?? profile.region)),
			});
			if (answer.kind !== 'value') {
				return answer.kind;
			}
			draft.target = answer.value.target;
			return 'next';
		},
	};

	/** The profile's own comes first: it is meant most often. */
	function regionItems(profile: Profile, service: Service, { regions }: RegionListing): readonly RegionItem[] {
		const usable = regions.filter((region) => region.usable);
		return [
			...usable.filter(({ name }) => name === profile.region),
			...usable.filter(({ name }) => name !== profile.region),
		].map(({ name }) => {
			const target: Target = { service, profile: profile.name, region: name };
			const known = remoteKeys.known(target);
			const said = [
				name === profile.region ? l10n.t("the profile's region") : '',
				known?.status === 'listed' ? describeKeyPairCount(known.keyPairs.length) : '',
			];
			return { label: name, iconPath: new ThemeIcon('globe'), description: said.filter(Boolean).join(' · '), target };
		});
	}

	/** No region to choose from: say why, and offer to sign in, to try again or to open the configuration. */
	async function mend(profile: Profile, service: Service, listing: RegionListing, frame: Frame): Promise<StepResult> {
		const { failure } = listing;
		const words = failure && describeFailure(failure, providers.manifest(service).label);
		const retry = { label: l10n.t('Try again'), iconPath: new ThemeIcon('refresh') };
		const mendSignIn = { label: l10n.t('Sign in…'), iconPath: new ThemeIcon('sign-in') };
		const openFile = configurationItem();
		const canSignIn = signIn.isPossible(profile);
		const answer = await pickOne(frame, {
			placeholder: words
				? `${words.message} ${words.advice}`
				: l10n.t('No region is enabled for profile {0}.', profile.name),
			items: [
				...(failure?.kind === 'signInExpired' && canSignIn ? [mendSignIn] : []),
				retry,
				...(failure && isMendedInConfiguration(failure.kind, canSignIn) ? [openFile] : []),
			],
		});
		if (answer.kind !== 'value') {
			return answer.kind;
		}
		if (answer.value === openFile) {
			openConfigurationOf({ service, profile: profile.name });
			return 'cancel';
		}
		if (answer.value === mendSignIn) {
			const givenUp = new AbortController();
			const signedIn = await waitFor(frame, describeWait(profile), signIn.run(profile, givenUp.signal));
			givenUp.abort();
			return signedIn.kind === 'value' ? { to: 'region' } : signedIn.kind;
		}
		await remoteKeys.forget(profile.name);
		return { to: 'region' };
	}
}
