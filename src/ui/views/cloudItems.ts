import { l10n, MarkdownString, ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState } from 'vscode';
import type { KeyPair } from '../../domain/keyPair';
import type { Profile } from '../../domain/profile';
import type { PublicKey } from '../../domain/publicKey';
import type { Target } from '../../domain/target';
import type { ServiceManifest } from '../../providers/contract';
import { type CloudNode, nodeId } from '../../services/cloudKeys/keyTree';
import type { RemoteKeys } from '../../services/cloudKeys/remoteKeys';
import type { Providers } from '../../services/ports';
import { isMendedInConfiguration } from '../configuration';
import { describeAge } from '../messages/age';
import { describeFailureBriefly } from '../messages/briefFailures';
import { describeKeyPairCount } from '../messages/counts';
import { describeFailure, type Words } from '../messages/failures';
import { describeProfile, describeSource } from '../messages/profiles';
import { describeLimits } from '../messages/services';
import { describePlace } from '../messages/targets';
import { toSpeech } from './speech';

export interface CloudItemContext {
	readonly providers: Providers;
	readonly remoteKeys: RemoteKeys;
	/** Milliseconds since 1970. */
	readonly now: number;
	/** Which local key the key pair holds, or that none does; undefined while that is not known. */
	describeLocalKey(keyPair: KeyPair): string | undefined;
	/** Whether the profile is of a kind that is signed in. */
	canSignIn(profile: Profile): boolean;
	/** Whether a service said that the profile's sign-in has expired. */
	isExpired(profile: Profile): boolean;
}

type NodeOf<K extends CloudNode['kind']> = Extract<CloudNode, { kind: K }>;

const warning = new ThemeColor('list.warningForeground');
const problem = new ThemeColor('list.errorForeground');

/** A row of *Cloud Key Pairs*. The label is the thing's own name; what is said of it stands in the description. */
export function toTreeItem(node: CloudNode, context: CloudItemContext): TreeItem {
	const item = itemOf(node, context);
	item.id = nodeId(node);
	item.accessibilityInformation ??= { label: toSpeech(item) };
	return item;
}

function itemOf(node: CloudNode, context: CloudItemContext): TreeItem {
	switch (node.kind) {
		case 'vendorFailure': {
			const words = describeFailure(node.failure, node.vendor.label);
			const flags = 'configurationFailure canConfigure canRefresh';
			return failureItem(node.vendor.label, describeFailureBriefly(node.failure), words, flags);
		}
		case 'profile':
			return profileItem(node, context);
		case 'service':
			return serviceItem(node, context);
		case 'region':
			return regionItem(node, context);
		case 'regionGroup':
			return groupItem(node);
		case 'keyPair':
			return keyPairItem(node, context);
		case 'failure': {
			const { label } = context.providers.manifest(node.target.service);
			const words = describeFailure(node.failure, label);
			return failureItem(words.message, words.advice, words, failureFlags(node, context), detailOf(node));
		}
	}
}

function profileItem(node: NodeOf<'profile'>, { providers, ...context }: CloudItemContext): TreeItem {
	const { profile } = node;
	const vendor = providers.vendors.find((candidate) => candidate.vendor === profile.vendor);
	const isBroken = profile.kind === 'broken';
	const item = new TreeItem(
		profile.name,
		isBroken ? TreeItemCollapsibleState.None : TreeItemCollapsibleState.Collapsed,
	);
	const expired = context.isExpired(profile);
	const said = describeProfile(profile, vendor?.label ?? '');
	item.description = expired ? l10n.t('{0} · sign-in expired', said) : said;
	item.iconPath = isBroken || expired ? new ThemeIcon('warning', warning) : new ThemeIcon('account');
	item.contextValue = [
		'profile',
		'canRefresh',
		profile.kind === 'saved' ? 'canRemoveAccessKey' : 'canConfigure',
		...(isBroken ? [] : ['canCreate']),
		...(context.canSignIn(profile) ? ['canSignIn'] : []),
	].join(' ');
	item.tooltip = describeSource(profile);
	return item;
}

/** A service says what it can't do; one without regions says what it holds, too. */
function serviceItem({ profile, service }: NodeOf<'service'>, context: CloudItemContext): TreeItem {
	const manifest = context.providers.manifest(service);
	const item = new TreeItem(manifest.label, TreeItemCollapsibleState.Collapsed);
	item.iconPath = new ThemeIcon('server-environment');
	item.contextValue = 'service canCreate canRefresh';
	const limits = describeLimits(manifest);
	item.tooltip = [manifest.label, limits].filter(Boolean).join('\n');
	if (!manifest.capabilities.regions) {
		item.contextValue = 'service canImport canCreate canRefresh';
		addListing(item, { service, profile: profile.name }, context);
	}
	item.accessibilityInformation ??= { label: toSpeech(item) };
	if (limits) {
		item.accessibilityInformation = { label: [item.accessibilityInformation.label, limits].join(', ') };
	}
	return item;
}

function regionItem({ target, unusable }: NodeOf<'region'>, context: CloudItemContext): TreeItem {
	const item = new TreeItem(target.region ?? '', TreeItemCollapsibleState.Collapsed);
	item.iconPath = new ThemeIcon('globe');
	item.contextValue = unusable ? 'region' : 'region canImport canCreate canRefresh';
	if (unusable) {
		item.collapsibleState = TreeItemCollapsibleState.None;
		item.iconPath = new ThemeIcon('circle-slash');
		item.description = l10n.t('not enabled for this account');
		return item;
	}
	addListing(item, target, context);
	return item;
}

/** Adds what is known of a target's key pairs to its row: loading, how many and how old, or why not. */
function addListing(item: TreeItem, target: Target, { remoteKeys, providers, now }: CloudItemContext): void {
	const name = String(item.label);
	const listing = remoteKeys.known(target);
	if (remoteKeys.isLoading(target)) {
		item.description = l10n.t('loading…');
		item.iconPath = new ThemeIcon('loading~spin');
	} else if (listing?.status === 'listed') {
		const count = listing.keyPairs.length;
		const age = describeAge(now - listing.at);
		item.description = [String(count), age].join(' · ');
		item.accessibilityInformation = { label: [name, describeKeyPairCount(count), age].join(', ') };
		if (count === 0) {
			item.collapsibleState = TreeItemCollapsibleState.None;
		}
	} else if (listing?.status === 'failed') {
		const { message, advice } = describeFailure(listing.failure, providers.manifest(target.service).label);
		item.description = describeFailureBriefly(listing.failure);
		item.tooltip = [item.tooltip ?? name, message, advice].join('\n');
		item.accessibilityInformation = { label: [name, message].join(', ') };
		item.iconPath = new ThemeIcon('error', problem);
	}
}

function groupItem({ group, regions }: NodeOf<'regionGroup'>): TreeItem {
	const count = regions.length;
	const isEmpty = group === 'empty';
	const label = isEmpty
		? count === 1
			? l10n.t('1 empty region')
			: l10n.t('{0} empty regions', count)
		: count === 1
			? l10n.t('1 region not enabled')
			: l10n.t('{0} regions not enabled', count);
	const item = new TreeItem(label, TreeItemCollapsibleState.Collapsed);
	item.iconPath = new ThemeIcon(isEmpty ? 'fold-down' : 'circle-slash');
	item.contextValue = 'regionGroup';
	return item;
}

function keyPairItem({ keyPair, target }: NodeOf<'keyPair'>, context: CloudItemContext): TreeItem {
	const item = new TreeItem(keyPair.name);
	const { capabilities } = context.providers.manifest(target.service);
	const ownDefault = keyPair.isDefault ? l10n.t('default key pair') : undefined;
	item.description = [ownDefault, keyPair.type?.toUpperCase(), context.describeLocalKey(keyPair)]
		.filter(Boolean)
		.join(' · ');
	item.iconPath = new ThemeIcon('key');
	item.contextValue = [
		'keyPair',
		...(keyPair.fingerprint === undefined ? [] : ['canCopyFingerprint']),
		...(keyPair.publicKey === undefined ? [] : ['canCopyPublicKey']),
		'canCompare',
		...(capabilities.tags ? ['canEditTags'] : []),
		'canDelete',
	].join(' ');
	return item;
}

function failureFlags({ failure, profile }: NodeOf<'failure'>, context: CloudItemContext): string {
	const canSignIn = context.canSignIn(profile);
	const flags = ['failure', 'canRefresh'];
	if (failure.kind === 'signInExpired' && canSignIn) {
		flags.push('canSignIn');
	}
	if (profile.kind !== 'saved' && isMendedInConfiguration(failure.kind, canSignIn)) {
		flags.push('canConfigure');
	}
	return flags.join(' ');
}

function failureItem(
	label: string,
	description: string,
	{ message, advice }: Words,
	contextValue: string,
	detail = '',
): TreeItem {
	const item = new TreeItem(label);
	item.description = description;
	item.tooltip = [...new Set([label, message, advice, detail])].filter(Boolean).join('\n');
	item.iconPath = new ThemeIcon('error', problem);
	item.contextValue = contextValue;
	return item;
}

function detailOf({ failure }: NodeOf<'failure'>): string {
	return [failure.code, failure.requestId && l10n.t('Request ID: {0}.', failure.requestId)].filter(Boolean).join(' · ');
}

/** What is known of a key pair, for its tooltip. `key` is its public key as parsed, where the service gives it back. */
export function keyPairTooltip(
	{ keyPair, target }: NodeOf<'keyPair'>,
	key: PublicKey | undefined,
	{ label }: ServiceManifest,
): MarkdownString {
	const tooltip = new MarkdownString();
	const line = (name: string, value: string | undefined): void => {
		if (value) {
			tooltip.appendMarkdown(`${name}: `);
			tooltip.appendText(value);
			tooltip.appendMarkdown('\n\n');
		}
	};
	line(l10n.t('Name'), keyPair.name);
	line(l10n.t('Default'), keyPair.isDefault && l10n.t('{0} made it by itself.', label));
	line(l10n.t('ID'), keyPair.id);
	line(l10n.t('Fingerprint'), keyPair.fingerprint);
	line('SHA256', key?.fingerprints.sha256.slice('SHA256:'.length));
	line('MD5', key?.fingerprints.md5.slice('MD5:'.length));
	line(l10n.t('Where'), describePlace(target, label));
	line(l10n.t('Resource group'), keyPair.resourceGroupId);
	line(l10n.t('Created'), keyPair.createdAt?.toLocaleString());
	line(
		l10n.t('Tags'),
		Object.entries(keyPair.tags ?? {})
			.map(([name, value]) => `${name}=${value}`)
			.join(', '),
	);
	return tooltip;
}
