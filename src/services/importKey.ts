import { checkKey, checkName, checkTags, type RuleProblem } from '../domain/rules';
import { type Target, targetId } from '../domain/target';
import { TaskQueues } from './concurrency';
import type { ImportContext, KeyImport, TargetOutcome } from './keyImport';
import type { Providers } from './ports';
import { TargetImport } from './targetImport';

/** So many imports at a time for one profile and service: all regions of a partition (AWS has 34), so that a slow one holds up no other. EC2 counts calls by
 * account and region. */
const importsPerProfile = 40;

/** Imports the key into every target, each on its own: one's failure neither stops nor delays another's. A target that is named twice is imported into
 * once. Outcomes come in the order of the targets, and one by one through `done` as they are there. Never rejects but for a bug. */
export async function importKey(
	request: KeyImport,
	context: ImportContext,
	signal: AbortSignal,
	done: (outcome: TargetOutcome) => void = () => {},
): Promise<readonly TargetOutcome[]> {
	const queues = new TaskQueues(importsPerProfile);
	const start = async (target: Target): Promise<TargetOutcome> => {
		const queue = queues.for(`${target.service}/${target.profile}`);
		const outcome = await queue.run(() => importInto(target, request, context, signal));
		context.log.info(`Import into ${targetId(target)}: ${outcome.status}`);
		done(outcome);
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

/** The errors among what the service's rules say of the request; empty when it may be sent. */
function brokenRules(request: KeyImport, target: Target, providers: Providers): readonly RuleProblem[] {
	const { rules } = providers.manifest(target.service);
	return [
		...checkKey(request.key, rules),
		...checkName(request.keyName, rules),
		...checkTags(request.tags, rules),
	].filter(({ severity }) => severity === 'error');
}

async function importInto(
	target: Target,
	request: KeyImport,
	context: ImportContext,
	signal: AbortSignal,
): Promise<TargetOutcome> {
	let begun = false;
	try {
		const problems = brokenRules(request, target, context.providers);
		if (problems.length > 0) {
			return { target, status: 'failed', failure: { by: 'rules', problems } };
		}
		if (signal.aborted) {
			return { target, status: 'cancelled' };
		}
		const provider = await context.providers.load(target.service);
		begun = true;
		// A signal of its own: Node warns of a leak when more than ten listen to one.
		return await new TargetImport(target, request, provider, context, AbortSignal.any([signal])).run();
	} catch (error) {
		context.log.error(`Unforeseen failure at ${targetId(target)}`, error);
		const failure = { kind: 'unknown', retryable: false, outcomeUnknown: begun && !request.dryRun, ...target } as const;
		return { target, status: 'failed', failure: { by: 'service', failure } };
	}
}
