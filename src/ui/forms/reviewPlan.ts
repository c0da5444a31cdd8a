import {
	decide,
	type Known,
	type PlanDecisions,
	type PlannedStep,
	planTarget,
	type TargetPlan,
	type WhenTaken,
} from '../../domain/importPlan';
import { checkKey, checkName, checkTags, type RuleProblem } from '../../domain/rules';
import { type Target, targetId } from '../../domain/target';
import type { ProviderFailure } from '../../providers/failure';
import type { RemoteKeys } from '../../services/cloudKeys/remoteKeys';
import type { TargetChoice } from '../../services/imports/keyImport';
import type { Providers } from '../../services/ports';
import type { ApprovedImport, ImportDraft } from './importDraft';

/** The plan of one target, and what is done by it. */
export interface ReviewedTarget {
	readonly plan: TargetPlan<RuleProblem, ProviderFailure>;
	readonly step: PlannedStep;
	/** The person left it out. */
	readonly isDropped: boolean;
}

/** What would come of the draft in each target, by what is known now. */
export function reviewTargets(
	draft: ImportDraft,
	providers: Pick<Providers, 'manifest'>,
	remoteKeys: Pick<RemoteKeys, 'known'>,
): readonly ReviewedTarget[] {
	const { key, keyName = '', targets = [] } = draft;
	if (!key) {
		return [];
	}
	const decisions = decisionsOf(draft);
	return targets.map((target) => {
		const plan = planTarget(target, key.key, keyName, knownOf(target, draft, providers, remoteKeys));
		return {
			plan,
			step: draft.options?.dryRun ? asked(plan, decisions) : decide(plan, decisions),
			isDropped: decisions.dropped.has(targetId(target)),
		};
	});
}

/** What the person wants to happen where the name is taken. */
export function whenTakenOf({ whenTaken, options }: ImportDraft): WhenTaken {
	return whenTaken ?? (options?.ifExists === 'replace' ? 'replace' : 'skip');
}

/** The import that a review comes to. */
export function approve(
	draft: ImportDraft,
	reviewed: readonly ReviewedTarget[],
	providers: Pick<Providers, 'manifest'>,
): ApprovedImport {
	const steps = reviewed.map(({ step }) => step).filter(({ does }) => does !== 'leave');
	const hasTags = Object.keys(draft.tags ?? {}).length > 0;
	const choices = steps.flatMap(({ target, keyName, replaces }): readonly (readonly [string, TargetChoice])[] => {
		const { capabilities } = providers.manifest(target.service);
		const group = capabilities.resourceGroups && draft.resourceGroups?.[target.profile];
		const choice: TargetChoice = {
			...(keyName !== undefined && { keyName }),
			...(replaces !== undefined && { ifExists: 'replace', replaces }),
			// A replacement that nobody agreed to does not happen, whatever was asked for at first.
			...(replaces === undefined && draft.options?.ifExists === 'replace' && { ifExists: 'keep' }),
			...(group && { resourceGroupId: group }),
			...(hasTags && !capabilities.tags && { withoutTags: true as const }),
		};
		return Object.keys(choice).length > 0 ? [[targetId(target), choice]] : [];
	});
	return {
		targets: steps.map(({ target }) => target),
		changes: steps.filter(({ does }) => does === 'change').length,
		choices: new Map(choices),
	};
}

function decisionsOf(draft: ImportDraft): PlanDecisions {
	const { agreement, dropped = new Set<string>(), key, keyName, otherName } = draft;
	const holds = agreement?.publicKey === key?.key.publicKey && agreement?.keyName === keyName;
	return {
		whenTaken: whenTakenOf(draft),
		...(otherName !== undefined && { otherName }),
		agreed: (holds && agreement?.pairs) || new Map(),
		dropped,
	};
}

/** Only whether it is permitted is asked: a taken name does not matter. */
function asked({ target, outcome }: TargetPlan<RuleProblem, ProviderFailure>, { dropped }: PlanDecisions): PlannedStep {
	return { target, does: dropped.has(targetId(target)) || outcome === 'notPossible' ? 'leave' : 'change' };
}

function knownOf(
	target: Target,
	{ key, keyName = '', tags = {} }: ImportDraft,
	providers: Pick<Providers, 'manifest'>,
	remoteKeys: Pick<RemoteKeys, 'known'>,
): Known<RuleProblem, ProviderFailure> {
	const { capabilities, rules } = providers.manifest(target.service);
	const broken = [
		...(key ? checkKey(key.key, rules) : []),
		...checkName(keyName, rules),
		// Where a service has no tags they are left out.
		...(capabilities.tags ? checkTags(tags, rules) : []),
	].find(({ severity }) => severity === 'error');
	if (broken) {
		return { kind: 'impossible', reason: broken };
	}
	const listing = remoteKeys.known(target);
	switch (listing?.status) {
		case 'listed':
			return { kind: 'listed', keyPairs: listing.keyPairs };
		case 'failed':
			return { kind: 'unknown', failure: listing.failure };
		default:
			return { kind: 'unknown' };
	}
}
