import { homedir } from 'node:os';
import { join } from 'node:path';
import {
	l10n,
	type QuickInputButton,
	type QuickPickItem,
	QuickPickItemKind,
	ThemeIcon,
	Uri,
	window,
	workspace,
} from 'vscode';
import { type ChangeHistory, type HistoryEntry, targetOf } from '../../services/history/changeHistory';
import { toCsv, toJson } from '../../services/history/historyExport';
import { type HistoryRun, historyRuns, undoableImports } from '../../services/history/importUndo';
import { pickOne } from '../forms/input';
import type { ReadOnlyDocuments } from '../host/documents';
import { isRecord } from '../isRecord';
import { describeAge } from '../messages/age';
import { placeOf } from '../messages/targets';
import { describeChange, historyDocument } from '../results/historyDocument';
import type { Services } from '../services';
import { ArgumentError } from './run';
import { undoImport } from './undoImport';

type Format = 'csv' | 'json';

/** So many commands are listed, the latest; the document and the exports have all. */
const maxRuns = 500;

interface HistoryItem extends QuickPickItem {
	readonly act: 'showAll' | Format | 'show' | 'undo';
	readonly run?: HistoryRun;
}

export interface HistoryContext {
	readonly services: Services;
	readonly history: ChangeHistory;
	readonly documents: ReadOnlyDocuments;
}

/** *Show Import History*: lists the commands that changed something, each to be looked at or undone, and exports them all. Takes `{ format, file }` to export
 * without a question: `format` is `csv` or `json`, `file` a Uri. Returns the entries, oldest first. */
export async function showHistory(argument: unknown, context: HistoryContext): Promise<readonly HistoryEntry[]> {
	const entries = await context.history.all();
	if (isRecord(argument)) {
		const { format, file } = argument;
		if ((format !== 'csv' && format !== 'json') || !(file instanceof Uri)) {
			throw new ArgumentError('Expected { format: "csv" or "json", file: Uri }');
		}
		await write(file, format, entries);
		return entries;
	}
	if (entries.length === 0) {
		void window.showInformationMessage(l10n.t('Nothing has been changed yet: the history is empty.'));
		return entries;
	}
	await ask(entries, context);
	return entries;
}

async function ask(entries: readonly HistoryEntry[], context: HistoryContext): Promise<void> {
	const { services, documents } = context;
	const undo: QuickInputButton = { iconPath: new ThemeIcon('discard'), tooltip: l10n.t('Undo import') };
	const answer = await pickOne<HistoryItem>(
		{ title: l10n.t('Import History'), canGoBack: false },
		{
			placeholder: l10n.t('Choose a change to look at it, or export all of them'),
			items: [...wholeItems(), ...runItems(entries, services, undo)],
			pressed: (item) => ({ ...item, act: 'undo' }),
		},
	);
	if (answer.kind !== 'value') {
		return;
	}
	const { act, run } = answer.value;
	switch (act) {
		case 'showAll':
			await documents.show(l10n.t('Import History'), () => historyDocument(entries, services.providers));
			break;
		case 'csv':
		case 'json':
			await saveAs(act, entries);
			break;
		case 'show':
			await documents.show(l10n.t('Import History'), () => historyDocument(run?.entries ?? [], services.providers));
			break;
		case 'undo':
			if (run) {
				await undoImport({ run: run.run }, context);
			}
			break;
	}
}

function wholeItems(): readonly HistoryItem[] {
	return [
		{ label: l10n.t('Show all changes'), iconPath: new ThemeIcon('list-flat'), act: 'showAll' },
		{ label: l10n.t('Export as CSV…'), iconPath: new ThemeIcon('export'), act: 'csv' },
		{ label: l10n.t('Export as JSON…'), iconPath: new ThemeIcon('export'), act: 'json' },
		{ label: l10n.t('Changes'), kind: QuickPickItemKind.Separator, act: 'show' },
	];
}

function runItems(
	entries: readonly HistoryEntry[],
	{ clock, providers }: Services,
	undo: QuickInputButton,
): readonly HistoryItem[] {
	const undoable = undoableImports(entries);
	return historyRuns(entries)
		.slice(0, maxRuns)
		.map((run): HistoryItem => {
			const [first] = run.entries;
			const changes = [...new Set(run.entries.map(({ change }) => describeChange(change)))].join(', ');
			const outcomes = (['done', 'failed', 'unknown'] as const).flatMap((outcome) => {
				const count = run.entries.filter((entry) => entry.outcome === outcome).length;
				return count === 0 ? [] : [countWords[outcome](count)];
			});
			const where =
				first && run.entries.length === 1
					? placeOf(targetOf(first), providers)
					: l10n.t('{0} targets', run.entries.length);
			return {
				label: run.keyName,
				description: [changes, where, ...outcomes, describeAge(clock.now() - Date.parse(run.time))].join(' · '),
				iconPath: new ThemeIcon('history'),
				act: 'show',
				run,
				buttons: undoable.has(run.run) ? [undo] : [],
			};
		});
}

const countWords: { readonly [K in HistoryEntry['outcome']]: (count: number) => string } = {
	done: (count) => l10n.t('{0} done', count),
	failed: (count) => l10n.t('{0} failed', count),
	unknown: (count) => l10n.t('{0} not known', count),
};

async function saveAs(format: Format, entries: readonly HistoryEntry[]): Promise<void> {
	const file = await window.showSaveDialog({
		title: l10n.t('Export Import History'),
		defaultUri: Uri.file(join(homedir(), `import-history.${format}`)),
		filters: { [format.toUpperCase()]: [format] },
	});
	if (file) {
		await write(file, format, entries);
		const open = l10n.t('Open');
		const told = l10n.t('The history was exported: {0}.', file.fsPath);
		if ((await window.showInformationMessage(told, open)) === open) {
			await window.showTextDocument(file);
		}
	}
}

async function write(file: Uri, format: Format, entries: readonly HistoryEntry[]): Promise<void> {
	const text = format === 'csv' ? toCsv(entries) : toJson(entries);
	await workspace.fs.writeFile(file, Buffer.from(text, 'utf8'));
}
