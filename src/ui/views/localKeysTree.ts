import {
	type Event,
	EventEmitter,
	l10n,
	MarkdownString,
	ThemeColor,
	ThemeIcon,
	type TreeDataProvider,
	TreeItem,
	Uri,
} from 'vscode';
import type { LocalKeys } from '../../services/localKeys';
import type { RemoteKeys } from '../../services/remoteKeys';
import { DisposableStore } from '../host/disposables';
import { toHostRange } from '../host/range';
import { describeKeyFile } from '../messages/keyFiles';
import { describeKeyType } from '../messages/keys';
import type { LocalNode } from './nodes';

/** Listings come in bursts: the rows are made anew once per so many milliseconds. */
const refreshMs = 250;

/** The rows of *Local Public Keys*. */
export class LocalKeysTree implements TreeDataProvider<LocalNode> {
	private readonly store = new DisposableStore();
	private readonly changed = this.store.add(new EventEmitter<undefined>());
	private timer: NodeJS.Timeout | undefined;
	readonly onDidChangeTreeData: Event<undefined> = this.changed.event;

	constructor(
		private readonly localKeys: LocalKeys,
		private readonly remoteKeys: RemoteKeys,
	) {
		this.store.add(localKeys.onDidChange(() => this.changed.fire(undefined)));
		// A key's row says in how many places it is.
		this.store.add(remoteKeys.onDidChange(() => this.refreshSoon()));
	}

	async getChildren(node?: LocalNode): Promise<LocalNode[]> {
		if (node) {
			return [];
		}
		return (await this.localKeys.all()).flatMap((file): readonly LocalNode[] =>
			file.keys.length === 0
				? [{ kind: 'localKey', file, index: 0 }]
				: file.keys.map((key, index) => ({ kind: 'localKey', file, key, index })),
		);
	}

	getParent(): undefined {
		return undefined;
	}

	getTreeItem({ file, key, index }: LocalNode): TreeItem {
		const item = new TreeItem(file.keys.length > 1 ? `${file.name} (${index + 1})` : file.name);
		const uri = Uri.parse(file.uri);
		item.id = `${file.uri}#${index}`;
		item.command = {
			title: l10n.t('Open'),
			command: 'vscode.open',
			arguments: [uri, ...(key ? [{ selection: toHostRange(key.range) }] : [])],
		};
		if (key) {
			const places = this.remoteKeys.holders(key).length;
			const type = describeKeyType(key);
			item.iconPath = new ThemeIcon('key');
			item.description = [type, key.comment, describePlaces(places)].filter(Boolean).join(' · ');
			item.contextValue = 'localKey canImport canCopy';
			item.accessibilityInformation = { label: [file.name, item.description].join(', ') };
		} else {
			const reason = describeKeyFile(file);
			item.iconPath = new ThemeIcon('warning', new ThemeColor('list.warningForeground'));
			item.description = reason;
			item.contextValue = 'brokenKey';
			item.accessibilityInformation = { label: l10n.t('{0}, not usable: {1}', file.name, reason) };
		}
		return item;
	}

	resolveTreeItem(item: TreeItem, { file, key }: LocalNode): TreeItem {
		const tooltip = new MarkdownString();
		tooltip.appendText(Uri.parse(file.uri).fsPath);
		if (key) {
			tooltip.appendMarkdown('\n\n');
			tooltip.appendText([describeKeyType(key), key.comment].filter(Boolean).join(' · '));
			tooltip.appendMarkdown(`\n\n\`${key.fingerprints.sha256}\`\n\n\`${key.fingerprints.md5}\``);
		} else {
			tooltip.appendMarkdown('\n\n');
			tooltip.appendText(describeKeyFile(file));
		}
		item.tooltip = tooltip;
		return item;
	}

	dispose(): void {
		clearTimeout(this.timer);
		this.store.dispose();
	}

	private refreshSoon(): void {
		this.timer ??= setTimeout(() => {
			this.timer = undefined;
			this.changed.fire(undefined);
		}, refreshMs);
	}
}

function describePlaces(count: number): string {
	if (count === 0) {
		return '';
	}
	return count === 1 ? l10n.t('in 1 target') : l10n.t('in {0} targets', count);
}
