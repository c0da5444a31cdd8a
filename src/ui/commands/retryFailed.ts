import { l10n, window } from 'vscode';
import type { ImportOutcome } from '../../api';
import { type Target, targetId } from '../../domain/target';
import { type ImportReport, unfinishedTargets } from '../../services/imports/importReport';
import { toImportOutcome } from '../importRequest';
import type { ImportResults } from '../results/importResults';
import type { Services } from '../services';
import { isResultNode, type ResultNode } from '../views/resultNodes';
import type { ImportRunner } from './runImport';

/** *Retry Failed*: runs the last import again in the targets where it failed or was cancelled, also after a restart; in those of a row of *Import Results* when
 * one is given. Returns their outcomes; undefined when there is nothing to try again, or the person gave up. */
export async function retryFailed(
	argument: unknown,
	{ results, runner, services }: { results: ImportResults; runner: ImportRunner; services: Services },
): Promise<readonly ImportOutcome[] | undefined> {
	const report = await results.report();
	const targets = report ? targetsOf(report, isResultNode(argument) ? argument : undefined) : [];
	const running = new Set(results.running.flatMap((one) => (one.run === report?.run ? one.targets.map(targetId) : [])));
	const wanted = targets.filter((target) => !running.has(targetId(target)));
	if (!report || wanted.length === 0) {
		void window.showInformationMessage(l10n.t('There is no failed import to try again.'));
		return undefined;
	}
	const outcomes = await runner.retry(report, wanted);
	return outcomes?.map((outcome) => toImportOutcome(outcome, services));
}

/** What is left to do, of a row where one is given. The row may be older than the report. */
function targetsOf(report: ImportReport, node: ResultNode | undefined): readonly Target[] {
	const unfinished = unfinishedTargets(report);
	if (node?.kind !== 'group' && node?.kind !== 'outcome') {
		return unfinished;
	}
	const outcomes = node.kind === 'group' ? node.outcomes : [node.outcome];
	const ids = new Set(outcomes.map(({ target }) => targetId(target)));
	return node.run === report.run ? unfinished.filter((target) => ids.has(targetId(target))) : [];
}

/** *Show Import Details*: opens what is known of every target of the last import. False when there was none. */
export async function showDetails(results: ImportResults): Promise<boolean> {
	const shown = await results.showDetails();
	if (!shown) {
		void window.showInformationMessage(l10n.t('Nothing has been imported yet.'));
	}
	return shown;
}
