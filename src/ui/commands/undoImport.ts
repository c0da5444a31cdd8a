import { randomUUID } from 'node:crypto';
import { l10n, type MessageItem, type QuickPickItem, ThemeIcon, window } from 'vscode';
import { type ChangeHistory, type HistoryEntry, targetOf } from '../../services/history/changeHistory';
import {
	type HistoryRun,
	historyRuns,
	type UndoneImport,
	undoableImports,
	undoHistory,
	undoImports,
} from '../../services/history/importUndo';
import { confirmByName } from '../forms/confirmByName';
import { pickOne } from '../forms/input';
import type { ReadOnlyDocuments } from '../host/documents';
import { withCancellableProgress } from '../host/progress';
import { isProtected } from '../host/protectedProfiles';
import { isRecord } from '../isRecord';
import { describeAge } from '../messages/age';
import { describeFailure } from '../messages/failures';
import { placeOf } from '../messages/targets';
import { historyDocument } from '../results/historyDocument';
import type { Services } from '../services';
import { ArgumentError } from './run';

/** So many targets are named in the question; more are counted. */
const maxNamed = 10;

/** So many imports are offered, the latest: a longer list helps nobody. */
const maxOffered = 200;

export interface UndoContext {
	readonly services: Services;
	readonly history: ChangeHistory;
	readonly documents: ReadOnlyDocuments;
}

/** An import that can be undone: the whole of it or what is left. */
interface Undoable {
	readonly run: HistoryRun;
	/** At least one. */
	readonly imports: readonly HistoryEntry[];
}

interface UndoableItem extends QuickPickItem, Undoable {}

/** *Undo Import*: deletes the key pairs that an import made, where they are still the same. Takes `{ run }` of an entry of the history to choose the import
 * beforehand; it is confirmed all the same. Returns how many were deleted; undefined when it was given up. */
export async function undoImport(argument: unknown, context: UndoContext): Promise<number | undefined> {
	const entries = await context.history.all();
	const imports = undoableImports(entries);
	const undoables = historyRuns(entries).flatMap((run): readonly Undoable[] => {
		const left = imports.get(run.run);
		return left ? [{ run, imports: left }] : [];
	});
	const chosen = isRecord(argument) ? given(argument, undoables) : await choose(undoables, context.services);
	return chosen && (await isConfirmed(chosen, context.services)) ? undo(chosen.imports, context) : undefined;
}

function given({ run: wanted }: Readonly<Record<string, unknown>>, undoables: readonly Undoable[]): Undoable {
	const undoable = undoables.find(({ run }) => run.run === wanted);
	if (!undoable) {
		throw new ArgumentError(`No import that can be undone has the run: ${String(wanted)}`);
	}
	return undoable;
}

async function choose(undoables: readonly Undoable[], { providers, clock }: Services): Promise<Undoable | undefined> {
	if (undoables.length === 0) {
		void window.showInformationMessage(l10n.t('There is no import that can be undone.'));
		return undefined;
	}
	const items = undoables.slice(0, maxOffered).map(({ run, imports }): UndoableItem => {
		const [first] = imports;
		const where =
			first && imports.length === 1 ? placeOf(targetOf(first), providers) : l10n.t('{0} targets', imports.length);
		const age = describeAge(clock.now() - Date.parse(run.time));
		return {
			label: run.keyName,
			description: `${where} · ${age}`,
			iconPath: new ThemeIcon('history'),
			...{ run, imports },
		};
	});
	const frame = { title: l10n.t('Undo Import'), canGoBack: false };
	const answer = await pickOne(frame, { placeholder: l10n.t('Choose the import to undo'), items });
	return answer.kind === 'value' ? answer.value : undefined;
}

/** As for any deletion: for a protected profile the name has to be typed besides. */
async function isConfirmed({ run, imports }: Undoable, { providers }: Services): Promise<boolean> {
	const { keyName } = run;
	const places = imports.slice(0, maxNamed).map((entry) => {
		const where = placeOf(targetOf(entry), providers);
		return entry.keyName === keyName ? where : `${where} · ${entry.keyName}`;
	});
	const more = imports.length - places.length;
	const notes = [
		...(imports.some(({ change }) => change === 'replace')
			? [l10n.t('The key pairs that this import replaced do not come back. Their public keys are in the history.')]
			: []),
		l10n.t(
			'A key pair that has changed since the import is left alone. Instances that were launched with the key keep it.',
		),
	];
	const detail = [[...places, ...(more > 0 ? [l10n.t('and {0} more', more)] : [])].join('\n'), ...notes].join('\n\n');
	const question =
		imports.length === 1
			? l10n.t('Delete the key pair {0} that this import made?', keyName)
			: l10n.t('Delete {0} key pairs that the import of {1} made?', imports.length, keyName);
	const confirm: MessageItem = { title: l10n.t('Delete') };
	if ((await window.showWarningMessage(question, { modal: true, detail }, confirm)) !== confirm) {
		return false;
	}
	for (const profile of new Set(imports.map((entry) => entry.profile).filter(isProtected))) {
		if (!(await isConfirmedByName(profile, imports, providers))) {
			return false;
		}
	}
	return true;
}

async function isConfirmedByName(
	profile: string,
	imports: readonly HistoryEntry[],
	providers: Services['providers'],
): Promise<boolean> {
	const own = imports.filter((entry) => entry.profile === profile);
	const [first] = own;
	if (!first) {
		return true;
	}
	const frame = { title: l10n.t('Undo Import'), canGoBack: false };
	const where = own.length === 1 ? placeOf(targetOf(first), providers) : l10n.t('{0} targets', own.length);
	const what = l10n.t('Profile {0} is protected: {1} will be deleted from {2}.', profile, first.keyName, where);
	return (await confirmByName(frame, first.keyName, what)).kind === 'value';
}

async function undo(imports: readonly HistoryEntry[], context: UndoContext): Promise<number> {
	const { services, history } = context;
	const title = l10n.t('Undoing the import');
	let finished = 0;
	const undone = await withCancellableProgress(title, imports.length, (step, signal) =>
		undoImports(imports, services, signal, () => step(l10n.t('{0} of {1}', ++finished, imports.length))),
	);
	const recorded = undoHistory(randomUUID(), undone);
	try {
		await history.record(recorded);
	} catch (error) {
		// The key pairs are gone all the same.
		services.log.error('The history could not be written', error);
	}
	for (const { entry, outcome } of undone) {
		if (outcome.status === 'deleted') {
			services.remoteKeys.remove(targetOf(entry), outcome.keyPair);
		} else if (outcome.status !== 'cancelled') {
			void services.remoteKeys.reload(targetOf(entry));
		}
	}
	void tell(undone, recorded, context).catch((error: unknown) => services.log.error('After an undo', error));
	return undone.filter(({ outcome }) => outcome.status === 'deleted').length;
}

async function tell(
	undone: readonly UndoneImport[],
	recorded: readonly HistoryEntry[],
	{ services: { providers }, documents }: UndoContext,
): Promise<void> {
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
	const target = targetOf(first.entry);
	const { message, advice } = describeFailure(first.failure, providers.manifest(target.service).label);
	const show = l10n.t('Show Details');
	const why = `${text} ${placeOf(target, providers)}: ${message} ${advice}`;
	if ((await window.showErrorMessage(why, show)) === show) {
		await documents.show(l10n.t('Import History'), () => historyDocument(recorded, providers));
	}
}
