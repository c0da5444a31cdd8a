import {
	l10n,
	type MessageItem,
	type QuickInputButton,
	type QuickPickItem,
	QuickPickItemKind,
	ThemeIcon,
	window,
} from 'vscode';
import { parseTargetText, type TargetPattern, toTargetText } from '../../domain/targetSets';
import type { Frame } from '../forms/input';
import { pickOne } from '../forms/input';
import { describePatterns } from '../forms/targetRows';
import { chooseTargets as askForTargets, enterSetName, keepSet } from '../forms/targetsStep';
import { hasRegions } from '../host/targetMemory';
import { deleteTargetSet, type TargetSet, targetSets } from '../host/targetSets';
import { isRecord } from '../isRecord';
import type { Services } from '../services';
import type { SignIn } from '../signIn';
import { ArgumentError } from './run';

interface WayItem extends QuickPickItem {
	/** Absent: the choice is remembered for the next import. */
	readonly set?: TargetSet | 'new';
}

/** *Choose Targets*: remembers the targets that the next import begins with, or makes or edits a target set. Returns the texts of what was chosen; undefined
 * when given up. An argument `{ targets, set }` (texts as in `cloudKeyPairs.targetSets`, and the name of a set to save them as) answers all questions. */
export async function chooseTargets(
	argument: unknown,
	services: Services,
	signIn: SignIn,
): Promise<readonly string[] | undefined> {
	if (isRecord(argument) && argument['targets'] !== undefined) {
		return keepGiven(argument, services);
	}
	for (;;) {
		const sets = targetSets(services.providers);
		const way = await askForWay(sets);
		if (!way) {
			return undefined;
		}
		const set = way.set === 'new' ? undefined : way.set;
		const patterns = set?.patterns ?? (way.set === 'new' ? [] : services.targetMemory.last);
		let chosen: readonly TargetPattern[] = [];
		let count = 0;
		const title = titleOf(way);
		const frame: Frame = { title, titleNow: () => withCount(title, count), canGoBack: true };
		const answer = await askForTargets(frame, {}, patterns, services, signIn, (selection) => {
			chosen = selection.patterns();
			count = selection.count;
		});
		if (answer.kind === 'cancel') {
			return undefined;
		}
		if (answer.kind === 'value') {
			return (await keep(way, chosen, services)) ? chosen.map(toTargetText) : undefined;
		}
	}
}

async function askForWay(sets: readonly TargetSet[]): Promise<WayItem | undefined> {
	const remove: QuickInputButton = { iconPath: new ThemeIcon('trash'), tooltip: l10n.t('Delete target set') };
	let left = sets;
	for (;;) {
		let removed: TargetSet | undefined;
		const answer = await pickOne<WayItem>(
			{ title: l10n.t('Choose Targets'), canGoBack: false },
			{
				placeholder: l10n.t('Choose what to do'),
				items: [
					{ label: l10n.t('Choose targets for the next import…'), iconPath: new ThemeIcon('target') },
					{ label: l10n.t('New target set…'), iconPath: new ThemeIcon('add'), set: 'new' },
					...(left.length > 0 ? [{ label: l10n.t('Edit a target set'), kind: QuickPickItemKind.Separator }] : []),
					...left.map((set) => ({
						label: set.name,
						description: describePatterns(set.patterns),
						iconPath: new ThemeIcon('bookmark'),
						buttons: [remove],
						set,
					})),
				],
				pressed(item) {
					removed = typeof item.set === 'object' ? item.set : undefined;
					return item;
				},
			},
		);
		if (answer.kind !== 'value') {
			return undefined;
		}
		if (!removed) {
			return answer.value;
		}
		if (await confirmDeletion(removed.name)) {
			await deleteTargetSet(removed.name);
			left = left.filter((set) => set !== removed);
		}
	}
}

async function confirmDeletion(name: string): Promise<boolean> {
	const remove: MessageItem = { title: l10n.t('Delete') };
	const question = l10n.t('Delete the target set {0}?', name);
	return (await window.showWarningMessage(question, { modal: true }, remove)) === remove;
}

function titleOf({ set }: WayItem): string {
	if (set === undefined) {
		return l10n.t('Targets for the next import');
	}
	return set === 'new' ? l10n.t('New target set') : l10n.t('Targets of {0}', set.name);
}

function withCount(title: string, count: number): string {
	switch (count) {
		case 0:
			return title;
		case 1:
			return l10n.t('{0} · 1 target', title);
		default:
			return l10n.t('{0} · {1} targets', title, count);
	}
}

async function keep({ set }: WayItem, patterns: readonly TargetPattern[], services: Services): Promise<boolean> {
	if (set === undefined) {
		await services.targetMemory.remember(patterns);
		return true;
	}
	if (set !== 'new') {
		return keepSet({ ...set, patterns });
	}
	const name = await enterSetName(targetSets(services.providers));
	return name !== undefined && keepSet({ name, patterns, unread: [] });
}

async function keepGiven(
	{ targets, set }: Readonly<Record<string, unknown>>,
	services: Services,
): Promise<readonly string[] | undefined> {
	const isService = hasRegions(services.providers);
	const patterns = (Array.isArray(targets) ? targets : []).map((text: unknown) => {
		const parsed = typeof text === 'string' ? parseTargetText(text, isService) : undefined;
		if (!parsed || !('pattern' in parsed)) {
			throw new ArgumentError(`cloudKeyPairs.chooseTargets: not a target such as ec2/prod/us-east-1: ${String(text)}`);
		}
		return parsed.pattern;
	});
	if (patterns.length === 0) {
		throw new ArgumentError('cloudKeyPairs.chooseTargets: targets must be a list of texts such as ec2/prod/us-east-1');
	}
	if (set === undefined) {
		await services.targetMemory.remember(patterns);
	} else if (typeof set !== 'string' || set.trim() === '') {
		throw new ArgumentError('cloudKeyPairs.chooseTargets: set must be a name');
	} else if (!(await keepSet({ name: set.trim(), patterns, unread: [] }))) {
		return undefined;
	}
	return patterns.map(toTargetText);
}
