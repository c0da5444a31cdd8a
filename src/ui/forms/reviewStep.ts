import { l10n, type QuickPickItem, QuickPickItemKind, ThemeIcon } from 'vscode';
import { type ImportPlan, planImport } from '../../domain/importPlan';
import type { Target } from '../../domain/target';
import type { IfExists } from '../../services/keyImport';
import type { Providers } from '../../services/ports';
import type { Listing, RemoteKeys } from '../../services/remoteKeys';
import { describeFailure } from '../messages/failures';
import { describeTarget } from '../messages/imports';
import { describeKeyType } from '../messages/keys';
import { describeRefusal } from '../messages/rules';
import type { ImportDraft } from './importDraft';
import { pickOne, waitFor } from './input';
import type { Step } from './steps';

interface ReviewItem extends QuickPickItem {
	/** The step that changes this row; absent on rows that only inform. */
	readonly to?: string;
	readonly run?: true;
	/** On the row of a target: nothing will be imported there. */
	readonly changesNothing?: true;
}

/** So long the review waits for what the regions hold; a region that is slower is said to be unknown. Milliseconds. */
const planTimeoutMs = 5000;

/** Shows what will happen in every target. Its first row starts the import; the rows of the answers lead back to their steps. */
export function reviewStep(providers: Providers, remoteKeys: RemoteKeys): Step<ImportDraft> {
	return {
		id: 'review',
		title: () => l10n.t('Review'),
		isNeeded: () => true,
		async ask(draft, frame) {
			const targets = draft.targets ?? [];
			const settled = Promise.race([
				Promise.all(targets.map((target) => remoteKeys.list(target))),
				new Promise((resolve) => setTimeout(resolve, planTimeoutMs)),
			]);
			const waited = await waitFor(frame, l10n.t('Checking what is already there…'), settled);
			if (waited.kind !== 'value') {
				return waited.kind;
			}
			const planned = targetItems(draft, targets);
			const answer = await pickOne<ReviewItem>(frame, {
				placeholder: l10n.t('Press Enter to import, or choose a row to change it'),
				items: [runItem(draft, targets, planned), ...answerItems(draft), ...planned],
				canChoose: ({ run, to }) => run === true || to !== undefined,
			});
			if (answer.kind !== 'value') {
				return answer.kind;
			}
			return answer.value.to === undefined ? 'next' : { to: answer.value.to };
		},
	};

	function targetItems(draft: ImportDraft, targets: readonly Target[]): readonly ReviewItem[] {
		return [
			{ label: l10n.t('What will happen'), kind: QuickPickItemKind.Separator },
			...targets.map((target): ReviewItem => ({ label: describeTarget(target), ...plannedRow(draft, target) })),
		];
	}

	function plannedRow({ key, keyName, options }: ImportDraft, target: Target): Omit<ReviewItem, 'label'> {
		const manifest = providers.manifest(target.service);
		const listing = remoteKeys.known(target);
		if (!key) {
			return {};
		}
		const refused = describeRefusal(key.key, [manifest]);
		if (refused !== undefined) {
			return { description: l10n.t('Not possible: {0}', refused), iconPath: icons.refused, changesNothing: true };
		}
		if (listing?.status !== 'listed') {
			return { description: describeUnknown(listing, manifest.label), iconPath: icons.unknown };
		}
		const plan = planImport(key.key, keyName ?? '', listing.keyPairs);
		const { outcome } = plan;
		const ifExists = options?.ifExists ?? 'keep';
		const row = { description: describePlan(plan, ifExists), iconPath: icons[outcome] };
		const isKept = outcome === 'alreadyThere' || (outcome === 'nameTaken' && ifExists !== 'replace');
		return isKept ? { ...row, changesNothing: true } : row;
	}
}

const icons = {
	import: new ThemeIcon('cloud-upload'),
	alreadyThere: new ThemeIcon('check'),
	alreadyThereUnderOtherName: new ThemeIcon('cloud-upload'),
	nameTaken: new ThemeIcon('warning'),
	unknown: new ThemeIcon('question'),
	refused: new ThemeIcon('error'),
} as const;

function runItem({ options }: ImportDraft, targets: readonly Target[], planned: readonly ReviewItem[]): ReviewItem {
	if (options?.dryRun) {
		return { label: l10n.t('Check the permission only'), iconPath: new ThemeIcon('shield'), run: true };
	}
	const unchanged = planned.filter(({ changesNothing }) => changesNothing).length;
	return {
		label:
			targets.length === 1
				? l10n.t('Import into {0}', targets.map(describeTarget).join())
				: l10n.t('Import into {0} regions', targets.length),
		...(unchanged > 0 && {
			description:
				unchanged === targets.length
					? l10n.t('changes nothing')
					: l10n.t('changes {0} of them', targets.length - unchanged),
		}),
		iconPath: new ThemeIcon('cloud-upload'),
		run: true,
	};
}

/** One row per answer that was asked for in this form. */
function answerItems({ key, targets, keyName, tags, given }: ImportDraft): readonly ReviewItem[] {
	const tagTexts = Object.entries(tags ?? {}).map(([name, value]) => `${name}=${value}`);
	const row = (step: string, isGiven: boolean, label: string, description: string): ReviewItem => ({
		label,
		description,
		...(!isGiven && { to: step }),
	});
	return [
		{ label: l10n.t('Your choices'), kind: QuickPickItemKind.Separator },
		row(
			'key',
			given.has('key'),
			l10n.t('Key'),
			key ? [describeKeyType(key.key), key.key.comment].filter(Boolean).join(' · ') : '',
		),
		row('regions', given.has('targets'), l10n.t('Regions'), (targets ?? []).map(({ region }) => region).join(', ')),
		row('keyName', given.has('keyName'), l10n.t('Name'), keyName ?? ''),
		row('tags', given.has('tags'), l10n.t('Tags'), tagTexts.length > 0 ? tagTexts.join(', ') : l10n.t('none')),
	];
}

function describePlan(plan: ImportPlan, ifExists: IfExists): string {
	switch (plan.outcome) {
		case 'import':
			return l10n.t('Import');
		case 'alreadyThere':
			return ifExists === 'fail' ? l10n.t('Already there: will be an error') : l10n.t('Already there: nothing to do');
		case 'alreadyThereUnderOtherName':
			return l10n.t('Import (the same key is already there as {0})', plan.existing?.name ?? '');
		case 'nameTaken':
			return ifExists === 'replace'
				? l10n.t('Replaces another key, which is deleted ({0})', plan.existing?.fingerprint ?? '')
				: l10n.t('The name is taken by another key ({0})', plan.existing?.fingerprint ?? '');
		case 'unknown':
			return l10n.t('The name is taken, possibly by another key');
	}
}

function describeUnknown(listing: Listing | undefined, label: string): string {
	return listing?.status === 'failed'
		? l10n.t("Couldn't check: {0}", describeFailure(listing.failure, label).message)
		: l10n.t('Not known yet: the service has not answered');
}
