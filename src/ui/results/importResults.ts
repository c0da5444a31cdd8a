import { l10n } from 'vscode';
import { type Target, targetId } from '../../domain/target';
import { type Disposable, Emitter } from '../../services/event';
import type { ChangeHistory } from '../../services/history/changeHistory';
import { type ImportReport, toHistory, withOutcomes } from '../../services/imports/importReport';
import type { TargetOutcome } from '../../services/imports/keyImport';
import type { LastImport } from '../../services/imports/lastImport';
import { RunningImport } from '../../services/imports/runningImport';
import type { Log, Providers } from '../../services/ports';
import { DisposableStore } from '../host/disposables';
import type { ReadOnlyDocuments } from '../host/documents';
import { importDocument } from './importDocument';

/** What came of imports: the last one's report, those that run now, and what goes into the history. */
export class ImportResults implements Disposable {
	private readonly store = new DisposableStore();
	private readonly changed = this.store.add(new Emitter<void>());
	private readonly current = new Set<RunningImport>();
	/** The import whose details were asked for. */
	private shown: ImportReport | undefined;

	constructor(
		private readonly last: LastImport,
		private readonly history: ChangeHistory,
		private readonly documents: ReadOnlyDocuments,
		private readonly providers: Providers,
		private readonly log: Log,
	) {
		this.store.add(last.onDidChange(() => this.changed.fire()));
	}

	/** Fires when there is more to show. */
	readonly onDidChange = this.changed.event;

	/** The imports that run now, in the order in which they began. */
	get running(): readonly RunningImport[] {
		return [...this.current];
	}

	/** The report of the last import, also of one before a restart. */
	report(): Promise<ImportReport | undefined> {
		return this.last.get();
	}

	/** An import begins. `run` is that of the report which its outcomes go into. */
	begin(run: string, keyName: string, targets: readonly Target[], dryRun = false): RunningImport {
		const running = new RunningImport(run, keyName, targets, dryRun);
		this.current.add(running);
		running.onDidChange(() => this.changed.fire());
		this.changed.fire();
		return running;
	}

	/** The import is over. */
	end(running: RunningImport): void {
		running.dispose();
		if (this.current.delete(running)) {
			this.changed.fire();
		}
	}

	/** Takes in the outcomes of an import, or of some of its targets that were tried again: they join the report of the same run where that is the last one.
	 * Resolves to the report with all of them. */
	async keep(report: ImportReport): Promise<ImportReport> {
		const last = await this.last.get();
		const isAgain = last?.run === report.run && report.outcomes.every(({ target }) => holdsTarget(last, target));
		const whole = isAgain ? withOutcomes(last, report.outcomes) : report;
		if (this.shown?.run === whole.run) {
			this.shown = whole;
		}
		try {
			await this.last.keep(whole);
		} catch (error) {
			// The import itself is done: that it is not remembered must not look like its failure.
			this.log.error('The report of the import could not be kept', error);
		}
		this.documents.renew(this.documentName());
		return whole;
	}

	/** Writes what was changed into the history. */
	async record(run: string, outcomes: readonly TargetOutcome[]): Promise<void> {
		try {
			await this.history.record(toHistory(run, outcomes));
		} catch (error) {
			this.log.error('The history could not be written', error);
		}
	}

	/** Opens the details of an import, the last one unless another is given; false when there was none. They follow when targets are tried again. */
	async showDetails(report?: ImportReport): Promise<boolean> {
		const last = await this.last.get();
		const shown = report && report.run !== last?.run ? report : last;
		if (!shown) {
			return false;
		}
		this.shown = shown;
		await this.documents.show(this.documentName(), () =>
			this.shown ? importDocument(this.shown, this.providers) : '',
		);
		return true;
	}

	dispose(): void {
		this.store.dispose();
	}

	private documentName(): string {
		return l10n.t('Import Details');
	}
}

function holdsTarget({ outcomes }: ImportReport, target: Target): boolean {
	return outcomes.some((outcome) => targetId(outcome.target) === targetId(target));
}
