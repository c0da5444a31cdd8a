import { type Event, EventEmitter, type TreeDataProvider, type TreeItem } from 'vscode';
import { targetId } from '../../domain/target';
import type { Disposable } from '../../services/event';
import type { ImportReport } from '../../services/imports/importReport';
import type { TargetOutcome } from '../../services/imports/keyImport';
import type { RunningImport } from '../../services/imports/runningImport';
import type { Providers } from '../../services/ports';
import { DisposableStore } from '../host/disposables';
import { countOutcomes, lacksTags } from '../messages/importSummary';
import { groupFailures, groupUntagged, type OutcomeGroup } from '../results/failureGroups';
import type { ImportResults } from '../results/importResults';
import { groupItem, outcomeItem, runningItem, runningTargetItem } from './resultItems';
import type { ResultGroup, ResultNode } from './resultNodes';
import { toSpeech } from './speech';

/** Rows are made anew at most once in so many milliseconds while an import runs. */
const redrawMs = 150;

/** The rows of *Import Results*: the imports that run; then what came of the last one, failures first, by reason. Targets that are tried again stand with what
 * runs. A row keeps its id when it is made anew, so that what a person has selected and unfolded stays so. */
export class ResultsTree implements TreeDataProvider<ResultNode>, Disposable {
	private readonly store = new DisposableStore();
	private readonly changed = this.store.add(new EventEmitter<ResultNode | undefined>());
	readonly onDidChangeTreeData: Event<ResultNode | undefined> = this.changed.event;
	private redraw: NodeJS.Timeout | undefined;

	/** `describe` is called with what stands behind the title of the view. */
	constructor(
		private readonly results: ImportResults,
		private readonly providers: Pick<Providers, 'manifest'>,
		private readonly describe: (text: string) => void,
	) {
		this.store.add(results.onDidChange(() => this.redrawSoon()));
	}

	getTreeItem(node: ResultNode): TreeItem {
		const { item, spoken } = this.itemOf(node);
		item.accessibilityInformation = { label: [toSpeech(item), ...spoken].filter(Boolean).join(', ') };
		return item;
	}

	async getChildren(node?: ResultNode): Promise<ResultNode[]> {
		switch (node?.kind) {
			case undefined:
				return this.roots();
			case 'running': {
				const { running } = node;
				const { run, targets, keyName: usualName } = running;
				return targets.map((target) => ({
					...{ kind: 'runningTarget', run, target, usualName },
					state: running.state(target),
				}));
			}
			case 'group': {
				const { run, outcomes, usualName } = node;
				return outcomes.map((outcome) => {
					const { target, keyName } = outcome;
					return { kind: 'outcome', run, target, keyName, outcome, usualName };
				});
			}
			default:
				return [];
		}
	}

	dispose(): void {
		clearTimeout(this.redraw);
		this.store.dispose();
	}

	private async roots(): Promise<ResultNode[]> {
		const report = await this.results.report();
		const { running } = this.results;
		const isShown = running.length === 0 || running.some(({ run }) => run === report?.run);
		const groups = report && isShown ? this.groups(report, running) : [];
		this.describe(running.length === 0 ? (report?.keyName ?? '') : '');
		return [...running.map((one): ResultNode => ({ kind: 'running', running: one })), ...groups];
	}

	private groups(
		{ run, outcomes, keyName: usualName }: ImportReport,
		running: readonly RunningImport[],
	): ResultGroup[] {
		const again = new Set(running.filter((one) => one.run === run).flatMap(({ targets }) => targets.map(targetId)));
		const settled = outcomes.filter(({ target }) => !again.has(targetId(target)));
		const group = (
			id: string,
			status: ResultGroup['status'],
			those: readonly TargetOutcome[],
			reason?: OutcomeGroup,
		): ResultGroup => ({
			kind: 'group',
			run,
			id: JSON.stringify([run, id]),
			status,
			label: countOutcomes(those),
			outcomes: those,
			usualName,
			...(reason && { reason }),
		});
		const rest = settled.filter((outcome) => !lacksTags(outcome));
		return [
			...groupFailures(settled, this.providers).map((one) => group(one.id, 'failed', one.outcomes, one)),
			...groupUntagged(settled, this.providers).map((one) => group(one.id, 'untagged', one.outcomes, one)),
			...(['imported', 'alreadyPresent', 'permitted', 'cancelled'] as const).flatMap((status) => {
				const those = rest.filter((outcome) => outcome.status === status);
				return those.length === 0 ? [] : [group(status, status, those)];
			}),
		];
	}

	private itemOf(node: ResultNode): { readonly item: TreeItem; readonly spoken: readonly string[] } {
		switch (node.kind) {
			case 'running':
				return { item: runningItem(node.running), spoken: [] };
			case 'runningTarget':
				return node.state.status === 'done'
					? outcomeItem(node.run, node.state.outcome, node.usualName, this.providers)
					: runningTargetItem(node.run, node.target, node.state, this.providers);
			case 'group':
				return { item: groupItem(node), spoken: [] };
			case 'outcome':
				return outcomeItem(node.run, node.outcome, node.usualName, this.providers);
		}
	}

	private redrawSoon(): void {
		this.redraw ??= setTimeout(() => {
			this.redraw = undefined;
			this.changed.fire(undefined);
		}, redrawMs);
	}
}
