import { setTimeout as delay } from 'node:timers/promises';
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
	window,
} from 'vscode';
import type { PublicKey } from '../../domain/publicKey';
import type { RemoteKeys } from '../../services/cloudKeys/remoteKeys';
import { type AgentKeys, type AgentListing, keysWithoutFile } from '../../services/localKeys/agentKeys';
import type { LocalKeyFile, LocalKeys } from '../../services/localKeys/localKeys';
import { DisposableStore } from '../host/disposables';
import { toHostRange } from '../host/range';
import { agentLabel, describeAgentFailure } from '../messages/agent';
import { describeKeyFile } from '../messages/keyFiles';
import { describeKeyType } from '../messages/keys';
import { describePath } from '../messages/paths';
import type { AgentNode, KeyFileNode, LocalNode } from './nodes';
import { toSpeech } from './speech';

/** Listings come in bursts: the rows are made anew once per so many milliseconds. */
const refreshMs = 250;

/** The rows wait for the agent for so many milliseconds. */
const agentWaitMs = 300;

/** The rows of *Local Public Keys*. */
export class LocalKeysTree implements TreeDataProvider<LocalNode> {
	private readonly store = new DisposableStore();
	private readonly changed = this.store.add(new EventEmitter<undefined>());
	private timer: NodeJS.Timeout | undefined;
	readonly onDidChangeTreeData: Event<undefined> = this.changed.event;

	/** What the agent holds, as of the rows that were made last. */
	private inAgent: ReadonlySet<string> = new Set();

	constructor(
		private readonly localKeys: LocalKeys,
		private readonly agentKeys: AgentKeys,
		private readonly remoteKeys: RemoteKeys,
	) {
		this.store.add(localKeys.onDidChange(() => this.changed.fire(undefined)));
		this.store.add(agentKeys.onDidChange(() => this.changed.fire(undefined)));
		// Keys are added to the agent in terminals and other windows.
		this.store.add(window.onDidChangeWindowState(({ focused }) => focused && agentKeys.refresh()));
		// A key's row says in how many places it is.
		this.store.add(remoteKeys.onDidChange(() => this.refreshSoon()));
	}

	async getChildren(node?: LocalNode): Promise<LocalNode[]> {
		if (node) {
			return [];
		}
		const [files, agent] = await Promise.all([this.localKeys.all(), this.askAgent()]);
		this.inAgent = new Set(agent.keys.map(({ publicKey }) => publicKey));
		const ofFiles = files.flatMap((file): readonly LocalNode[] =>
			file.keys.length === 0
				? [{ kind: 'localKey', file, index: 0 }]
				: file.keys.map((key, index) => ({ kind: 'localKey', file, key, index })),
		);
		const ofAgent = keysWithoutFile(agent, files).map((key): LocalNode => ({ kind: 'agentKey', key }));
		const failed: readonly LocalNode[] = agent.failure ? [{ kind: 'agentKey', failure: agent.failure }] : [];
		return [...ofFiles, ...ofAgent, ...failed];
	}

	getParent(): undefined {
		return undefined;
	}

	getTreeItem(node: LocalNode): TreeItem {
		return node.kind === 'agentKey' ? this.agentItem(node) : this.fileItem(node);
	}

	resolveTreeItem(item: TreeItem, node: LocalNode): TreeItem {
		const { key } = node;
		const tooltip = new MarkdownString();
		tooltip.appendText(node.kind === 'localKey' ? Uri.parse(node.file.uri).fsPath : agentLabel);
		if (key) {
			tooltip.appendMarkdown('\n\n');
			tooltip.appendText([describeKeyType(key), key.comment].filter(Boolean).join(' · '));
			tooltip.appendMarkdown(`\n\n\`${key.fingerprints.sha256}\`\n\n\`${key.fingerprints.md5}\``);
		} else {
			tooltip.appendMarkdown('\n\n');
			tooltip.appendText(node.kind === 'localKey' ? describeKeyFile(node.file) : describeAgentFailure(node.failure));
		}
		item.tooltip = tooltip;
		return item;
	}

	dispose(): void {
		clearTimeout(this.timer);
		this.store.dispose();
	}

	/** An agent that takes its time does not hold up the files: its keys come later. */
	private async askAgent(): Promise<AgentListing> {
		const asked = this.agentKeys.all();
		const soon = await Promise.race([asked, delay(agentWaitMs)]);
		if (!soon) {
			void asked.then(() => this.refreshSoon());
		}
		return soon ?? { keys: [] };
	}

	private fileItem({ file, key, index }: KeyFileNode): TreeItem {
		const item = new TreeItem(file.keys.length > 1 ? `${file.name} (${index + 1})` : file.name);
		const uri = Uri.parse(file.uri);
		item.id = `${file.uri}#${index}`;
		if (!file.isPrivateKey) {
			item.command = {
				title: l10n.t('Open'),
				command: 'vscode.open',
				arguments: [uri, ...(key ? [{ selection: toHostRange(key.range) }] : [])],
			};
		}
		if (key) {
			return this.withKey(item, key, [
				this.inAgent.has(key.publicKey) ? l10n.t('in ssh-agent') : '',
				describePlaces(this.remoteKeys.holders(key).length),
				folderOf(file),
			]);
		}
		return withoutKey(item, describeKeyFile(file), file);
	}

	private agentItem(node: AgentNode): TreeItem {
		const item = new TreeItem(agentLabel);
		if (!node.key) {
			item.id = 'ssh-agent';
			return withoutKey(item, describeAgentFailure(node.failure));
		}
		item.id = `ssh-agent#${node.key.fingerprints.sha256}#${node.key.type}`;
		return this.withKey(item, node.key, [describePlaces(this.remoteKeys.holders(node.key).length)]);
	}

	private withKey(item: TreeItem, key: PublicKey, more: readonly string[]): TreeItem {
		item.iconPath = new ThemeIcon('key');
		item.description = [describeKeyType(key), key.comment, ...more].filter(Boolean).join(' · ');
		item.contextValue = 'localKey canImport canCopyFingerprint canCopyPublicKey';
		item.accessibilityInformation = { label: toSpeech(item) };
		return item;
	}

	private refreshSoon(): void {
		this.timer ??= setTimeout(() => {
			this.timer = undefined;
			this.changed.fire(undefined);
		}, refreshMs);
	}
}

function withoutKey(item: TreeItem, reason: string, file?: LocalKeyFile): TreeItem {
	item.iconPath = new ThemeIcon('warning', new ThemeColor('list.warningForeground'));
	item.description = [file ? folderOf(file) : '', reason].filter(Boolean).join(' · ');
	item.contextValue = file?.isPrivateKey ? 'privateKey canDerive' : 'brokenKey';
	item.accessibilityInformation = { label: l10n.t('{0}, not usable: {1}', String(item.label), reason) };
	return item;
}

/** Files of the workspace say where they are: their names are often the same. */
function folderOf({ origin, uri }: LocalKeyFile): string {
	return origin === 'workspace' ? describePath(Uri.joinPath(Uri.parse(uri), '..')) : '';
}

function describePlaces(count: number): string {
	if (count === 0) {
		return '';
	}
	return count === 1 ? l10n.t('in 1 target') : l10n.t('in {0} targets', count);
}
