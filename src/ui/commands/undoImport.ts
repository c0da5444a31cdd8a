import { randomUUID } from 'node:crypto';
import { l10n, type QuickPickItem, ThemeIcon, window } from 'vscode';
import { type ChangeHistory, type HistoryEntry, targetOf } from '../../services/changeHistory';
import {
	type HistoryRun,
	historyRuns,
	type UndoneImport,
	undoableImports,
	undoHistory,
	undoImports,
} from '../../services/importUndo';
import { confirmByName } from '../forms/confirmByName';
import { pickOne } from '../forms/input';
import { withCancellableProgress } from '../host/progress';
import { isProtected } from '../host/protectedProfiles';
import { isRecord } from '../isRecord';
import { describeAge } from '../messages/age';
import { describeFailure } from '../messages/failures';
import { describeTarget } from '../messages/imports';
import type { Services } from '../services';
import { ArgumentError } from './run';

/** So many targets are named in the question; more are counted. */
const maxNamed = 10;

export interface UndoContext {
	readonly services: Services;
	readonly history: ChangeHistory;
}

interface RunItem extends QuickPickItem {
	readonly run: HistoryRun;
}

/** *Undo Import*: deletes the key pairs that an import made, where they are still the same. Takes `{ run }` of an entry of the history to choose the import
 * beforehand; it is confirmed all the same. Returns how many were deleted; undefined when it was given up. */
export async function undoImport(argument: unknown, context: UndoContext): Promise<number | undefined> {
	const entries = await context.history.all();
	const runs = historyRuns(entries).filter((run) => undoableImports(run, entries).length > 0);
	const run = isRecord(argument) ? given(argument, runs) : await choose(runs, entries, context.services);
	if (!run) {
		return undefined;
	}
	const imports = undoableImports(run, entries);
	return (await isConfirmed(run.keyName, imports, context.services)) ? undo(imports, context) : undefined;
}

function given({ run: wanted }: Readonly<Record<string, unknown>>, runs: readonly HistoryRun[]): HistoryRun {
	const run = runs.find((candidate) => candidate.run === wanted);
	if (!run) {
		throw new ArgumentError(`No import that can be undone has the run: ${String(wanted)}`);
	}
	return run;
}

async function choose(
	runs: readonly HistoryRun[],
	entries: readonly HistoryEntry[],
	services: Services,
): Promise<HistoryRun | undefined> {
	if (runs.length === 0) {
		void window.showInformationMessage(l10n.t('There is no import that can be undone.'));
		return undefined;
	}
	const items = runs.map((run): RunItem => {
		const imports = undoableImports(run, entries);
		const [first] = imports;
		const where = first && imports.length === 1 ? place(first, services) : l10n.t('{0} targets', imports.length);
		const age = describeAge(services.clock.now() - Date.parse(run.time));
		return { label: run.keyName, description: `${where} · ${age}`, iconPath: new ThemeIcon('history'), run };
	});
	const frame = { title: l10n.t('Undo Import'), canGoBack: false };
	const answer = await pickOne(frame, { placeholder: l10n.t('Choose the import to undo'), items });
	return answer.kind === 'value' ? answer.value.run : undefined;
}

async function isConfirmed(keyName: string, imports: readonly HistoryEntry[], services: Services): Promise<boolean> {
	const where = imports.slice(0, maxNamed).map((entry) => place(entry, services));
	const more = imports.length - where.length;
	const detail = [
		...where,
		...(more > 0 ? [l10n.t('and {0} more', more)] : []),
		'',
		l10n.t(
			'A key pair that has changed since the import is left alone. Instances that were launched with the key keep it.',
		),
	].join('\n');
	const question =
		imports.length === 1
			? l10n.t('Delete the key pair {0} that this import made?', keyName)
			: l10n.t('Delete {0} key pairs that this import made?', imports.length);
	if (imports.some(({ profile }) => isProtected(profile))) {
		const frame = { title: l10n.t('Undo Import'), canGoBack: false };
		return (await confirmByName(frame, keyName, question)).kind === 'value';
	}
	const confirm = l10n.t('Delete');
	return (await window.showWarningMessage(question, { modal: true, detail }, confirm)) === confirm;
}

async function undo(imports: readonly HistoryEntry[], { services, history }: UndoContext): Promise<number> {
	const title = l10n.t('Undoing the import');
	let finished = 0;
	const undone = await withCancellableProgress(title, imports.length, (step, signal) =>
		undoImports(imports, services, signal, () => step(l10n.t('{0} of {1}', ++finished, imports.length))),
	);
	await history.record(undoHistory(randomUUID(), undone));
	for (const { entry, outcome } of undone) {
		if (outcome.status === 'deleted') {
			services.remoteKeys.remove(targetOf(entry), outcome.keyPair);
		} else if (outcome.status !== 'cancelled') {
			void services.remoteKeys.reload(targetOf(entry));
		}
	}
	tell(undone, services);
	return undone.filter(({ outcome }) => outcome.status === 'deleted').length;
}

function tell(undone: readonly UndoneImport[], services: Services): void {
	const count = (status: UndoneImport['outcome']['status']): number =>
		undone.filter(({ outcome }) => outcome.status === status).length;
	const parts = [
		[count('deleted'), (number: number) => l10n.t('{0} deleted', number)],
		[count('notThere'), (number: number) => l10n.t('{0} gone already', number)],
		[count('changed'), (number: number) => l10n.t('{0} changed since and left alone', number)],
		[count('cancelled'), (number: number) => l10n.t('{0} cancelled', number)],
		[count('failed'), (number: number) => l10n.t('{0} failed', number)],
	] as const;
	const words = parts.filter(([number]) => number > 0).map(([number, describe]) => describe(number));
	const text = l10n.t('Undo of the import: {0}.', words.join(', '));
	const failed = undone.flatMap(({ entry, outcome }) => (outcome.status === 'failed' ? [{ entry, ...outcome }] : []));
	const [first] = failed;
	if (!first) {
		void window.showInformationMessage(text);
		return;
	}
	const { message, advice } = describeFailure(first.failure, services.providers.manifest(first.entry.service).label);
	void window.showErrorMessage(`${text} ${place(first.entry, services)}: ${message} ${advice}`);
}

function place(entry: HistoryEntry, { providers }: Services): string {
	return `${providers.manifest(entry.service).label} · ${describeTarget(targetOf(entry))}`;
}
