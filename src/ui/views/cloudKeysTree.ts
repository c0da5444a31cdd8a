import { type Event, EventEmitter, type TreeDataProvider, type TreeItem } from 'vscode';
import { parsePublicKeys } from '../../domain/parsePublicKeys';
import type { Profile } from '../../domain/profile';
import { type Service, type Target, targetId } from '../../domain/target';
import {
	arrangeRegions,
	type CloudNode,
	nodeId,
	type RegionGroupNode,
	type RegionNode,
	targetNode,
	targetOf,
} from '../../services/cloudKeys/keyTree';
import { DisposableStore } from '../host/disposables';
import type { Services } from '../services';
import type { SignIn } from '../signIn';
import { keyPairTooltip, toTreeItem } from './cloudItems';
import { LocalKeyNames } from './localKeyNames';

/** So long a service's rows wait for what its regions hold, in milliseconds; a slower region keeps the row it has then. */
const settleMs = 2000;

/** Rows say how old they are in minutes. */
const ageMs = 60_000;

/** The rows of *Cloud Key Pairs*: nothing is read before a row is opened. */
export class CloudKeysTree implements TreeDataProvider<CloudNode> {
	private readonly store = new DisposableStore();
	private readonly changed = this.store.add(new EventEmitter<CloudNode | undefined>());
	readonly onDidChangeTreeData: Event<CloudNode | undefined> = this.changed.event;
	/** The rows of each service as they were arranged when it was opened: they keep their places while answers come. */
	private readonly arranged = new Map<string, readonly (RegionNode | RegionGroupNode)[]>();
	/** The rows that VS Code has, by id: it makes only these objects anew, no equal ones. */
	private readonly shown = new Map<string, CloudNode>();
	/** How often rows were forgotten, of all services or of one. */
	private generation = 0;
	private readonly localKeyNames: LocalKeyNames;
	/** The profiles whose rows say that their sign-in has expired, by id. */
	private readonly saidExpired = new Set<string>();
	private ageTimer: NodeJS.Timeout | undefined;

	constructor(
		private readonly services: Services,
		private readonly signIn: SignIn,
	) {
		const { profiles, remoteKeys, localKeys, agentKeys } = services;
		this.localKeyNames = new LocalKeyNames(services, () => this.renewKeyPairs());
		this.store.add(profiles.onDidChange(() => this.refresh()));
		this.store.add(remoteKeys.onDidChange((target) => this.listingChanged(target)));
		this.store.add(localKeys.onDidChange(() => void this.localKeyNames.refresh()));
		this.store.add(agentKeys.onDidChange(() => void this.localKeyNames.refresh()));
	}

	getTreeItem(node: CloudNode): TreeItem {
		const { providers, remoteKeys, clock } = this.services;
		if (this.isTarget(node)) {
			this.renewAges();
		}
		if (node.kind === 'profile' && this.isExpired(node.profile)) {
			this.saidExpired.add(nodeId(node));
		} else {
			this.saidExpired.delete(nodeId(node));
		}
		return toTreeItem(node, {
			providers,
			remoteKeys,
			now: clock.now(),
			describeLocalKey: (keyPair) => this.localKeyNames.describe(keyPair),
			canSignIn: (profile) => this.signIn.isPossible(profile),
			isExpired: (profile) => this.isExpired(profile),
		});
	}

	resolveTreeItem(item: TreeItem, node: CloudNode): TreeItem {
		if (node.kind === 'keyPair') {
			const [key] = parsePublicKeys(node.keyPair.publicKey ?? '').keys;
			item.tooltip = keyPairTooltip(node, key, this.services.providers.manifest(node.target.service));
		}
		return item;
	}

	async getChildren(node?: CloudNode): Promise<CloudNode[]> {
		const children = await this.childrenOf(node);
		for (const child of children) {
			this.shown.set(nodeId(child), child);
		}
		return children;
	}

	private async childrenOf(node: CloudNode | undefined): Promise<CloudNode[]> {
		switch (node?.kind) {
			case undefined:
				return this.profileNodes();
			case 'profile':
				return this.serviceNodes(node.profile);
			case 'service': {
				const target = targetOf(node, this.hasRegions);
				return target ? this.keyPairNodes(node.profile, target) : this.regionNodes(node.profile, node.service);
			}
			case 'region':
				return this.keyPairNodes(node.profile, node.target);
			case 'regionGroup':
				return [...node.regions];
			default:
				return [];
		}
	}

	getParent(node: CloudNode): CloudNode | undefined {
		switch (node.kind) {
			case 'vendorFailure':
			case 'profile':
				return undefined;
			case 'service':
				return { kind: 'profile', profile: node.profile };
			case 'regionGroup':
				return { kind: 'service', profile: node.profile, service: node.service };
			case 'keyPair':
			case 'failure':
				return targetNode(node.profile, node.target);
			case 'region': {
				const service: CloudNode = { kind: 'service', profile: node.profile, service: node.target.service };
				const group = this.arranged.get(nodeId(service))?.find((row) => holds(row, node));
				return group?.kind === 'regionGroup' ? group : service;
			}
		}
	}

	/** The row of a key pair, ready to be revealed; undefined when its profile or the pair itself is not there. */
	async find(target: Target, keyName: string): Promise<CloudNode | undefined> {
		const { profiles, remoteKeys } = this.services;
		const profile = await profiles.find(target.profile, target.service);
		if (!profile) {
			return undefined;
		}
		const listing = await remoteKeys.list(target);
		const service: CloudNode = { kind: 'service', profile, service: target.service };
		if (target.region !== undefined && (!this.arranged.has(nodeId(service)) || this.foldsKeyPairs(service))) {
			this.arranged.delete(nodeId(service));
			this.renew(service);
			await this.regionNodes(profile, target.service);
		}
		const keyPair = listing.status === 'listed' && listing.keyPairs.find(({ name }) => name === keyName);
		return keyPair ? { kind: 'keyPair', profile, target, keyPair } : undefined;
	}

	/** Makes all rows anew. */
	refresh(): void {
		this.generation++;
		this.arranged.clear();
		this.shown.clear();
		this.changed.fire(undefined);
	}

	dispose(): void {
		clearTimeout(this.ageTimer);
		this.store.dispose();
	}

	/** Whether a region that was empty when the rows were arranged is so no more. */
	private foldsKeyPairs(service: CloudNode): boolean {
		const rows = this.arranged.get(nodeId(service)) ?? [];
		return rows.some(
			(row) =>
				row.kind === 'regionGroup' &&
				row.regions.some(({ target }) => {
					const listing = this.services.remoteKeys.known(target);
					return listing?.status === 'listed' && listing.keyPairs.length > 0;
				}),
		);
	}

	private async profileNodes(): Promise<CloudNode[]> {
		const listings = await this.services.profiles.all();
		return listings.flatMap((listing): readonly CloudNode[] =>
			'failure' in listing
				? [{ kind: 'vendorFailure', ...listing }]
				: listing.profiles.map((profile) => ({ kind: 'profile', profile })),
		);
	}

	private serviceNodes(profile: Profile): CloudNode[] {
		const vendor = this.services.providers.vendors.find((candidate) => candidate.vendor === profile.vendor);
		return (vendor?.services ?? []).map(({ service }) => ({ kind: 'service', profile, service }));
	}

	private async regionNodes(profile: Profile, service: Service): Promise<CloudNode[]> {
		const { remoteKeys } = this.services;
		const { regions, failure } = await remoteKeys.regions(profile, service);
		const { generation } = this;
		const id = nodeId({ kind: 'service', profile, service });
		let rows = this.arranged.get(id);
		if (!rows) {
			await this.settled(
				profile,
				service,
				regions.filter(({ usable }) => usable).map(({ name }) => name),
			);
			if (generation !== this.generation) {
				// What was waited for has been forgotten meanwhile.
				return this.regionNodes(profile, service);
			}
			rows = this.arranged.get(id) ?? arrangeRegions(profile, service, regions, (target) => remoteKeys.known(target));
			this.arranged.set(id, rows);
		}
		if (failure) {
			this.arranged.delete(id);
			return [{ kind: 'failure', profile, target: { service, profile: profile.name }, failure }, ...rows];
		}
		return [...rows];
	}

	private async settled(profile: Profile, service: Service, regions: readonly string[]): Promise<void> {
		const listed = regions.map((region) => this.services.remoteKeys.list({ service, profile: profile.name, region }));
		const abort = new AbortController();
		await Promise.race([Promise.all(listed), this.services.clock.wait(settleMs, abort.signal)]);
		abort.abort();
	}

	private async keyPairNodes(profile: Profile, target: Target): Promise<CloudNode[]> {
		const [listing] = await Promise.all([this.services.remoteKeys.list(target), this.localKeyNames.ready()]);
		return listing.status === 'listed'
			? listing.keyPairs.map((keyPair) => ({ kind: 'keyPair', profile, target, keyPair }))
			: [{ kind: 'failure', profile, target, failure: listing.failure }];
	}

	/** One row is made anew, and those below it; nothing else moves. */
	private listingChanged(target: Target | undefined): void {
		if (!target) {
			this.refresh();
			return;
		}
		if (!this.hasRegions(target.service)) {
			void this.serviceChanged(target);
			return;
		}
		if (target.region === undefined) {
			this.generation++;
			this.arranged.delete(`service/${targetId(target)}`);
			void this.profileChanged(target);
			return;
		}
		for (const rows of this.arranged.values()) {
			const regions = rows.flatMap((row) => (row.kind === 'region' ? [row] : row.regions));
			const node = regions.find((region) => targetId(region.target) === targetId(target));
			if (node) {
				this.renew(node);
			}
		}
	}

	private async profileChanged(target: Target): Promise<void> {
		const profile = await this.services.profiles.find(target.profile, target.service);
		if (profile) {
			this.renew({ kind: 'profile', profile });
		}
	}

	/** A service that is a target itself: its row is made anew, and the profile's when that says something else now. */
	private async serviceChanged(target: Target): Promise<void> {
		const profile = await this.services.profiles.find(target.profile, target.service);
		if (profile) {
			const profileNode: CloudNode = { kind: 'profile', profile };
			const isSaid = this.saidExpired.has(nodeId(profileNode)) === this.isExpired(profile);
			this.renew(isSaid ? targetNode(profile, target) : profileNode);
		}
	}

	/** Whether one of the profile's services said that its sign-in has expired. */
	private isExpired(profile: Profile): boolean {
		const { remoteKeys, providers } = this.services;
		const vendor = providers.vendors.find((candidate) => candidate.vendor === profile.vendor);
		return (vendor?.services ?? []).some(({ service, capabilities }) => {
			const listing = remoteKeys.known({ service, profile: profile.name });
			const failure = capabilities.regions
				? remoteKeys.knownRegions(profile, service)?.failure
				: listing?.status === 'failed' && listing.failure;
			return failure && failure.kind === 'signInExpired';
		});
	}

	/** Has a row made anew, with those below it, if it is shown. */
	private renew(node: CloudNode): void {
		const shown = this.shown.get(nodeId(node));
		if (shown) {
			this.changed.fire(shown);
		}
	}

	/** Makes the rows that say an age anew in a minute; while the view is hidden nobody asks for rows, and this rests. */
	private renewAges(): void {
		this.ageTimer ??= setTimeout(() => {
			this.ageTimer = undefined;
			this.renewKeyPairs();
		}, ageMs);
	}

	/** Has the rows of key pairs made anew, with those above them. */
	private renewKeyPairs(): void {
		for (const node of [...this.shown.values()]) {
			if (this.isTarget(node)) {
				this.changed.fire(node);
			}
		}
	}

	/** Whether key pairs stand directly below the row. */
	private isTarget(node: CloudNode): boolean {
		return node.kind === 'region' || (node.kind === 'service' && !this.hasRegions(node.service));
	}

	private readonly hasRegions = (service: Service): boolean =>
		this.services.providers.manifest(service).capabilities.regions;
}

function holds(row: RegionNode | RegionGroupNode, region: RegionNode): boolean {
	return (
		row.kind === 'regionGroup' &&
		row.regions.some((candidate) => targetId(candidate.target) === targetId(region.target))
	);
}
