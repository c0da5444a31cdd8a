import {
	type Event,
	EventEmitter,
	l10n,
	ThemeColor,
	ThemeIcon,
	type TreeDataProvider,
	TreeItem,
	TreeItemCollapsibleState,
} from 'vscode';
import { type Target, targetId } from '../../domain/target';
import type { Disposable } from '../../services/event';
import type { TargetOutcome } from '../../services/keyImport';
import type { Providers } from '../../services/ports';
import type { RunningImport, TargetState } from '../../services/runningImport';
import { commandIds } from '../commands/ids';
import { DisposableStore } from '../host/disposables';
import { isRecord } from '../isRecord';
import { describeFailureBriefly } from '../messages/briefFailures';
import { countOutcomes } from '../messages/importSummary';
import { describeTarget } from '../messages/imports';
import { groupFailures } from '../results/failureGroups';
import type { ImportResults } from '../results/importResults';
import { toSpeech } from './speech';

/** A row of *Import Results*. */
export type ResultNode =
	| { readonly kind: 'running'; readonly running: RunningImport }
	| { readonly kind: 'runningTarget'; readonly target: Target; readonly state: TargetState }
	| {
			readonly kind: 'group';
			readonly id: string;
			readonly label: string;
			readonly description: string;
			readonly tooltip: string;
			readonly outcomes: readonly TargetOutcome[];
	  }
	| { readonly kind: 'outcome'; readonly outcome: TargetOutcome };

/** Whether the value is a row of *Import Results*, as menus hand it over. */
export function isResultNode(value: unknown): value is ResultNode {
	return isRecord(value) && ['running', 'runningTarget', 'group', 'outcome'].includes(String(value['kind']));
}

/** Rows are made anew at most once in so many milliseconds while an import runs. */
const redrawMs = 150;

/** The rows of *Import Results*: the import that runs, else the last one; what failed first, by reason. */
export class ResultsTree implements TreeDataProvider<ResultNode>, Disposable {
	private readonly store = new DisposableStore();
	private readonly changed = this.store.add(new EventEmitter<ResultNode | undefined>());
	readonly onDidChangeTreeData: Event<ResultNode | undefined> = this.changed.event;
	private redraw: NodeJS.Timeout | undefined;

	constructor(
		private readonly results: ImportResults,
		private readonly providers: Providers,
	) {
		this.store.add(results.onDidChange(() => this.redrawSoon()));
	}

	getTreeItem(node: ResultNode): TreeItem {
		const item = this.itemOf(node);
		item.accessibilityInformation = { label: toSpeech(item) };
		return item;
	}

	async getChildren(node?: ResultNode): Promise<ResultNode[]> {
		switch (node?.kind) {
			case undefined:
				return this.roots();
			case 'running':
				return node.running.targets.map((target) => ({
					kind: 'runningTarget',
					target,
					state: node.running.state(target),
				}));
			case 'group':
				return node.outcomes.map((outcome) => ({ kind: 'outcome', outcome }));
			default:
				return [];
		}
	}

	dispose(): void {
		clearTimeout(this.redraw);
		this.store.dispose();
	}

	private async roots(): Promise<ResultNode[]> {
		const { running } = this.results;
		if (running) {
			return [{ kind: 'running', running }];
		}
		const report = await this.results.report();
		return report ? this.groups(report.outcomes) : [];
	}

	private groups(outcomes: readonly TargetOutcome[]): ResultNode[] {
		const failed = groupFailures(outcomes, this.providers).map(
			({ words, code, outcomes: those }, index): ResultNode => ({
				kind: 'group',
				id: `failed/${index}`,
				label: countOutcomes(those),
				description: words.message,
				tooltip: [words.message, words.advice, ...(code === undefined ? [] : [code])].join('\n'),
				outcomes: those,
			}),
		);
		const others = (['imported', 'alreadyPresent', 'permitted', 'cancelled'] as const).flatMap(
			(status): ResultNode[] => {
				const those = outcomes.filter((outcome) => outcome.status === status);
				const label = countOutcomes(those);
				return those.length === 0
					? []
					: [{ kind: 'group', id: status, label, description: '', tooltip: label, outcomes: those }];
			},
		);
		return [...failed, ...others];
	}

	private itemOf(node: ResultNode): TreeItem {
		switch (node.kind) {
			case 'running': {
				const { keyName, targets, finished } = node.running;
				const item = new TreeItem(l10n.t('Importing {0}', keyName), TreeItemCollapsibleState.Expanded);
				item.id = 'running';
				item.description = l10n.t('{0} of {1}', finished, targets.length);
				item.iconPath = new ThemeIcon('loading~spin');
				return item;
			}
			case 'runningTarget':
				return node.state.status === 'done' ? this.outcomeItem(node.state.outcome) : this.runningItem(node);
			case 'group': {
				const isFailure = node.id.startsWith('failed/');
				const item = new TreeItem(
					node.label,
					isFailure ? TreeItemCollapsibleState.Expanded : TreeItemCollapsibleState.Collapsed,
				);
				item.id = node.id;
				item.description = node.description;
				item.tooltip = node.tooltip;
				item.contextValue = isFailure ? 'failedImports canRetry' : 'imports';
				item.iconPath = iconOf(node.outcomes[0]);
				return item;
			}
			case 'outcome':
				return this.outcomeItem(node.outcome);
		}
	}

	private runningItem({ target, state }: Extract<ResultNode, { kind: 'runningTarget' }>): TreeItem {
		const item = new TreeItem(this.describe(target));
		item.id = targetId(target);
		item.iconPath = new ThemeIcon(state.status === 'queued' ? 'circle-outline' : 'loading~spin');
		if (state.status === 'waiting') {
			item.description = l10n.t('is tried again: {0}', describeFailureBriefly(state.failure));
			item.iconPath = new ThemeIcon('watch');
		}
		return item;
	}

	private outcomeItem(outcome: TargetOutcome): TreeItem {
		const { target, keyName } = outcome;
		const item = new TreeItem(this.describe(target));
		item.id = targetId(target);
		item.iconPath = iconOf(outcome);
		if (outcome.status === 'imported' || outcome.status === 'alreadyPresent') {
			const { id, fingerprint, name } = outcome.keyPair;
			item.description = [name, id, fingerprint].filter(Boolean).join(' · ');
			const argument = { target, keyName: name };
			item.command = { command: commandIds.openKeyPair, title: l10n.t('Show Key Pair'), arguments: [argument] };
			item.contextValue = 'importedTarget';
		} else if (outcome.status === 'failed') {
			const { failure } = outcome;
			const brief = failure.by === 'service' ? describeFailureBriefly(failure.failure) : undefined;
			item.description = [keyName, brief, outcome.requestId].filter(Boolean).join(' · ');
			item.contextValue = 'failedImport canRetry';
		}
		return item;
	}

	private describe(target: Target): string {
		return `${this.providers.manifest(target.service).label} · ${describeTarget(target)}`;
	}

	private redrawSoon(): void {
		this.redraw ??= setTimeout(() => {
			this.redraw = undefined;
			this.changed.fire(undefined);
		}, redrawMs);
	}
}

const failed = new ThemeColor('list.errorForeground');

function iconOf(outcome: TargetOutcome | undefined): ThemeIcon {
	switch (outcome?.status) {
		case 'imported':
			return new ThemeIcon('check', new ThemeColor('testing.iconPassed'));
		case 'alreadyPresent':
			return new ThemeIcon('check');
		case 'permitted':
			return new ThemeIcon('shield');
		case 'failed':
			return new ThemeIcon('error', failed);
		default:
			return new ThemeIcon('circle-slash');
	}
}
