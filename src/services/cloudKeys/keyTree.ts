import type { KeyPair } from '../../domain/keyPair';
import type { Profile, Region } from '../../domain/profile';
import { type Service, type Target, targetId } from '../../domain/target';
import type { VendorManifest } from '../../providers/contract';
import type { ProviderFailure } from '../../providers/failure';
import type { Listing } from './remoteKeys';

/** A node of the *Cloud Key Pairs* tree. */
export type CloudNode =
	| { readonly kind: 'vendorFailure'; readonly vendor: VendorManifest; readonly failure: ProviderFailure }
	| { readonly kind: 'profile'; readonly profile: Profile }
	| { readonly kind: 'service'; readonly profile: Profile; readonly service: Service }
	| RegionNode
	| RegionGroupNode
	| { readonly kind: 'keyPair'; readonly profile: Profile; readonly target: Target; readonly keyPair: KeyPair }
	| {
			readonly kind: 'failure';
			readonly profile: Profile;
			readonly target: Target;
			readonly failure: ProviderFailure;
	  };

export interface RegionNode {
	readonly kind: 'region';
	readonly profile: Profile;
	readonly target: Target;
	/** Why the region can't be used; absent when it can. */
	readonly unusable?: Region['reason'];
}

/** Regions folded into one row: those without key pairs, and those that the account has not enabled. */
export interface RegionGroupNode {
	readonly kind: 'regionGroup';
	readonly group: 'empty' | 'notEnabled';
	readonly profile: Profile;
	readonly service: Service;
	readonly regions: readonly RegionNode[];
}

/** The same for the same node over refreshes and different for any other node. */
export function nodeId(node: CloudNode): string {
	switch (node.kind) {
		case 'vendorFailure':
			return `vendorFailure/${node.vendor.vendor}`;
		case 'profile':
			return `profile/${node.profile.vendor}/${encodeURIComponent(node.profile.name)}`;
		case 'service':
			return `service/${targetId({ service: node.service, profile: node.profile.name })}`;
		case 'region':
			return `region/${targetId(node.target)}`;
		case 'regionGroup':
			return `${node.group}/${targetId({ service: node.service, profile: node.profile.name })}`;
		case 'keyPair':
			return `keyPair/${targetId(node.target)}/${encodeURIComponent(node.keyPair.name)}`;
		case 'failure':
			return `failure/${targetId(node.target)}`;
	}
}

/** The target that a row stands for, or is of: that of a region, of a key pair or of what went wrong there. A service without regions is a target itself.
 * Undefined for rows of several targets or of none. */
export function targetOf(node: CloudNode, hasRegions: (service: Service) => boolean): Target | undefined {
	switch (node.kind) {
		case 'service':
			return hasRegions(node.service) ? undefined : { service: node.service, profile: node.profile.name };
		case 'failure':
			return node.target.region === undefined && hasRegions(node.target.service) ? undefined : node.target;
		case 'region':
		case 'keyPair':
			return node.target;
		default:
			return undefined;
	}
}

/** The row that stands for a target: its region's, or the service's where that has no regions. */
export function targetNode(profile: Profile, target: Target): CloudNode {
	return target.region === undefined
		? { kind: 'service', profile, service: target.service }
		: { kind: 'region', profile, target };
}

/** The rows of a service: regions with key pairs, with a failure or still loading, by name; then the groups. A region without key pairs is
 * folded only when that is known, so that no row moves when its answer comes. */
export function arrangeRegions(
	profile: Profile,
	service: Service,
	regions: readonly Region[],
	known: (target: Target) => Listing | undefined,
): readonly (RegionNode | RegionGroupNode)[] {
	const open: RegionNode[] = [];
	const empty: RegionNode[] = [];
	const notEnabled: RegionNode[] = [];
	for (const { name, usable, reason } of regions) {
		const target = { service, profile: profile.name, region: name };
		const node: RegionNode = { kind: 'region', profile, target, ...(!usable && { unusable: reason ?? 'notOptedIn' }) };
		const listing = known(target);
		if (!usable) {
			notEnabled.push(node);
		} else if (listing?.status === 'listed' && listing.keyPairs.length === 0) {
			empty.push(node);
		} else {
			open.push(node);
		}
	}
	const groups = [
		{ group: 'empty', regions: empty } as const,
		{ group: 'notEnabled', regions: notEnabled } as const,
	].filter((candidate) => candidate.regions.length > 0);
	return [...open, ...groups.map((group) => ({ kind: 'regionGroup', profile, service, ...group }) as const)];
}
