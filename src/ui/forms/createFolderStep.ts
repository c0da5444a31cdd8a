import { l10n, type QuickPickItem, ThemeIcon, Uri, window } from 'vscode';
import type { Providers } from '../../services/ports';
import { defaultKeyFolder, freePrivateKeyFile, whyNotWritable } from '../host/privateKeyPlace';
import { describePrivateKeyFileError } from '../messages/create';
import { describePath } from '../messages/paths';
import { type CreateDraft, targetOfDraft } from './createDraft';
import { pickOne, waitFor } from './input';
import type { Step } from './steps';

interface FolderItem extends QuickPickItem {
	/** The private key's file; absent on the row that looks elsewhere. */
	readonly file?: string;
	readonly isRefused?: true;
}

/** Asks where to save the private key: in `~/.ssh`, or in a folder that is chosen. A file that is there is never written to. */
export function createFolderStep(providers: Providers): Step<CreateDraft> {
	return {
		id: 'folder',
		title: () => l10n.t('Private key file'),
		isNeeded: ({ given }) => !given.has('folder'),
		async ask(draft, frame) {
			const folders = [...new Set([draft.folder ?? defaultKeyFolder(), defaultKeyFolder()])];
			const looking = Promise.all(folders.map((folder) => folderItem(folder, draft, providers)));
			const loaded = await waitFor(frame, l10n.t('Looking for a free file name…'), looking);
			if (loaded.kind !== 'value') {
				return loaded.kind;
			}
			const answer = await pickOne<FolderItem>(frame, {
				placeholder: l10n.t('Choose where to save the private key. It is handed out once'),
				items: [
					...loaded.value,
					{ label: l10n.t('Choose another folder…'), iconPath: new ThemeIcon('folder-opened'), alwaysShow: true },
				],
				canChoose: ({ isRefused }) => !isRefused,
			});
			if (answer.kind !== 'value') {
				return answer.kind;
			}
			const { file } = answer.value;
			if (file !== undefined) {
				draft.file = file;
				return 'next';
			}
			const [chosen] =
				(await window.showOpenDialog({
					title: l10n.t('Choose a Folder for the Private Key'),
					openLabel: l10n.t('Choose'),
					canSelectFiles: false,
					canSelectFolders: true,
					defaultUri: Uri.file(draft.folder ?? defaultKeyFolder()),
				})) ?? [];
			if (chosen?.scheme === 'file') {
				draft.folder = chosen.fsPath;
			}
			return { to: 'folder' };
		},
	};
}

/** The private key's file for a draft whose folder is not asked for. */
export function fileOfDraft(draft: CreateDraft, providers: Providers): Promise<string> {
	const { folder = defaultKeyFolder(), keyName = '' } = draft;
	return freePrivateKeyFile(folder, keyName, draft.format ?? defaultFormat(draft, providers));
}

async function folderItem(folder: string, draft: CreateDraft, providers: Providers): Promise<FolderItem> {
	const file = await fileOfDraft({ ...draft, folder }, providers);
	const label = describePath(Uri.file(file));
	const refusal = await whyNotWritable(file);
	return refusal === undefined
		? { label, iconPath: new ThemeIcon('save'), file }
		: {
				label,
				description: describePrivateKeyFileError(refusal),
				iconPath: new ThemeIcon('circle-slash'),
				isRefused: true,
			};
}

function defaultFormat(draft: CreateDraft, providers: Providers) {
	const target = targetOfDraft(draft, providers);
	return target ? providers.manifest(target.service).capabilities.create.formats[0] : 'pem';
}
