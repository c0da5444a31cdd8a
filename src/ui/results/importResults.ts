import { l10n } from 'vscode';
import { type Target, targetId } from '../../domain/target';
import type { ChangeHistory } from '../../services/changeHistory';
import { type Disposable, Emitter } from '../../services/event';
import { type ImportReport, toHistory, withOutcomes } from '../../services/importReport';
import type { TargetOutcome } from '../../services/keyImport';
import type { LastImport } from '../../services/lastImport';
import type { Log, Providers } from '../../services/ports';
import { RunningImport } from '../../services/runningImport';
import { DisposableStore } from '../host/disposables';
import type { ReadOnlyDocuments } from '../host/documents';
import { importDocument } from './importDocument';

/** What came of imports: the last one's report, the one that runs now, and what goes into the history. */
export class ImportResults implements Disposable {
	private readonly store = new DisposableStore();
	private readonly changed = this.store.add(new Emitter<void>());
	private current: RunningImport | undefined;

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

	/** The import that runs now, or undefined. */
	get running(): RunningImport | undefined {
		return this.current;
	}

	/** The report of the last import, also of one before a restart. */
	report(): Promise<ImportReport | undefined> {
		return this.last.get();
	}

	/** An import begins. Another one that still runs is not shown any more. */
	begin(keyName: string, targets: readonly Target[]): RunningImport {
		const running = new RunningImport(keyName, targets);
		this.current = running;
		running.onDidChange(() => this.changed.fire());
		this.changed.fire();
		return running;
	}

	/** The import is over, or what runs instead of it. */
	end(running: RunningImport): void {
		running.dispose();
		if (this.current === running) {
			this.current = undefined;
			this.changed.fire();
		}
	}

	/** Takes in the outcomes of an import, or of some of its targets that were tried again: they join the report of the same run where that is the last one.
	 * Resolves to the report with all of them. */
	async keep(report: ImportReport): Promise<ImportReport> {
		const last = await this.last.get();
		const isAgain = last?.run === report.run && report.outcomes.every(({ target }) => holdsTarget(last, target));
		const whole = isAgain ? withOutcomes(last, report.outcomes) : report;
		await this.orLog(this.last.keep(whole), 'The report of the import could not be kept');
		this.documents.renew(this.documentName());
		return whole;
	}

	/** Writes what was changed into the history. */
	record(run: string, outcomes: readonly TargetOutcome[]): Promise<void> {
		return this.orLog(this.history.record(toHistory(run, outcomes)), 'The history could not be written');
	}

	/** Opens the details of the last import; false when there was none. */
	async showDetails(): Promise<boolean> {
		if (!(await this.last.get())) {
			return false;
		}
		await this.documents.show(this.documentName(), async () => {
			const report = await this.last.get();
			return report ? importDocument(report, this.providers) : '';
		});
		return true;
	}

	dispose(): void {
		this.store.dispose();
	}

	private documentName(): string {
		return l10n.t('Import Details');
	}

	/** The import itself is done by then: that it is not remembered must not look like its failure. */
	private async orLog(written: Promise<void>, what: string): Promise<void> {
		try {
			await written;
		} catch (error) {
			this.log.error(what, error);
		}
	}
}

function holdsTarget({ outcomes }: ImportReport, target: Target): boolean {
	return outcomes.some((outcome) => targetId(outcome.target) === targetId(target));
}
