import { l10n, ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState } from 'vscode';
import { type Target, targetId } from '../../domain/target';
import { isUnfinished } from '../../services/imports/importReport';
import type { TargetOutcome } from '../../services/imports/keyImport';
import type { RunningImport, TargetState } from '../../services/imports/runningImport';
import type { Providers } from '../../services/ports';
import { commandIds } from '../commands/ids';
import { describeFailureBriefly } from '../messages/briefFailures';
import { isInDoubt, lacksTags } from '../messages/importSummary';
import { describeImportFailure, describeTagFailure } from '../messages/imports';
import { describeRule } from '../messages/rules';
import { placeOf } from '../messages/targets';
import { inUtc } from '../results/pointInTime';
import type { ResultGroup } from './resultNodes';

/** A row, and what a screen reader says besides what stands there: what the eye sees by the icon. */
export interface SpokenItem {
	readonly item: TreeItem;
	readonly spoken: readonly string[];
}

/** The row of an import that runs. */
export function runningItem({ run, keyName, targets, finished, dryRun }: RunningImport): TreeItem {
	const label = dryRun ? l10n.t('Checking the permission to import') : l10n.t('Importing {0}', keyName);
	const item = new TreeItem(label, TreeItemCollapsibleState.Expanded);
	item.id = JSON.stringify(['running', run, ...targets.map(targetId)]);
	item.description = l10n.t('{0} of {1}', finished, targets.length);
	item.iconPath = new ThemeIcon('loading~spin');
	return item;
}

/** The row of a target that has no outcome yet. */
export function runningTargetItem(
	run: string,
	target: Target,
	state: Exclude<TargetState, { status: 'done' }>,
	providers: Pick<Providers, 'manifest'>,
): SpokenItem {
	const item = new TreeItem(placeOf(target, providers));
	item.id = JSON.stringify([run, targetId(target)]);
	switch (state.status) {
		case 'queued':
			item.iconPath = new ThemeIcon('circle-outline');
			return { item, spoken: [l10n.t('waits for its turn')] };
		case 'sending':
			item.iconPath = new ThemeIcon('loading~spin');
			return { item, spoken: [l10n.t('being sent')] };
		case 'waiting':
			item.iconPath = new ThemeIcon('watch');
			item.description = l10n.t('is tried again: {0}', describeFailureBriefly(state.failure));
			return { item, spoken: [] };
	}
}

/** The row of the targets with one outcome. */
export function groupItem({ id, status, label, reason, outcomes }: ResultGroup): TreeItem {
	const isOpen = status === 'failed' || status === 'untagged';
	const item = new TreeItem(label, isOpen ? TreeItemCollapsibleState.Expanded : TreeItemCollapsibleState.Collapsed);
	item.id = id;
	item.description = reason?.words.message ?? '';
	item.tooltip = reason ? [reason.words.message, reason.words.advice, reason.code].filter(Boolean).join('\n') : label;
	item.contextValue = outcomes.every(isUnfinished) ? 'imports canRetry' : 'imports';
	item.iconPath = iconOf(outcomes[0]);
	return item;
}

/** The row of a target that has its outcome. The key pair is named only where it is not `usualName`: that stands above. */
export function outcomeItem(
	run: string,
	outcome: TargetOutcome,
	usualName: string,
	providers: Pick<Providers, 'manifest'>,
): SpokenItem {
	const { target, keyName } = outcome;
	const place = placeOf(target, providers);
	const item = new TreeItem(place);
	item.id = JSON.stringify([run, targetId(target)]);
	item.iconPath = iconOf(outcome);
	item.tooltip = [place, keyName, ...details(outcome, providers)].join('\n');
	const name = keyName === usualName ? undefined : keyName;
	item.description = [name, ...describeBriefly(outcome, providers)].filter(Boolean).join(' · ');
	item.contextValue = isUnfinished(outcome) ? 'importedTarget canRetry' : 'importedTarget';
	if (lacksTags(outcome)) {
		item.contextValue += ' canEditTags';
	}
	if (holderOf(outcome)) {
		const argument = { target, keyName };
		item.command = { command: commandIds.openKeyPair, title: l10n.t('Show Key Pair'), arguments: [argument] };
	}
	return { item, spoken: [statusOf(outcome)] };
}

/** The key pair that has the name there, as far as the outcome tells. */
function holderOf(outcome: TargetOutcome) {
	switch (outcome.status) {
		case 'imported':
		case 'alreadyPresent':
			return outcome.keyPair;
		case 'failed':
			return outcome.failure.by === 'service' && outcome.failure.replaced !== 'lost'
				? outcome.failure.existing
				: undefined;
		default:
			return undefined;
	}
}

function describeBriefly(
	outcome: TargetOutcome,
	providers: Pick<Providers, 'manifest'>,
): readonly (string | undefined)[] {
	switch (outcome.status) {
		case 'imported':
		case 'alreadyPresent': {
			const { id, fingerprint } = outcome.keyPair;
			const tags = lacksTags(outcome) ? describeFailureBriefly(outcome.tagFailure) : undefined;
			const replaced =
				outcome.status === 'imported' && outcome.replacedKeyPair ? l10n.t('replaced another key') : undefined;
			return [tags, replaced, id, fingerprint];
		}
		case 'failed': {
			const { failure } = outcome;
			if (failure.by === 'rules') {
				const { label } = providers.manifest(outcome.target.service);
				return [...failure.problems.map((problem) => describeRule(problem, label))];
			}
			return [describeFailureBriefly(failure.failure), describeReplaced(failure.replaced)];
		}
		default:
			return [];
	}
}

function describeReplaced(replaced: 'restored' | 'lost' | undefined): string | undefined {
	switch (replaced) {
		case 'restored':
			return l10n.t('previous key pair restored');
		case 'lost':
			return l10n.t('previous key pair deleted');
		default:
			return undefined;
	}
}

/** Lines for the tooltip. */
function details(outcome: TargetOutcome, providers: Pick<Providers, 'manifest'>): readonly string[] {
	const { label } = providers.manifest(outcome.target.service);
	const told: (string | undefined)[] = [];
	if (outcome.status === 'imported' || outcome.status === 'alreadyPresent') {
		told.push(outcome.keyPair.id, outcome.keyPair.fingerprint);
	}
	if (lacksTags(outcome)) {
		const { message, advice } = describeTagFailure(outcome.tagFailure, label);
		told.push(message, advice);
	}
	if (outcome.status === 'failed') {
		const { message, advice } = describeImportFailure(outcome.failure, label);
		told.push(message, advice, outcome.failure.by === 'service' ? outcome.failure.failure.code : undefined);
	}
	const request = outcome.requestId && l10n.t('Request ID: {0}', outcome.requestId);
	return [...told, request, inUtc(outcome.at)].filter((line) => line !== undefined && line !== '') as string[];
}

function statusOf(outcome: TargetOutcome): string {
	switch (outcome.status) {
		case 'imported':
			return lacksTags(outcome) ? l10n.t('imported without tags') : l10n.t('imported');
		case 'alreadyPresent':
			return l10n.t('already there');
		case 'permitted':
			return l10n.t('permitted');
		case 'cancelled':
			return l10n.t('cancelled');
		case 'failed':
			return isInDoubt(outcome.failure) ? l10n.t('not known') : l10n.t('failed');
	}
}

function iconOf(outcome: TargetOutcome | undefined): ThemeIcon {
	switch (outcome?.status) {
		case 'imported':
			return lacksTags(outcome)
				? new ThemeIcon('warning', new ThemeColor('list.warningForeground'))
				: new ThemeIcon('check', new ThemeColor('testing.iconPassed'));
		case 'alreadyPresent':
			return new ThemeIcon('check');
		case 'permitted':
			return new ThemeIcon('shield');
		case 'failed':
			return isInDoubt(outcome.failure)
				? new ThemeIcon('question', new ThemeColor('list.warningForeground'))
				: new ThemeIcon('error', new ThemeColor('list.errorForeground'));
		default:
			return new ThemeIcon('circle-slash');
	}
}
