import { l10n, type QuickPickItem, QuickPickItemKind, ThemeIcon, Uri, window } from 'vscode';
import type { PublicKey } from '../../domain/publicKey';
import { keysWithoutFile } from '../../services/localKeys/agentKeys';
import type { LocalKeyFile } from '../../services/localKeys/localKeys';
import { agentLabel } from '../messages/agent';
import { describeKeyFile } from '../messages/keyFiles';
import { describeKeyType } from '../messages/keys';
import { describePath } from '../messages/paths';
import { describeRefusal } from '../messages/rules';
import type { Services } from '../services';
import type { ChosenKey, ImportDraft, KeyList } from './importDraft';
import { type Frame, pickOne, waitFor } from './input';
import { keysOfClipboard, keysOfSelection, keysOfUrl, type SourceAnswer } from './keySources';
import { servicesOf } from './nameStep';
import type { Step, StepResult } from './steps';

/** Where else than in the known places a key may be. */
type OtherSource = 'file' | 'selection' | 'clipboard' | 'url';

interface KeyItem extends QuickPickItem {
	readonly chosen?: ChosenKey;
	/** A file whose problems are shown when it is chosen. */
	readonly broken?: LocalKeyFile;
	readonly source?: OtherSource;
	/** A key that none of the services takes. */
	readonly isRefused?: true;
}

/** Asks which local key to import, or where else the key is. A key that no service takes is listed with the reason and can't be chosen; a file without a
 * usable key is listed with the reason too, and `showProblems` is called when it is chosen. */
export function keyStep(
	{ agentKeys, localKeys, providers }: Pick<Services, 'agentKeys' | 'localKeys' | 'providers'>,
	showProblems: (file: LocalKeyFile) => void,
): Step<ImportDraft> {
	/** A list that was come to from here leads back here. */
	let cameFromHere = false;
	return {
		id: 'key',
		title: () => l10n.t('Public key'),
		isNeeded: ({ given }) => !given.has('key'),
		async ask(draft, frame): Promise<StepResult> {
			const { keyList } = draft;
			const refusal: Refusal = (key) => describeRefusal(key, servicesFor(draft));
			const selection = keysOfSelection();
			const loading = keyList ? itemsOfKeys(keyList, refusal) : allItems(refusal, selection);
			const loaded = await waitFor(frame, l10n.t('Reading your public keys…'), Promise.resolve(loading));
			if (loaded.kind !== 'value') {
				return loaded.kind;
			}
			const items = loaded.value;
			const listFrame = keyList && cameFromHere ? { ...frame, canGoBack: true } : frame;
			const answer = await pickOne(listFrame, {
				placeholder: keyList
					? l10n.t('{0} contains several keys: choose one', keyList.name)
					: l10n.t('Choose the public key to import'),
				items,
				initial: items.filter(({ chosen }) => chosen && isSameKey(chosen, draft.key)),
				canChoose: ({ isRefused }) => !isRefused,
			});
			if (answer.kind === 'back' && keyList && cameFromHere) {
				delete draft.keyList;
				return { to: 'key' };
			}
			return answer.kind === 'value' ? choose(answer.value, draft, frame, selection) : answer.kind;
		},
	};

	async function allItems(refusal: Refusal, selection: KeyList | undefined): Promise<readonly KeyItem[]> {
		const [files, agent] = await Promise.all([localKeys.all(), agentKeys.all()]);
		const ofAgent = { name: agentLabel, keys: keysWithoutFile(agent, files) };
		const rows = [...files.flatMap((file) => itemsOfFile(file, refusal)), ...itemsOfKeys(ofAgent, refusal)];
		// Keys that can be chosen come first.
		const [usable, others] = [rows.filter(({ chosen }) => chosen), rows.filter(({ chosen }) => !chosen)];
		const separator: KeyItem = { label: '', kind: QuickPickItemKind.Separator };
		return [...usable, ...others, ...(rows.length > 0 ? [separator] : []), ...sourceItems(selection)];
	}

	/** Those that were chosen beforehand, otherwise all there are. */
	function servicesFor({ targets, given, scope }: ImportDraft) {
		if (given.has('targets') && targets) {
			return servicesOf(targets, providers);
		}
		const services = providers.vendors.flatMap((vendor) => vendor.services);
		return scope
			? services.filter(
					({ vendor, service }) => vendor === scope.profile.vendor && service === (scope.service ?? service),
				)
			: services;
	}

	async function choose(
		item: KeyItem,
		draft: ImportDraft,
		frame: Frame,
		selection: KeyList | undefined,
	): Promise<StepResult> {
		if (item.chosen) {
			draft.key = item.chosen;
			return 'next';
		}
		if (item.broken) {
			showProblems(item.broken);
			return 'cancel';
		}
		switch (item.source) {
			case 'selection':
				return selection ? chooseFrom(selection, draft) : { to: 'key' };
			case 'clipboard':
				return chooseFound(await keysOfClipboard(), draft);
			case 'url':
				return chooseFound(await keysOfUrl(frame), draft);
			default: {
				const file = await browse();
				if (file?.keys.length === 0) {
					showProblems(file);
					return 'cancel';
				}
				return file ? chooseFrom(file, draft) : { to: 'key' };
			}
		}
	}

	function chooseFound(found: SourceAnswer, draft: ImportDraft): StepResult {
		if (found.kind === 'keys') {
			return chooseFrom(found.list, draft);
		}
		return found.kind === 'cancel' ? 'cancel' : { to: 'key' };
	}

	function chooseFrom(list: KeyList, draft: ImportDraft): StepResult {
		const [only, ...others] = list.keys;
		if (only && others.length === 0) {
			draft.key = toChosen(only, list);
			return 'next';
		}
		cameFromHere = true;
		draft.keyList = list;
		return { to: 'key' };
	}

	async function browse(): Promise<LocalKeyFile | undefined> {
		const [uri] =
			(await window.showOpenDialog({
				title: l10n.t('Choose a Public Key File'),
				openLabel: l10n.t('Choose'),
				filters: { [l10n.t('Public Keys')]: ['pub'], [l10n.t('All Files')]: ['*'] },
			})) ?? [];
		return uri && localKeys.read(uri.toString());
	}
}

/** Gives the sentence that says why a key can't be imported anywhere, if that is so. */
type Refusal = (key: PublicKey) => string | undefined;

function sourceItems(selection: KeyList | undefined): readonly KeyItem[] {
	const sources: readonly (readonly [OtherSource, string, string])[] = [
		...(selection ? [['selection', l10n.t('Use the selection in the editor'), 'selection'] as const] : []),
		['clipboard', l10n.t('Use the clipboard'), 'clippy'],
		['url', l10n.t('Fetch from a URL…'), 'globe'],
		['file', l10n.t('Choose a file…'), 'folder-opened'],
	];
	return sources.map(([source, label, icon]) => ({
		label,
		iconPath: new ThemeIcon(icon),
		source,
		alwaysShow: true,
	}));
}

function itemsOfFile(file: LocalKeyFile, refusal: Refusal): readonly KeyItem[] {
	return file.keys.length > 0
		? itemsOfKeys(file, refusal)
		: [{ label: file.name, iconPath: new ThemeIcon('warning'), description: describeKeyFile(file), broken: file }];
}

function itemsOfKeys(list: KeyList, refusal: Refusal): readonly KeyItem[] {
	return list.keys.map((key) => {
		const refused = refusal(key);
		const detail = refused ?? (list.uri === undefined ? undefined : describePath(Uri.parse(list.uri)));
		return {
			label: list.name,
			iconPath: new ThemeIcon(refused === undefined ? 'key' : 'circle-slash'),
			description: [describeKeyType(key), key.comment].filter(Boolean).join(' · '),
			...(detail !== undefined && { detail }),
			...(refused === undefined ? { chosen: toChosen(key, list) } : { isRefused: true as const }),
		};
	});
}

function toChosen(key: PublicKey, { uri }: KeyList): ChosenKey {
	return { key, ...(uri !== undefined && { origin: Uri.parse(uri) }) };
}

function isSameKey(a: ChosenKey, b: ChosenKey | undefined): boolean {
	return a.key.publicKey === b?.key.publicKey && a.origin?.toString() === b.origin?.toString();
}
