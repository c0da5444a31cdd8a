import { l10n, type QuickPickItem, QuickPickItemKind, ThemeIcon } from 'vscode';
import type { Profile } from '../../domain/profile';
import { type Target, targetId } from '../../domain/target';
import { allRegions, type TargetPattern } from '../../domain/targetSets';
import type { ProviderFailure } from '../../providers/failure';
import { choosable, isLocked, type TargetCatalog, type TargetGroup } from '../../services/imports/targetCatalog';
import type { TargetSelection } from '../../services/imports/targetSelection';
import { configurationItem, isMendedInConfiguration } from '../configuration';
import type { TargetSet } from '../host/targetSets';
import { describeFailureBriefly } from '../messages/briefFailures';
import { describeKeyPairCount } from '../messages/counts';
import { describeFailure } from '../messages/failures';
import { describeProfile } from '../messages/profiles';
import { describeRule } from '../messages/rules';

/** What a row of the list of targets stands for. `act` rows do something at once; a row that stands for nothing only informs. */
export type TargetRowSubject =
	| { readonly kind: 'target'; readonly target: Target }
	| { readonly kind: 'group'; readonly group: string }
	| { readonly kind: 'set'; readonly patterns: readonly TargetPattern[] }
	| { readonly kind: 'act'; readonly act: 'signIn' | 'list' | 'configure'; readonly group?: string }
	| { readonly kind: 'none' };

export interface TargetRow extends QuickPickItem {
	/** The same for the same row over changes, and different for any other. */
	readonly key: string;
	readonly subject: TargetRowSubject;
}

export interface TargetRowContext {
	readonly catalog: Pick<TargetCatalog, 'broken' | 'failures'>;
	/** The groups as they are to be shown. */
	readonly groups: readonly TargetGroup[];
	readonly selection: TargetSelection;
	readonly sets: readonly TargetSet[];
	/** The ids of groups whose profile is being signed in. */
	readonly signingIn: ReadonlySet<string>;
	canSignIn(group: TargetGroup): boolean;
	/** How many key pairs a target holds; undefined while that is not known. */
	countOf(target: Target): number | undefined;
}

/** The rows of the list, in their order: sets, targets by profile and service, and what can't be chosen. */
export function targetRows(context: TargetRowContext): readonly TargetRow[] {
	const offered = context.groups.filter(({ refused }) => !refused);
	return [
		...setRows(context),
		...offered.flatMap((group, at) => groupRows(group, offered.slice(0, at), context)),
		...refusedRows(context),
	];
}

/** Whether the row is to have its mark. */
export function isMarked({ subject }: TargetRow, { groups, selection }: TargetRowContext): boolean {
	switch (subject.kind) {
		case 'target':
			return selection.has(subject.target);
		case 'group': {
			const group = groups.find(({ id }) => id === subject.group);
			return group !== undefined && selection.hasAll(group);
		}
		case 'set':
			return selection.hasPatterns(subject.patterns);
		default:
			return false;
	}
}

function setRows({ sets, groups }: TargetRowContext): readonly TargetRow[] {
	if (sets.length === 0 || groups.length === 0) {
		return [];
	}
	return [
		separator('sets', l10n.t('Target sets')),
		...sets.map(({ name, patterns }) => ({
			key: `set/${name}`,
			label: name,
			description: describePatterns(patterns),
			iconPath: new ThemeIcon('bookmark'),
			subject: { kind: 'set', patterns } as const,
		})),
	];
}

/** What a set stands for, in short. */
export function describePatterns(patterns: readonly TargetPattern[]): string {
	const texts = patterns.map(({ profile, region }) =>
		region === undefined
			? profile
			: region === allRegions
				? l10n.t('{0}: all regions', profile)
				: [profile, region].join('/'),
	);
	const shown = texts.slice(0, 3).join(', ');
	return texts.length > 3 ? l10n.t('{0} and {1} more', shown, texts.length - 3) : shown;
}

function groupRows(
	group: TargetGroup,
	before: readonly TargetGroup[],
	context: TargetRowContext,
): readonly TargetRow[] {
	const { id, profile, manifest, state, targets } = group;
	const place = `${profile.name} · ${manifest.label}`;
	const possible = choosable(group);
	const isMany =
		manifest.capabilities.regions &&
		!isLocked(group) &&
		(state === 'whole' ? possible.length > 1 : state !== 'failed' || context.selection.hasAll(group));
	return [
		separator(id, titleOf(group, place, context.selection)),
		...(isMany ? [allRow(group, place)] : []),
		...actRows(group, before, context),
		...targets.map((entry): TargetRow => {
			const { target, isOwn, refusal } = entry;
			const isRefused = refusal !== undefined || isLocked(group);
			const count = isRefused ? undefined : context.countOf(target);
			return {
				key: `target/${targetId(target)}`,
				label: target.region ?? manifest.label,
				description: [
					place,
					refusal === undefined ? undefined : l10n.t('not enabled for this account'),
					isLocked(group) && group.failure ? describeFailureBriefly(group.failure) : undefined,
					isOwn ? l10n.t("the profile's region") : undefined,
					count === undefined ? undefined : describeKeyPairCount(count),
				]
					.filter((text) => text !== undefined)
					.join(' · '),
				...(isRefused && { iconPath: new ThemeIcon('circle-slash') }),
				subject: isRefused ? { kind: 'none' } : { kind: 'target', target },
			};
		}),
	];
}

function titleOf(group: TargetGroup, place: string, selection: TargetSelection): string {
	if (!group.manifest.capabilities.regions) {
		return place;
	}
	const chosen = selection.countIn(group);
	if (group.state === 'whole') {
		return l10n.t('{0} · {1} of {2}', place, chosen, choosable(group).length);
	}
	return chosen > 0 ? l10n.t('{0} · {1} chosen', place, chosen) : place;
}

function allRow(group: TargetGroup, place: string): TargetRow {
	const { id, profile, state } = group;
	const known = {
		whole: undefined,
		asking: l10n.t('listing…'),
		notAsked: describeQuestion(profile),
		failed: group.failure && describeFailureBriefly(group.failure),
	};
	return {
		key: `group/${id}`,
		label: l10n.t('All enabled regions'),
		description: [place, known[state]].filter((text) => text !== undefined).join(' · '),
		iconPath: new ThemeIcon('globe'),
		subject: { kind: 'group', group: id },
	};
}

/** What can be done about regions that are not known. What is done for a profile stands with its first group. */
function actRows(group: TargetGroup, before: readonly TargetGroup[], context: TargetRowContext): readonly TargetRow[] {
	const { id, profile, manifest, state, failure } = group;
	if (state === 'notAsked') {
		const row = act('list', id, l10n.t('List the regions of {0}…', profile.name), 'list-unordered');
		return [{ ...row, description: [manifest.label, describeQuestion(profile)].join(' · ') }];
	}
	if (state !== 'failed' || !failure) {
		return [];
	}
	const isFirst = !before.some((other) => other.profile === profile && other.failure?.kind === failure.kind);
	if (failure.kind === 'notPermitted') {
		const label = group.targets.length > 0 ? l10n.t('Only its own region') : l10n.t('No region is known');
		return [inform(`denied/${id}`, label, describeFailure(failure, manifest.label).message, 'info')];
	}
	const canSignIn = failure.kind === 'signInExpired' && context.canSignIn(group);
	if (canSignIn && context.signingIn.has(id)) {
		const label = l10n.t('Waiting for you to finish signing in to {0}…', profile.name);
		return isFirst ? [inform(`waiting/${id}`, label, manifest.label, 'loading~spin')] : [];
	}
	if (canSignIn) {
		const row = act('signIn', id, l10n.t('Sign in to {0}…', profile.name), 'sign-in');
		return isFirst ? [{ ...row, description: describeFailureBriefly(failure) }] : [];
	}
	const again = act('list', id, l10n.t('List the regions of {0} again', profile.name), 'refresh');
	const configure = { ...act('configure', id, configurationItem().label, 'go-to-file'), description: profile.name };
	return [
		{ ...again, description: sentence(failure, manifest.label) },
		...(isFirst && isMendedInConfiguration(failure.kind, context.canSignIn(group)) ? [configure] : []),
	];
}

/** Why the regions of a profile are not listed without being asked for. */
function describeQuestion({ kind }: Profile): string {
	return kind === 'process' ? l10n.t('runs its credential_process') : l10n.t('may ask for an MFA code');
}

/** Services that don't take the key, profiles that can't work and vendors whose profiles can't be read. */
function refusedRows({ catalog, groups }: TargetRowContext): readonly TargetRow[] {
	const refused = groups.filter(({ refused }) => refused);
	const services = [...new Set(refused.map(({ manifest }) => manifest))];
	const rows = [
		...services.flatMap((manifest) => {
			const own = refused.filter((group) => group.manifest === manifest);
			const [first] = own;
			return first?.refused
				? [
						{
							...inform(
								`refused/${manifest.service}`,
								manifest.label,
								describeRule(first.refused, manifest.label),
								'circle-slash',
							),
							detail: own.map(({ profile }) => profile.name).join(', '),
						},
					]
				: [];
		}),
		...catalog.broken.map((profile) =>
			inform(`broken/${profile.vendor}/${profile.name}`, profile.name, describeProfile(profile, ''), 'warning'),
		),
		...catalog.failures.map(failureRow),
		...(groups.length === 0 && catalog.failures.length === 0
			? [act('configure', undefined, configurationItem().label, 'go-to-file')]
			: []),
	];
	return rows.length > 0 ? [separator('refused', l10n.t('Cannot be chosen')), ...rows] : [];
}

function failureRow({ vendor, failure }: TargetCatalog['failures'][number]): TargetRow {
	const { message, advice } = describeFailure(failure, vendor.label);
	return {
		key: `vendor/${vendor.vendor}`,
		label: `${vendor.label}: ${configurationItem().label}`,
		description: message,
		detail: advice,
		iconPath: new ThemeIcon('error'),
		subject: { kind: 'act', act: 'configure' },
	};
}

function separator(key: string, label: string): TargetRow {
	return { key: `separator/${key}`, label, kind: QuickPickItemKind.Separator, subject: { kind: 'none' } };
}

function inform(key: string, label: string, description: string, icon: string): TargetRow {
	return { key, label, description, iconPath: new ThemeIcon(icon), subject: { kind: 'none' } };
}

function act(kind: 'signIn' | 'list' | 'configure', group: string | undefined, label: string, icon: string): TargetRow {
	return {
		key: `${kind}/${group ?? ''}`,
		label,
		iconPath: new ThemeIcon(icon),
		subject: { kind: 'act', act: kind, ...(group !== undefined && { group }) },
	};
}

function sentence(failure: ProviderFailure, label: string): string {
	const { message, advice } = describeFailure(failure, label);
	return `${message} ${advice}`;
}
