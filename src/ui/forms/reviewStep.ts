import { l10n, type QuickPickItem, QuickPickItemKind, ThemeIcon } from 'vscode';
import type { PlannedOutcome } from '../../domain/importPlan';
import { targetId } from '../../domain/target';
import type { RemoteKeys } from '../../services/cloudKeys/remoteKeys';
import type { ResourceGroups } from '../../services/imports/resourceGroups';
import type { Clock, Providers } from '../../services/ports';
import { describeFailure } from '../messages/failures';
import { describeKeyType } from '../messages/keys';
import { describeRule } from '../messages/rules';
import { describePlace } from '../messages/targets';
import type { ImportDraft } from './importDraft';
import { type Frame, pickOne, waitFor } from './input';
import { describePlaces, lookInto } from './nameStep';
import { approve, type ReviewedTarget, reviewTargets, whenTakenOf } from './reviewPlan';
import type { Step, StepResult } from './steps';
import { decideTakenNames } from './takenNames';

interface ReviewItem extends QuickPickItem {
	readonly key: string;
	/** The step that changes this row; absent on rows that only inform. */
	readonly to?: string;
	readonly run?: true;
	/** The target that is left out or put back. */
	readonly target?: string;
	/** What to do about taken names is asked. */
	readonly taken?: true;
}

/** So long the review waits for what the targets hold before it is shown; what is answered later comes into it then. Milliseconds. */
const showAfterMs = 2000;

/** Answers come in bursts: the rows are made anew at most this often. Milliseconds. */
const renewAfterMs = 200;

/** What may come of targets, in the order in which it is shown: first what a person has to look at. */
const outcomes: readonly PlannedOutcome[] = [
	'nameTaken',
	'notPossible',
	'unknown',
	'import',
	'alreadyThereUnderOtherName',
	'alreadyThere',
];

/** Shows what will happen in every target. Its first row starts the import; the rows of the answers lead back to their steps, those of targets leave them
 * out or put them back. */
export function reviewStep(
	providers: Providers,
	remoteKeys: RemoteKeys,
	resourceGroups: Pick<ResourceGroups, 'known'>,
	clock: Clock,
): Step<ImportDraft> {
	return {
		id: 'review',
		title: () => l10n.t('Review'),
		isNeeded: () => true,
		async ask(draft, frame) {
			const listed = lookInto(draft.targets ?? [], remoteKeys, clock);
			const waited = await waitFor(frame, l10n.t('Checking what is already there…'), soonEnough(listed));
			return waited.kind === 'value' ? review(draft, frame) : waited.kind;
		},
	};

	async function review(draft: ImportDraft, frame: Frame): Promise<StepResult> {
		let focused: string | undefined;
		for (;;) {
			const items = rows(draft);
			const answer = await pickOne<ReviewItem>(frame, {
				placeholder: l10n.t('Press Enter to import, or choose a row to change it'),
				items,
				initial: items.filter(({ key }) => key === focused),
				canChoose: ({ run, to, taken }) => run === true || to !== undefined || taken === true,
				acted: ({ target }) => toggle(draft, target),
				live: {
					items: () => rows(draft),
					keyOf: ({ key }) => key,
					onDidChange: (listener) => onceInAWhile(remoteKeys, listener),
				},
			});
			if (answer.kind !== 'value' || answer.value.to !== undefined) {
				delete draft.approved;
				return answer.kind === 'value' ? { to: answer.value.to ?? '' } : answer.kind;
			}
			const reviewed = reviewTargets(draft, providers, remoteKeys);
			if (answer.value.run) {
				draft.approved = approve(draft, reviewed, providers);
				return 'next';
			}
			focused = answer.value.key;
			const taken = reviewed.flatMap(({ plan, isDropped }) =>
				plan.outcome === 'nameTaken' && !isDropped ? [{ target: plan.target, existing: plan.existing }] : [],
			);
			if ((await decideTakenNames(draft, frame, taken, providers, remoteKeys)) === 'cancel') {
				return 'cancel';
			}
		}
	}

	function rows(draft: ImportDraft): readonly ReviewItem[] {
		const reviewed = reviewTargets(draft, providers, remoteKeys);
		draft.approved = approve(draft, reviewed, providers);
		return [
			runItem(draft, reviewed),
			...answerItems(draft, providers, resourceGroups),
			...outcomes.flatMap((outcome) =>
				outcomeItems(
					outcome,
					reviewed.filter(({ plan }) => plan.outcome === outcome),
					draft,
					providers,
				),
			),
		];
	}
}

/** Leaves a target out, or puts it back. */
function toggle(draft: ImportDraft, target: string | undefined): boolean {
	if (target === undefined) {
		return false;
	}
	const dropped = new Set(draft.dropped);
	if (!dropped.delete(target)) {
		dropped.add(target);
	}
	draft.dropped = dropped;
	return true;
}

async function soonEnough(listed: Promise<unknown>): Promise<void> {
	let timer: NodeJS.Timeout | undefined;
	const enough = new Promise<void>((resolve) => {
		timer = setTimeout(resolve, showAfterMs);
	});
	await Promise.race([listed, enough]);
	clearTimeout(timer);
}

function onceInAWhile(remoteKeys: RemoteKeys, listener: () => void): { dispose(): void } {
	let timer: NodeJS.Timeout | undefined;
	const changes = remoteKeys.onDidChange(() => {
		timer ??= setTimeout(() => {
			timer = undefined;
			listener();
		}, renewAfterMs);
	});
	return {
		dispose() {
			clearTimeout(timer);
			changes.dispose();
		},
	};
}

function runItem({ options }: ImportDraft, reviewed: readonly ReviewedTarget[]): ReviewItem {
	const count = (does: string): number => reviewed.filter(({ step }) => step.does === does).length;
	const [changed, kept, left] = [count('change'), count('keep'), count('leave')];
	const base = { key: 'run', iconPath: new ThemeIcon(options?.dryRun ? 'shield' : 'cloud-upload') };
	const description = [
		kept === 0 ? undefined : l10n.t('{0} already there', kept),
		left === 0 ? undefined : l10n.t('{0} left out', left),
	]
		.filter((text) => text !== undefined)
		.join(' · ');
	if (changed + kept === 0) {
		return { ...base, label: l10n.t('Nothing to import'), iconPath: new ThemeIcon('circle-slash'), description };
	}
	const run = { ...base, description, run: true } as const;
	if (options?.dryRun) {
		return {
			...run,
			label:
				changed === 1
					? l10n.t('Check the permission in 1 target')
					: l10n.t('Check the permission in {0} targets', changed),
		};
	}
	if (changed === 0) {
		return { ...run, label: l10n.t('Nothing left to import'), iconPath: new ThemeIcon('check') };
	}
	return {
		...run,
		label: changed === 1 ? l10n.t('Import into 1 target') : l10n.t('Import into {0} targets', changed),
	};
}

/** One row per answer that counts for the targets. */
function answerItems(
	draft: ImportDraft,
	providers: Providers,
	resourceGroups: Pick<ResourceGroups, 'known'>,
): readonly ReviewItem[] {
	const { key, targets = [], keyName, tags, given } = draft;
	const tagTexts = Object.entries(tags ?? {}).map(([name, value]) => `${name}=${value}`);
	const hasTags = targets.some(({ service }) => providers.manifest(service).capabilities.tags);
	const groupTexts = describeGroups(draft, providers, resourceGroups);
	const row = (step: string, isGiven: boolean, label: string, description: string): ReviewItem => ({
		key: step,
		label,
		description,
		...(!isGiven && { to: step }),
	});
	return [
		{ key: 'choices', label: l10n.t('Your choices'), kind: QuickPickItemKind.Separator },
		row(
			'key',
			given.has('key'),
			l10n.t('Key'),
			key ? [describeKeyType(key.key), key.key.comment].filter(Boolean).join(' · ') : '',
		),
		row('targets', given.has('targets'), l10n.t('Targets'), describePlaces(targets, providers)),
		row('keyName', given.has('keyName'), l10n.t('Name'), keyName ?? ''),
		...(hasTags || tagTexts.length > 0
			? [row('tags', !hasTags || given.has('tags'), l10n.t('Tags'), tagTexts.join(', ') || l10n.t('none'))]
			: []),
		...(groupTexts.length > 0 ? [row('resourceGroup', false, l10n.t('Resource group'), groupTexts.join(', '))] : []),
	];
}

/** The resource groups that were chosen for profiles whose targets have such groups, such as `prod: web`. */
function describeGroups(
	{ targets = [], resourceGroups: chosen = {} }: ImportDraft,
	providers: Providers,
	resourceGroups: Pick<ResourceGroups, 'known'>,
): readonly string[] {
	const services = new Map(
		targets
			.filter(({ service }) => providers.manifest(service).capabilities.resourceGroups)
			.map(({ profile, service }) => [profile, service]),
	);
	return [...services].flatMap(([profile, service]) => {
		const id = chosen[profile];
		if (id === undefined) {
			return [];
		}
		const listing = resourceGroups.known(profile, service);
		const group = listing && 'groups' in listing ? listing.groups.find((one) => one.id === id) : undefined;
		return [`${profile}: ${group?.name ?? (id || l10n.t('default'))}`];
	});
}

/** The targets of which the same will come, under a heading that counts them. */
function outcomeItems(
	outcome: PlannedOutcome,
	reviewed: readonly ReviewedTarget[],
	draft: ImportDraft,
	providers: Providers,
): readonly ReviewItem[] {
	if (reviewed.length === 0) {
		return [];
	}
	return [
		{ key: `heading/${outcome}`, label: headingOf(outcome, reviewed.length), kind: QuickPickItemKind.Separator },
		...(outcome === 'nameTaken' && !draft.options?.dryRun ? [takenItem(draft)] : []),
		...reviewed.map((one): ReviewItem => {
			const { target } = one.plan;
			return {
				key: targetId(target),
				label: describePlace(target, providers.manifest(target.service).label),
				description: one.isDropped
					? l10n.t('left out: choose it to put it back')
					: [describe(one, draft, providers.manifest(target.service).label), describeLoss(one, draft, providers)]
							.filter((text) => text !== '')
							.join(' · '),
				iconPath: new ThemeIcon(one.isDropped ? 'circle-large-outline' : iconOf(one)),
				...(outcome !== 'notPossible' && { target: targetId(target) }),
			};
		}),
	];
}

function takenItem(draft: ImportDraft): ReviewItem {
	const ways = {
		skip: l10n.t('they are skipped'),
		otherName: l10n.t('they get the name {0}', draft.otherName ?? ''),
		replace: l10n.t('those you agreed to are replaced, the others are skipped'),
	};
	return {
		key: 'taken',
		label: l10n.t('Where the name is taken…'),
		description: ways[whenTakenOf(draft)],
		iconPath: new ThemeIcon('question'),
		taken: true,
	};
}

function headingOf(outcome: PlannedOutcome, count: number): string {
	switch (outcome) {
		case 'import':
			return l10n.t('Will be imported · {0}', count);
		case 'alreadyThere':
			return l10n.t('Already there · {0}', count);
		case 'alreadyThereUnderOtherName':
			return l10n.t('Will be imported, there already under another name · {0}', count);
		case 'nameTaken':
			return l10n.t('Name taken by another key · {0}', count);
		case 'notPossible':
			return l10n.t('Not possible · {0}', count);
		case 'unknown':
			return l10n.t('Will be imported, not known what is there · {0}', count);
	}
}

function describe({ plan, step }: ReviewedTarget, draft: ImportDraft, label: string): string {
	const fingerprint = 'existing' in plan ? (plan.existing.fingerprint ?? '') : '';
	switch (plan.outcome) {
		case 'import':
			return '';
		case 'alreadyThere':
			return draft.options?.ifExists === 'fail' ? l10n.t('will be an error') : l10n.t('nothing to do');
		case 'alreadyThereUnderOtherName':
			return l10n.t('the same key is there as {0}', plan.existing.name);
		case 'nameTaken':
			if (step.replaces !== undefined) {
				return l10n.t('will be replaced ({0})', fingerprint);
			}
			if (step.keyName !== undefined) {
				return l10n.t('will be imported as {0}', step.keyName);
			}
			return plan.held === 'unknown'
				? l10n.t('skipped: possibly another key ({0})', fingerprint)
				: l10n.t('skipped: another key ({0})', fingerprint);
		case 'notPossible':
			return describeRule(plan.reason, label);
		case 'unknown':
			return plan.failure ? describeFailure(plan.failure, label).message : l10n.t('the service has not answered yet');
	}
}

/** What is left out where the service has no such thing. */
function describeLoss(
	{ plan: { target }, step }: ReviewedTarget,
	{ tags, options }: ImportDraft,
	providers: Providers,
): string {
	const hasTags = Object.keys(tags ?? {}).length > 0;
	const isLost = hasTags && !providers.manifest(target.service).capabilities.tags;
	return isLost && step.does === 'change' && !options?.dryRun ? l10n.t('without tags') : '';
}

function iconOf({ plan, step }: ReviewedTarget): string {
	switch (plan.outcome) {
		case 'alreadyThere':
			return 'check';
		case 'nameTaken':
			return step.replaces !== undefined ? 'replace' : step.keyName !== undefined ? 'cloud-upload' : 'circle-slash';
		case 'notPossible':
			return 'error';
		case 'unknown':
			return 'question';
		default:
			return 'cloud-upload';
	}
}
