import type { Profile, Region } from '../../domain/profile';
import type { PublicKey } from '../../domain/publicKey';
import { checkKey, type RuleProblem } from '../../domain/rules';
import { type Service, type Target, targetId } from '../../domain/target';
import { allRegions, type TargetPattern } from '../../domain/targetSets';
import type { ServiceManifest, VendorManifest } from '../../providers/contract';
import { type FailureKind, type ProviderFailure, retryableKinds } from '../../providers/failure';
import type { RegionListing, RemoteKeys } from '../cloudKeys/remoteKeys';
import { TaskQueue } from '../concurrency';
import { type Disposable, Emitter } from '../event';
import type { Providers } from '../ports';
import type { Profiles } from '../profiles/profiles';

/** A target that could be chosen. */
export interface CatalogTarget {
	readonly target: Target;
	/** It is in the region that the profile names. */
	readonly isOwn: boolean;
	/** Why it can't be chosen; absent when it can. */
	readonly refusal?: NonNullable<Region['reason']>;
}

/** The targets of one profile and service. */
export interface TargetGroup {
	/** The `targetId` of profile and service. */
	readonly id: string;
	readonly profile: Profile;
	readonly manifest: ServiceManifest;
	/** `whole`: `targets` are all there are; `asking`: they are being listed; `notAsked`: to list them may put a question to the person; `failed`: they
	 * could not be listed, see `failure`. */
	readonly state: 'whole' | 'asking' | 'notAsked' | 'failed';
	/** Those that are known: the profile's own region and those that were asked for come first, those that can't be chosen last. */
	readonly targets: readonly CatalogTarget[];
	readonly failure?: ProviderFailure;
	/** None of the targets can be chosen: the service does not take the key. */
	readonly refused?: RuleProblem;
}

/** Which targets a catalog holds. */
export interface CatalogOptions {
	/** Services that don't take it are told so. */
	readonly key?: PublicKey;
	/** Only this profile's, and only of this service. */
	readonly scope?: { readonly profile: Profile; readonly service?: Service };
	/** Their groups come first, and they are there before their regions are listed. */
	readonly wanted?: readonly TargetPattern[];
	/** They are there before their regions are listed. */
	readonly expected?: readonly TargetPattern[];
}

export interface CatalogContext {
	readonly profiles: Profiles;
	readonly providers: Providers;
	readonly remoteKeys: RemoteKeys;
}

/** So many lists of regions are asked for at a time: the form is not to be the cause of throttling. */
const listingsAtATime = 8;

/** Why a profile can't be used until somebody mends it, whatever the region. */
const lockingKinds: ReadonlySet<FailureKind> = new Set([
	'credentialsMissing',
	'signInExpired',
	'credentialsRejected',
	'mfaRejected',
	'roleRefused',
	'processFailed',
	'configuration',
	'accountState',
]);

/** Whether the failure to list regions says that nothing can be imported with the profile either. */
export function isLocked({ failure }: TargetGroup): boolean {
	return failure !== undefined && lockingKinds.has(failure.kind) && !retryableKinds.has(failure.kind);
}

/** The targets of a group that can be chosen now. */
export function choosable(group: TargetGroup): readonly CatalogTarget[] {
	return group.refused || isLocked(group) ? [] : group.targets.filter(({ refusal }) => refusal === undefined);
}

/** Every profile × service × region that an import could go to. Regions are listed in the background where that asks the person nothing, and otherwise
 * when they are asked for. */
export class TargetCatalog implements Disposable {
	private readonly changed = new Emitter<TargetGroup>();
	private readonly queue = new TaskQueue(listingsAtATime);
	private readonly entries: TargetGroup[] = [];
	private isDisposed = false;

	private constructor(
		private readonly providers: Providers,
		private readonly remoteKeys: RemoteKeys,
		private readonly options: CatalogOptions,
		/** Profiles that can't work. */
		readonly broken: readonly Profile[],
		/** Vendors whose profiles can't be listed. */
		readonly failures: readonly { readonly vendor: VendorManifest; readonly failure: ProviderFailure }[],
	) {}

	/** Reads the profiles; lists no regions yet. */
	static async open(
		{ profiles, providers, remoteKeys }: CatalogContext,
		options: CatalogOptions = {},
	): Promise<TargetCatalog> {
		const listings = await profiles.all();
		const { scope } = options;
		const isInScope = (profile: Profile): boolean =>
			scope === undefined || (profile.vendor === scope.profile.vendor && profile.name === scope.profile.name);
		const known = listings.flatMap((listing) => ('profiles' in listing ? listing.profiles.filter(isInScope) : []));
		const catalog = new TargetCatalog(
			providers,
			remoteKeys,
			options,
			known.filter(({ kind }) => kind === 'broken'),
			scope ? [] : listings.flatMap((listing) => ('failure' in listing ? [listing] : [])),
		);
		const wanted = new Set(options.wanted?.map(groupIdOf));
		const groups = listings.flatMap(({ vendor }) =>
			known
				.filter((profile) => profile.vendor === vendor.vendor && profile.kind !== 'broken')
				.flatMap((profile) =>
					vendor.services
						.filter(({ service }) => scope?.service === undefined || scope.service === service)
						.map((manifest) => catalog.group(profile, manifest)),
				),
		);
		catalog.entries.push(...groups.filter(({ id }) => wanted.has(id)), ...groups.filter(({ id }) => !wanted.has(id)));
		return catalog;
	}

	/** Fires with a group that is another now. */
	readonly onDidChange = this.changed.event;

	/** In an order that stays. */
	get groups(): readonly TargetGroup[] {
		return this.entries;
	}

	/** Lists the regions of every group where nobody is asked anything for it. Resolves when all have answered. */
	async listQuietly(): Promise<void> {
		await Promise.all(this.entries.filter((group) => group.state === 'asking').map((group) => this.list(group.id)));
	}

	/** Lists the regions of a group, also where that may ask the person something. */
	async list(id: string): Promise<void> {
		const group = this.entries.find((candidate) => candidate.id === id);
		if (!group || group.state === 'whole' || group.refused) {
			return;
		}
		this.put({ ...withoutFailure(group), state: 'asking' });
		const { profile, manifest } = group;
		const listing = await this.queue.run(async () =>
			this.isDisposed ? undefined : this.remoteKeys.regions(profile, manifest.service),
		);
		if (listing) {
			this.put(this.listed(profile, manifest, listing));
		}
	}

	/** Waits for nothing any more; what was asked for is kept for the next one. */
	dispose(): void {
		this.isDisposed = true;
		this.changed.dispose();
	}

	private put(group: TargetGroup): void {
		const at = this.entries.findIndex(({ id }) => id === group.id);
		this.entries[at] = group;
		this.changed.fire(group);
	}

	private group(profile: Profile, manifest: ServiceManifest): TargetGroup {
		const { service, capabilities, rules } = manifest;
		const { key } = this.options;
		const target: Target = { service, profile: profile.name };
		const refused = key && checkKey(key, rules).find(({ severity }) => severity === 'error');
		const base = { id: targetId(target), profile, manifest };
		if (refused) {
			return { ...base, state: 'whole', targets: [], refused };
		}
		if (!capabilities.regions) {
			return { ...base, state: 'whole', targets: [{ target, isOwn: false }] };
		}
		const known = this.remoteKeys.knownRegions(profile, service);
		if (known && !known.failure) {
			return this.listed(profile, manifest, known);
		}
		const state = this.asksNobody(profile) ? 'asking' : 'notAsked';
		return {
			...base,
			state,
			targets: this.expected(profile, service).map((region) => entry(profile, service, region)),
		};
	}

	private listed(profile: Profile, manifest: ServiceManifest, { regions, failure }: RegionListing): TargetGroup {
		const { service } = manifest;
		const expected = this.expected(profile, service);
		const names = failure
			? [...new Set([...expected, ...regions.map(({ name }) => name)])]
			: regions.map(({ name }) => name);
		const reasons = new Map(
			regions.map((region) => [region.name, region.usable ? undefined : (region.reason ?? 'notOptedIn')]),
		);
		const targets = names.map((name) => entry(profile, service, name, reasons.get(name)));
		const isFirst = ({ target }: CatalogTarget): boolean => expected.includes(target.region ?? '');
		return {
			id: targetId({ service, profile: profile.name }),
			profile,
			manifest,
			state: failure ? 'failed' : 'whole',
			targets: [
				...targets.filter((target) => isFirst(target) && !target.refusal),
				...targets.filter((target) => !isFirst(target) && !target.refusal),
				...targets.filter(({ refusal }) => refusal),
			],
			...(failure && { failure }),
		};
	}

	/** The regions that are there without having been listed. */
	private expected(profile: Profile, service: Service): readonly string[] {
		const { wanted = [], expected = [] } = this.options;
		const named = [...wanted, ...expected].flatMap(({ region, ...pattern }) =>
			region !== undefined && region !== allRegions && pattern.service === service && pattern.profile === profile.name
				? region
				: [],
		);
		return [...new Set([...(profile.region === undefined ? [] : [profile.region]), ...named])];
	}

	/** Whether the profile's credentials can be had without a question; once they are had there is none. */
	private asksNobody(profile: Profile): boolean {
		return (
			(profile.mayAsk !== true && profile.kind !== 'process') ||
			this.providers.vendors
				.flatMap(({ vendor, services }) => (vendor === profile.vendor ? services : []))
				.some(
					({ service }) =>
						this.remoteKeys.knownRegions(profile, service)?.failure === undefined &&
						this.remoteKeys.knownRegions(profile, service) !== undefined,
				)
		);
	}
}

function entry(profile: Profile, service: Service, region: string, refusal?: CatalogTarget['refusal']): CatalogTarget {
	const target: Target = { service, profile: profile.name, region };
	return { target, isOwn: region === profile.region, ...(refusal && { refusal }) };
}

/** The id of the group that a target or pattern belongs to. */
export function groupIdOf({ service, profile }: Target | TargetPattern): string {
	return targetId({ service, profile });
}

function withoutFailure({ failure: _, ...group }: TargetGroup): TargetGroup {
	return group;
}
