import { l10n, window } from 'vscode';
import type { ImportOutcome } from '../../api';
import type { Target } from '../../domain/target';
import { unfinishedTargets } from '../../services/importReport';
import { toImportOutcome } from '../importRequest';
import type { ImportResults } from '../results/importResults';
import type { Services } from '../services';
import { isResultNode, type ResultNode } from '../views/resultsTree';
import type { ImportRunner } from './runImport';

/** *Retry Failed*: runs the last import again in the targets where it failed or was cancelled, also after a restart; in those of a row of *Import Results* when
 * one is given. Returns their outcomes; undefined when there is nothing to try again. */
export async function retryFailed(
	argument: unknown,
	{ results, runner, services }: { results: ImportResults; runner: ImportRunner; services: Services },
): Promise<readonly ImportOutcome[] | undefined> {
	const report = await results.report();
	const targets = isResultNode(argument) ? targetsOf(argument) : report && unfinishedTargets(report);
	if (!report || !targets || targets.length === 0) {
		void window.showInformationMessage(l10n.t('There is no failed import to try again.'));
		return undefined;
	}
	const outcomes = await runner.retry(report, targets);
	return outcomes.map((outcome) => toImportOutcome(outcome, services));
}

function targetsOf(node: ResultNode): readonly Target[] {
	switch (node.kind) {
		case 'group':
			return node.outcomes.map(({ target }) => target);
		case 'outcome':
			return [node.outcome.target];
		default:
			return [];
	}
}

/** *Show Import Details*: opens what is known of every target of the last import. False when there was none. */
export async function showDetails(results: ImportResults): Promise<boolean> {
	const shown = await results.showDetails();
	if (!shown) {
		void window.showInformationMessage(l10n.t('Nothing has been imported yet.'));
	}
	return shown;
}
