import { checkKey, checkName, checkTags, type RuleProblem } from '../../domain/rules';
import { type Target, targetId } from '../../domain/target';
import type { ServiceManifest } from '../../providers/contract';
import { Lane, Lanes } from '../changes/lanes';
import { Turns } from '../concurrency';
import type { ImportContext, ImportProgress, KeyImport, TargetOutcome } from './keyImport';
import { LearnedFingerprints } from './learnedFingerprints';
import { TargetImport, type TargetRequest } from './targetImport';

/** So many changes at a time for one profile and service: all regions of a partition (AWS has 34), so that a slow one holds up no other. EC2 and ECS count
 * calls by account and region. */
export const changesPerLane = 40;

/** So many imports begin at once: signing and sending take half a millisecond each, and nothing else runs meanwhile. */
export const startsPerTurn = 2;

/** Imports the key into every target, each on its own: one's failure neither stops nor delays another's. A target that is named twice is imported into
 * once. What fails in passing (throttling, 5xx, broken connections, timeouts) is tried again for up to a minute, after a look that it was not done. Outcomes
 * come in the order of the targets, and one by one through `progress` as they are there. Never rejects but for a bug. */
export async function importKey(
	request: KeyImport,
	context: ImportContext,
	signal: AbortSignal,
	progress: ImportProgress = {},
): Promise<readonly TargetOutcome[]> {
	const { clock, log, random = Math.random } = context;
	const run: Run = {
		lanes: new Lanes(() => new Lane(changesPerLane, clock, random)),
		fingerprints: new LearnedFingerprints(),
		progress,
		random,
	};
	const turns = new Turns(startsPerTurn);
	const start = async (target: Target): Promise<TargetOutcome> => {
		await turns.next();
		const outcome = await importInto(target, requestFor(target, request), context, run, signal);
		log.info(`Import into ${targetId(target)}: ${outcome.status}`);
		progress.done?.(outcome);
		return outcome;
	};
	const started = new Map<string, Promise<TargetOutcome>>();
	return Promise.all(
		request.targets.map((target) => {
			const id = targetId(target);
			const outcome = started.get(id) ?? start(target);
			started.set(id, outcome);
			return outcome;
		}),
	);
}

/** What the targets of a run share. */
interface Run {
	readonly lanes: Lanes;
	readonly fingerprints: LearnedFingerprints;
	readonly progress: ImportProgress;
	readonly random: () => number;
}

/** What the target is to get, its own choices before those for all. */
function requestFor(target: Target, { choices, ...request }: KeyImport): TargetRequest {
	const { key, dryRun } = request;
	const choice = choices?.get(targetId(target)) ?? {};
	const resourceGroupId = choice.resourceGroupId ?? request.resourceGroupId;
	return {
		key,
		dryRun,
		keyName: choice.keyName ?? request.keyName,
		tags: choice.withoutTags ? {} : request.tags,
		ifExists: choice.ifExists ?? request.ifExists,
		...(resourceGroupId !== undefined && { resourceGroupId }),
		...(choice.replaces !== undefined && { replaces: choice.replaces }),
	};
}

/** The errors among what the service's rules say of the request; empty when it may be sent. */
export function brokenRules(
	{ key, keyName, tags }: Pick<TargetRequest, 'key' | 'keyName' | 'tags'>,
	{ rules }: Pick<ServiceManifest, 'rules'>,
): readonly RuleProblem[] {
	return [...checkKey(key, rules), ...checkName(keyName, rules), ...checkTags(tags, rules)].filter(
		({ severity }) => severity === 'error',
	);
}

async function importInto(
	target: Target,
	request: TargetRequest,
	{ providers, clock, log }: ImportContext,
	{ lanes, ...run }: Run,
	outerSignal: AbortSignal,
): Promise<TargetOutcome> {
	const report = () => ({ target, keyName: request.keyName, at: clock.now(), attempts: begun?.attempts ?? 0 });
	let begun: TargetImport | undefined;
	try {
		const manifest = providers.manifest(target.service);
		const problems = brokenRules(request, manifest);
		if (problems.length > 0) {
			return { ...report(), status: 'failed', failure: { by: 'rules', problems } };
		}
		if (outerSignal.aborted) {
			return { ...report(), status: 'cancelled' };
		}
		const provider = await providers.load(target.service);
		// A signal of its own: Node warns of a leak when more than ten listen to one.
		const signal = AbortSignal.any([outerSignal]);
		const lane = lanes.for(`${target.service}/${target.profile}`);
		begun = new TargetImport(request, { target, provider, manifest, lane, clock, signal, ...run });
		return await begun.run();
	} catch (error) {
		log.error(`Unforeseen failure at ${targetId(target)}`, error);
		const outcomeUnknown = begun?.hasSent === true;
		const failure = { kind: 'unknown', retryable: false, outcomeUnknown, ...target } as const;
		return { ...report(), status: 'failed', failure: { by: 'service', failure } };
	}
}
