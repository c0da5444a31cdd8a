import { KeyIndex } from '../domain/keyIndex';
import type { KeyPair } from '../domain/keyPair';
import type { Profile, Region } from '../domain/profile';
import type { PublicKey } from '../domain/publicKey';
import { type Service, type Target, targetId } from '../domain/target';
import { isProviderError, type ProviderFailure } from '../providers/failure';
import { TaskQueues } from './concurrency';
import { type Disposable, Emitter } from './event';
import type { Clock, Log, Providers } from './ports';

/** What is known of a target's key pairs. */
export type Listing =
	| {
			readonly status: 'listed';
			readonly keyPairs: readonly KeyPair[] /** Milliseconds since 1970. */;
			readonly at: number;
	  }
	| { readonly status: 'failed'; readonly failure: ProviderFailure };

/** A service's regions for a profile. Both parts can stand together: a profile that may not list regions still has its own. */
export interface RegionListing {
	readonly regions: readonly Region[];
	readonly failure?: ProviderFailure;
}

/** Where a key is held. */
export interface Holder {
	readonly target: Target;
	readonly keyPair: KeyPair;
}

interface Entry {
	readonly target: Target;
	listing?: Listing;
	index?: KeyIndex;
	loading?: Promise<Listing>;
	abort?: AbortController;
}

interface RegionEntry {
	readonly profile: string;
	readonly answer: Promise<RegionListing>;
	known?: RegionListing;
}

/** So many calls at a time for one profile: enough for all regions of a partition to answer within two round trips, few enough to be rarely
 * throttled (EC2's bucket for Describe calls holds 50 and more requests per account and region). */
const callsPerProfile = 24;

/** The key pairs of the clouds as far as they were asked for: one listing per target, kept until it is refreshed. */
export class RemoteKeys implements Disposable {
	private readonly changed = new Emitter<Target | undefined>();
	private readonly entries = new Map<string, Entry>();
	private readonly regionListings = new Map<string, RegionEntry>();
	private readonly queues = new TaskQueues(callsPerProfile);

	constructor(
		private readonly providers: Providers,
		private readonly clock: Clock,
		private readonly log: Log,
	) {}

	/** Fires with the target whose listing changed (without region: the regions could not be listed, or can be again), or with undefined
	 * when everything may have. */
	readonly onDidChange = this.changed.event;

	/** What is known now, without a call. */
	known(target: Target): Listing | undefined {
		return this.entries.get(targetId(target))?.listing;
	}

	isLoading(target: Target): boolean {
		return this.entries.get(targetId(target))?.loading !== undefined;
	}

	/** The target's key pairs: as known, or listed now. Several callers share one call. Rejects only for a bug. */
	async list(target: Target): Promise<Listing> {
		const entry = this.entry(target);
		return entry.loading ?? entry.listing ?? this.reload(target);
	}

	/** Lists the target anew; the earlier listing stays known until the answer is there. */
	reload(target: Target): Promise<Listing> {
		const entry = this.entry(target);
		entry.abort?.abort();
		const abort = new AbortController();
		entry.abort = abort;
		const loading = this.load(target, abort.signal).then((listing) => {
			if (entry.abort === abort) {
				delete entry.loading;
				this.keep(entry, listing);
			}
			return entry.listing ?? listing;
		});
		entry.loading = loading;
		this.changed.fire(target);
		return loading;
	}

	/** The regions of a service for a profile; kept until `forget` unless they could not be listed. Rejects only for a bug. */
	regions(profile: Profile, service: Service): Promise<RegionListing> {
		const id = targetId({ service, profile: profile.name });
		const kept = this.regionListings.get(id);
		if (kept && !kept.known?.failure) {
			return kept.answer;
		}
		const entry: RegionEntry = {
			profile: profile.name,
			answer: this.loadRegions(profile, service).then((listing) => {
				entry.known = listing;
				if (listing.failure || kept?.known?.failure) {
					this.changed.fire({ service, profile: profile.name });
				}
				return listing;
			}),
		};
		this.regionListings.set(id, entry);
		return entry.answer;
	}

	/** What `regions` answered, without a call. */
	knownRegions(profile: Profile, service: Service): RegionListing | undefined {
		return this.regionListings.get(targetId({ service, profile: profile.name }))?.known;
	}

	/** Every listed key pair that holds this key. */
	holders(key: PublicKey): readonly Holder[] {
		const holders: Holder[] = [];
		for (const { target, index } of this.entries.values()) {
			for (const keyPair of index?.holding(key) ?? []) {
				holders.push({ target, keyPair });
			}
		}
		return holders;
	}

	/** Puts a key pair into the listing without a call: right after an import the service's own list may lack it still. */
	add(target: Target, keyPair: KeyPair): void {
		const entry = this.entry(target);
		const others = entry.listing?.status === 'listed' ? entry.listing.keyPairs : undefined;
		if (others) {
			const keyPairs = [...others.filter(({ name }) => name !== keyPair.name), keyPair];
			this.keep(entry, { status: 'listed', keyPairs: keyPairs.sort(byName), at: this.clock.now() });
		}
	}

	/** Forgets what is known and aborts what is under way, for one profile or for all; credentials too. */
	async forget(profile?: string): Promise<void> {
		for (const [id, entry] of this.entries) {
			if (profile === undefined || entry.target.profile === profile) {
				entry.abort?.abort();
				this.entries.delete(id);
			}
		}
		for (const [id, entry] of this.regionListings) {
			if (profile === undefined || entry.profile === profile) {
				this.regionListings.delete(id);
			}
		}
		for (const vendor of this.providers.vendors) {
			for (const { service } of vendor.services) {
				(await this.providers.loaded(service))?.forget(profile);
			}
		}
		this.changed.fire(undefined);
	}

	dispose(): void {
		for (const { abort } of this.entries.values()) {
			abort?.abort();
		}
		this.changed.dispose();
	}

	private entry(target: Target): Entry {
		const id = targetId(target);
		let entry = this.entries.get(id);
		if (!entry) {
			entry = { target };
			this.entries.set(id, entry);
		}
		return entry;
	}

	private keep(entry: Entry, listing: Listing): void {
		entry.listing = listing;
		if (listing.status === 'listed') {
			entry.index = new KeyIndex(listing.keyPairs);
		} else {
			delete entry.index;
		}
		this.changed.fire(entry.target);
	}

	private async load(target: Target, signal: AbortSignal): Promise<Listing> {
		try {
			const provider = await this.providers.load(target.service);
			const keyPairs = await this.queues.for(target.profile).run(() => provider.list(target, signal));
			return { status: 'listed', keyPairs, at: this.clock.now() };
		} catch (error) {
			return { status: 'failed', failure: this.failure(error, target) };
		}
	}

	private async loadRegions(profile: Profile, service: Service): Promise<RegionListing> {
		try {
			const provider = await this.providers.load(service);
			return { regions: await provider.regions(profile.name, AbortSignal.timeout(regionsTimeoutMs)) };
		} catch (error) {
			const failure = this.failure(error, { service, profile: profile.name });
			const own = failure.kind === 'notPermitted' && profile.region !== undefined;
			return { regions: own ? [{ name: profile.region, usable: true }] : [], failure };
		}
	}

	private failure(error: unknown, target: Target): ProviderFailure {
		if (isProviderError(error)) {
			return error.failure;
		}
		this.log.error(`Unforeseen failure at ${targetId(target)}`, error);
		return { kind: 'unknown', retryable: false, outcomeUnknown: false, ...target };
	}
}

/** Longer than the SDK's three attempts take in the worst case that still succeeds; a person waits no longer. */
const regionsTimeoutMs = 30_000;

function byName(a: KeyPair, b: KeyPair): number {
	return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}
