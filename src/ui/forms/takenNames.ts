import { InputBoxValidationSeverity, l10n, type QuickPickItem, QuickPickItemKind, ThemeIcon } from 'vscode';
import { keyPairIdentity, type WhenTaken } from '../../domain/importPlan';
import type { KeyPair } from '../../domain/keyPair';
import { parsePublicKeys } from '../../domain/parsePublicKeys';
import type { PublicKey } from '../../domain/publicKey';
import { type Target, targetId } from '../../domain/target';
import type { RemoteKeys } from '../../services/cloudKeys/remoteKeys';
import type { Providers } from '../../services/ports';
import { isProtected } from '../host/protectedProfiles';
import { describePlace } from '../messages/targets';
import { confirmByName } from './confirmByName';
import type { ImportDraft } from './importDraft';
import { type Answer, enterText, type Frame, pickMany, pickOne } from './input';
import { checkNameFor, checkTaken, servicesOf } from './nameStep';
import { whenTakenOf } from './reviewPlan';

/** A target where another key has the name. */
export interface TakenName {
	readonly target: Target;
	readonly existing: KeyPair;
}

interface WayItem extends QuickPickItem {
	readonly way: WhenTaken;
}

interface ReplaceItem extends QuickPickItem {
	readonly taken: TakenName;
	/** The service gives the old public key, so that it can be kept. */
	readonly isReadable: boolean;
	/** Absent: nothing tells this key pair from another one of its name, so that it is not touched. */
	readonly identity?: string;
}

/** Asks what to do where another key has the name, and for what that takes: another name, or the agreement to each replacement. The draft is changed only
 * when all of it is answered. Resolves to `cancel` when the form is given up. */
export async function decideTakenNames(
	draft: ImportDraft,
	frame: Frame,
	taken: readonly TakenName[],
	providers: Providers,
	remoteKeys: RemoteKeys,
): Promise<'done' | 'cancel'> {
	const asking = { ...frame, canGoBack: true };
	const name = draft.keyName ?? '';
	const items: readonly WayItem[] = [
		{
			label: l10n.t('Skip'),
			description: l10n.t('the key pairs there stay as they are'),
			iconPath: new ThemeIcon('debug-step-over'),
			way: 'skip',
		},
		{
			label: l10n.t('Import under another name…'),
			description: l10n.t('beside the key pairs that are there'),
			iconPath: new ThemeIcon('edit'),
			way: 'otherName',
		},
		{
			label: l10n.t('Replace…'),
			description: l10n.t('deletes the key pairs that are there'),
			iconPath: new ThemeIcon('replace'),
			way: 'replace',
		},
	];
	for (;;) {
		const answer = await pickOne<WayItem>(asking, {
			placeholder:
				taken.length === 1
					? l10n.t('{0} is taken by another key in 1 target: what to do there?', name)
					: l10n.t('{0} is taken by another key in {1} targets: what to do there?', name, taken.length),
			items,
			initial: items.filter(({ way }) => way === whenTakenOf(draft)),
		});
		if (answer.kind !== 'value') {
			return answer.kind === 'back' ? 'done' : 'cancel';
		}
		const { way } = answer.value;
		const settled =
			way === 'otherName'
				? await askForOtherName(draft, asking, taken, providers, remoteKeys)
				: way === 'replace'
					? await askToReplace(draft, asking, taken, providers)
					: 'done';
		if (settled === 'done') {
			draft.whenTaken = way;
		}
		if (settled !== 'back') {
			return settled;
		}
	}
}

async function askForOtherName(
	draft: ImportDraft,
	frame: Frame,
	taken: readonly TakenName[],
	providers: Providers,
	remoteKeys: RemoteKeys,
): Promise<'done' | 'back' | 'cancel'> {
	const targets = taken.map(({ target }) => target);
	const answer = await enterText(frame, {
		prompt: l10n.t('Name where {0} is taken', draft.keyName ?? ''),
		value: draft.otherName ?? `${draft.keyName ?? ''}-2`,
		validate(name) {
			const wrong = checkNameFor(name, servicesOf(targets, providers));
			const known = checkTaken(name, draft, targets, providers, remoteKeys);
			// Here it would only be skipped again.
			return (
				wrong ??
				(known?.severity === InputBoxValidationSeverity.Warning
					? { ...known, severity: InputBoxValidationSeverity.Error }
					: known)
			);
		},
		onDidChangeValidity: (listener) => remoteKeys.onDidChange(listener),
	});
	if (answer.kind === 'value') {
		draft.otherName = answer.value;
		return 'done';
	}
	return answer.kind;
}

/** Shows what is replaced by what, has each replacement chosen, and has the name typed for protected profiles. */
async function askToReplace(
	draft: ImportDraft,
	frame: Frame,
	taken: readonly TakenName[],
	providers: Providers,
): Promise<'done' | 'back' | 'cancel'> {
	const { key, keyName } = draft;
	if (!key || keyName === undefined) {
		return 'back';
	}
	const rows = taken.map((one) => replaceItem(one, key.key, providers));
	const items = [
		...under(
			l10n.t('The old public key is kept in the import history'),
			rows.filter(({ isReadable }) => isReadable),
		),
		...under(
			l10n.t('The old public key cannot be read: it cannot be put back'),
			rows.filter(({ isReadable }) => !isReadable),
		),
	];
	const chosen = await pickMany<ReplaceItem>(frame, {
		placeholder: l10n.t('Choose the key pairs to replace. Running machines keep the old key'),
		items,
		canChoose: ({ identity }) => identity !== undefined,
	});
	if (chosen.kind !== 'value') {
		return chosen.kind;
	}
	const confirmed = await confirmProtected(chosen.value, keyName, frame);
	if (confirmed.kind !== 'value') {
		return confirmed.kind;
	}
	const pairs = chosen.value.flatMap(({ taken: { target }, identity }) =>
		identity === undefined ? [] : [[targetId(target), identity] as const],
	);
	draft.agreement = { publicKey: key.key.publicKey, keyName, pairs: new Map(pairs) };
	return 'done';
}

async function confirmProtected(
	chosen: readonly ReplaceItem[],
	keyName: string,
	frame: Frame,
): Promise<Answer<undefined>> {
	const profiles = [...new Set(chosen.map(({ taken }) => taken.target.profile))].filter(isProtected);
	for (const profile of profiles) {
		const count = chosen.filter(({ taken }) => taken.target.profile === profile).length;
		const what =
			count === 1
				? l10n.t('{0} is protected: 1 key pair will be deleted and replaced there.', profile)
				: l10n.t('{0} is protected: {1} key pairs will be deleted and replaced there.', profile, count);
		const answer = await confirmByName(frame, keyName, what);
		if (answer.kind !== 'value') {
			return answer;
		}
	}
	return { kind: 'value', value: undefined };
}

function under(label: string, rows: readonly ReplaceItem[]): readonly ReplaceItem[] {
	const [first] = rows;
	return first ? [{ label, kind: QuickPickItemKind.Separator, taken: first.taken, isReadable: false }, ...rows] : [];
}

function replaceItem(taken: TakenName, key: PublicKey, providers: Providers): ReplaceItem {
	const { target, existing } = taken;
	const { label } = providers.manifest(target.service);
	const identity = keyPairIdentity(existing);
	const [old] = parsePublicKeys(existing.publicKey ?? '').keys;
	const was = old?.fingerprints.sha256 ?? existing.fingerprint ?? l10n.t('not known');
	return {
		label: describePlace(target, label),
		description: l10n.t('old: {0}', was),
		detail:
			identity === undefined
				? l10n.t('{0} does not say which key pair this is: it is not replaced.', label)
				: l10n.t('new: {0}', key.fingerprints.sha256),
		...(identity === undefined && { iconPath: new ThemeIcon('circle-slash') }),
		taken,
		isReadable: old !== undefined,
		...(identity !== undefined && { identity }),
	};
}
