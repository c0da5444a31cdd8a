import { KeyIndex } from '../../domain/keyIndex';
import { isSameKeyPair, type KeyPair } from '../../domain/keyPair';
import type { Profile, Region } from '../../domain/profile';
import type { PublicKey } from '../../domain/publicKey';
import { type Service, type Target, targetId } from '../../domain/target';
import { byName } from '../../providers/byName';
import { isProviderError, type ProviderFailure } from '../../providers/failure';
import { withLimit } from '../../providers/waiting';
import { TaskQueues } from '../concurrency';
import { type Disposable, Emitter } from '../event';
import type { Clock, Log, Providers } from '../ports';

/** What is known of a target's key pairs. */
export type Listing =
	| {
			readonly status: 'listed';
			readonly keyPairs: readonly KeyPair[];
			/** Milliseconds since 1970. */
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
	/** Key pairs put in without a call, and when. */
	readonly added: Map<string, { readonly keyPair: KeyPair; readonly at: number }>;
	/** Key pairs taken out without a call, and when. */
	readonly removed: Map<string, { readonly keyPair: KeyPair; readonly at: number }>;
}

interface RegionEntry {
	readonly target: Target;
	readonly abort: AbortController;
	readonly answer: Promise<RegionListing>;
	known?: RegionListing;
	/** When it became known, in milliseconds since 1970. */
	at?: number;
}

/** So many calls at a time for one profile: enough for all regions of a partition to answer within two round trips, few enough to be rarely
 * throttled (EC2's bucket for Describe calls holds 50 and more requests per account and region). */
const callsPerProfile = 24;

/** EC2 is eventually consistent: a list asked for within so many milliseconds of an import may lack the key pair, or of a deletion still have it. */
const visibleAfterMs = 5_000;

/** So long a failure to list regions is kept, in milliseconds: views that are drawn anew because of it must not ask again. */
const failureKeptMs = 10_000;

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

	/** Fires with the target whose listing changed (without region, of a service that has regions: they could not be listed, or can be again, or all of the
	 * profile was forgotten), or with undefined when everything may have. */
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

	/** Lists the target anew; the earlier listing stays known until the answer is there. Who still waits for an earlier call gets this one's answer. */
	reload(target: Target): Promise<Listing> {
		const entry = this.entry(target);
		entry.abort?.abort();
		const abort = new AbortController();
		entry.abort = abort;
		const askedAt = this.clock.now();
		const loading = this.load(target, abort.signal).then((listing) => {
			if (entry.abort !== abort || this.entries.get(targetId(target)) !== entry) {
				return this.list(target);
			}
			delete entry.loading;
			return this.keep(entry, withAdded(entry, withoutRemoved(entry, listing, askedAt), askedAt));
		});
		entry.loading = loading;
		this.changed.fire(target);
		return loading;
	}

	/** The regions of a service for a profile; kept until `forget`, or for some seconds when they could not be listed. Rejects only for a bug. */
	regions(profile: Profile, service: Service): Promise<RegionListing> {
		const target = { service, profile: profile.name };
		const id = targetId(target);
		const kept = this.regionListings.get(id);
		const earlier = kept?.known?.failure;
		if (kept && (!earlier || this.clock.now() - (kept.at ?? 0) < failureKeptMs)) {
			return kept.answer;
		}
		const abort = new AbortController();
		const answer = this.loadRegions(profile, service, abort.signal).then((listing) => {
			if (this.regionListings.get(id) !== entry) {
				return this.regions(profile, service);
			}
			entry.known = listing;
			entry.at = this.clock.now();
			if (listing.failure?.kind !== earlier?.kind) {
				this.changed.fire(target);
			}
			return listing;
		});
		const entry: RegionEntry = { target, abort, answer };
		this.regionListings.set(id, entry);
		return answer;
	}

	/** What `regions` answered, without a call. */
	knownRegions(profile: Profile, service: Service): RegionListing | undefined {
		return this.regionListings.get(targetId({ service, profile: profile.name }))?.known;
	}

	/** The names of the profiles for which the last answer, of regions or key pairs, was that their sign-in has expired. */
	signedOut(): ReadonlySet<string> {
		const names = new Set<string>();
		for (const { target, known } of this.regionListings.values()) {
			if (known?.failure?.kind === 'signInExpired') {
				names.add(target.profile);
			}
		}
		for (const { target, listing } of this.entries.values()) {
			if (listing?.status === 'failed' && listing.failure.kind === 'signInExpired') {
				names.add(target.profile);
			}
		}
		return names;
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

	/** Every key pair that was listed so far. */
	listed(): readonly Holder[] {
		return [...this.entries.values()].flatMap(({ target, listing }) =>
			listing?.status === 'listed' ? listing.keyPairs.map((keyPair) => ({ target, keyPair })) : [],
		);
	}

	/** Puts a key pair into the listing without a call, in place of the one of its name: right after a change the service's own list may lack it still. */
	add(target: Target, keyPair: KeyPair): void {
		const entry = this.entry(target);
		entry.removed.delete(keyPair.name);
		entry.added.set(keyPair.name, { keyPair, at: this.clock.now() });
		if (entry.listing?.status === 'listed') {
			this.keep(entry, { ...entry.listing, keyPairs: withKeyPair(entry.listing.keyPairs, keyPair) });
		}
	}

	/** Takes a key pair out of the listing without a call: right after a deletion the service's own list may have it still. */
	remove(target: Target, keyPair: KeyPair): void {
		const entry = this.entry(target);
		entry.added.delete(keyPair.name);
		entry.removed.set(keyPair.name, { keyPair, at: this.clock.now() });
		if (entry.listing?.status === 'listed') {
			const keyPairs = entry.listing.keyPairs.filter((listed) => !isSameKeyPair(listed, keyPair));
			this.keep(entry, { ...entry.listing, keyPairs });
		}
	}

	/** Forgets what is known and aborts what is under way, for one profile or for all; credentials too. Who still waits gets the answer of a new call. */
	async forget(profile?: string): Promise<void> {
		const manifests = this.providers.vendors.flatMap((vendor) => vendor.services);
		const loaded = await Promise.allSettled(manifests.map(({ service }) => this.providers.loaded(service)));
		// All at once: no call may begin with the old credentials and be kept.
		for (const provider of loaded) {
			if (provider.status === 'fulfilled') {
				provider.value?.forget(profile);
			}
		}
		const services = new Set<Service>();
		for (const [id, entry] of this.entries) {
			if (profile === undefined || entry.target.profile === profile) {
				this.entries.delete(id);
				services.add(entry.target.service);
				entry.abort?.abort();
			}
		}
		for (const [id, entry] of this.regionListings) {
			if (profile === undefined || entry.target.profile === profile) {
				this.regionListings.delete(id);
				services.add(entry.target.service);
				entry.abort.abort();
			}
		}
		if (profile === undefined) {
			this.changed.fire(undefined);
		} else {
			for (const service of services) {
				this.changed.fire({ service, profile });
			}
		}
	}

	dispose(): void {
		for (const { abort } of [...this.entries.values(), ...this.regionListings.values()]) {
			abort?.abort();
		}
		this.changed.dispose();
	}

	private entry(target: Target): Entry {
		const id = targetId(target);
		let entry = this.entries.get(id);
		if (!entry) {
			entry = { target, added: new Map(), removed: new Map() };
			this.entries.set(id, entry);
		}
		return entry;
	}

	private keep(entry: Entry, listing: Listing): Listing {
		entry.listing = listing;
		if (listing.status === 'listed') {
			entry.index = new KeyIndex(listing.keyPairs);
		} else {
			delete entry.index;
		}
		this.changed.fire(entry.target);
		return listing;
	}

	private async load(target: Target, signal: AbortSignal): Promise<Listing> {
		try {
			const provider = await this.providers.load(target.service);
			// Vendors may have profiles of the same name.
			const { vendor } = this.providers.manifest(target.service);
			const queue = this.queues.for(`${vendor}/${target.profile}`);
			const keyPairs = await queue.run(() => provider.list(target, signal));
			return { status: 'listed', keyPairs, at: this.clock.now() };
		} catch (error) {
			return { status: 'failed', failure: this.failure(error, target) };
		}
	}

	private async loadRegions(profile: Profile, service: Service, signal: AbortSignal): Promise<RegionListing> {
		try {
			const provider = await this.providers.load(service);
			const ask = (limited: AbortSignal) => provider.regions(profile.name, limited);
			return { regions: await withLimit(signal, regionsTimeoutMs, ask) };
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

/** The listing with the key pairs that were put in since it was asked for, or too short a time before. */
function withAdded({ added }: Entry, listing: Listing, askedAt: number): Listing {
	if (listing.status === 'failed') {
		return listing;
	}
	let { keyPairs } = listing;
	for (const [name, { keyPair, at }] of added) {
		const listed = keyPairs.find((candidate) => candidate.name === name);
		if (askedAt - at > visibleAfterMs) {
			added.delete(name);
		} else if (!listed || isOther(listed, keyPair)) {
			keyPairs = withKeyPair(keyPairs, keyPair);
		} else if (keyPair.tags && askedAt < at) {
			// The list was on its way when they were changed.
			keyPairs = withKeyPair(keyPairs, { ...listed, tags: keyPair.tags });
		}
	}
	return { ...listing, keyPairs };
}

/** The listing without the key pairs that were taken out since it was asked for, or too short a time before. */
function withoutRemoved({ removed }: Entry, listing: Listing, askedAt: number): Listing {
	if (listing.status === 'failed' || removed.size === 0) {
		return listing;
	}
	for (const [name, { at }] of removed) {
		if (askedAt - at > visibleAfterMs) {
			removed.delete(name);
		}
	}
	const keyPairs = listing.keyPairs.filter((listed) => {
		const gone = removed.get(listed.name);
		return !gone || !isSameKeyPair(listed, gone.keyPair);
	});
	return { ...listing, keyPairs };
}

/** Whether they are two key pairs for certain. */
function isOther(one: KeyPair, other: KeyPair): boolean {
	return one.id !== undefined && other.id !== undefined
		? one.id !== other.id
		: one.fingerprint !== undefined && other.fingerprint !== undefined && one.fingerprint !== other.fingerprint;
}

/** In place of the one of its name, or at its place by name. */
function withKeyPair(keyPairs: readonly KeyPair[], keyPair: KeyPair): readonly KeyPair[] {
	return [...keyPairs.filter(({ name }) => name !== keyPair.name), keyPair].sort(byName);
}
