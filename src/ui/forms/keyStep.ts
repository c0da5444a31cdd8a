import { l10n, type QuickPickItem, QuickPickItemKind, ThemeIcon, Uri, window } from 'vscode';
import type { LocalKeyFile, LocalKeys } from '../../services/localKeys';
import { describeKeyFile } from '../messages/keyFiles';
import { describeKeyType } from '../messages/keys';
import type { ChosenKey, ImportDraft } from './importDraft';
import { pickOne, waitFor } from './input';
import type { Step, StepResult } from './steps';

interface KeyItem extends QuickPickItem {
	readonly chosen?: ChosenKey;
	/** A file whose problems are shown when it is chosen. */
	readonly broken?: LocalKeyFile;
	readonly browse?: true;
}

/** Asks which local key to import. A file without a usable key is listed with the reason; `showProblems` is called when it is chosen. */
export function keyStep(localKeys: LocalKeys, showProblems: (file: LocalKeyFile) => void): Step<ImportDraft> {
	return {
		id: 'key',
		title: () => l10n.t('Public key'),
		isNeeded: ({ given }) => !given.has('key'),
		async ask(draft, frame): Promise<StepResult> {
			const { keyFile } = draft;
			const loading = keyFile ? Promise.resolve([keyFile]) : localKeys.all();
			const loaded = await waitFor(frame, l10n.t('Reading the local public keys…'), loading);
			if (loaded.kind !== 'value') {
				return loaded.kind;
			}
			const items = keyItems(loaded.value);
			const answer = await pickOne(frame, {
				placeholder: keyFile
					? l10n.t('{0} holds several keys: choose one', keyFile.name)
					: l10n.t('Choose the public key to import'),
				items,
				initial: items.filter(({ chosen }) => chosen && isSameKey(chosen, draft.key)),
			});
			if (answer.kind !== 'value') {
				return answer.kind;
			}
			return choose(answer.value, draft);
		},
	};

	async function choose(item: KeyItem, draft: ImportDraft): Promise<StepResult> {
		if (item.chosen) {
			draft.key = item.chosen;
			return 'next';
		}
		const file = item.broken ?? (await browse());
		if (!file) {
			return { to: 'key' };
		}
		const [only, ...others] = file.keys;
		if (!only) {
			showProblems(file);
			return 'cancel';
		}
		if (others.length > 0) {
			draft.keyFile = file;
			return { to: 'key' };
		}
		draft.key = { key: only, origin: Uri.parse(file.uri) };
		return 'next';
	}

	async function browse(): Promise<LocalKeyFile | undefined> {
		const [uri] =
			(await window.showOpenDialog({
				title: l10n.t('Choose a public key file'),
				openLabel: l10n.t('Choose'),
				filters: { [l10n.t('Public keys')]: ['pub'], [l10n.t('All files')]: ['*'] },
			})) ?? [];
		return uri && localKeys.read(uri.toString());
	}
}

function keyItems(files: readonly LocalKeyFile[]): readonly KeyItem[] {
	const browse: KeyItem = {
		label: l10n.t('Choose a file…'),
		iconPath: new ThemeIcon('folder-opened'),
		browse: true,
		alwaysShow: true,
	};
	const separator: KeyItem = { label: '', kind: QuickPickItemKind.Separator };
	const rows = files.flatMap(itemsOfFile);
	return rows.length > 0 ? [...rows, separator, browse] : [browse];
}

function itemsOfFile(file: LocalKeyFile): readonly KeyItem[] {
	if (file.keys.length === 0) {
		return [{ label: file.name, iconPath: new ThemeIcon('warning'), description: describeKeyFile(file), broken: file }];
	}
	const origin = Uri.parse(file.uri);
	return file.keys.map((key) => ({
		label: file.name,
		iconPath: new ThemeIcon('key'),
		description: [describeKeyType(key), key.comment].filter(Boolean).join(' · '),
		detail: origin.fsPath,
		chosen: { key, origin },
	}));
}

function isSameKey(a: ChosenKey, b: ChosenKey | undefined): boolean {
	return a.key.publicKey === b?.key.publicKey && a.origin?.toString() === b.origin?.toString();
}
