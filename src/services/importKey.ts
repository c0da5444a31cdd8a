import type { KeyPair } from '../domain/keyPair';
import type { PublicKey } from '../domain/publicKey';
import { checkKey, checkName, checkTags, type RuleProblem } from '../domain/rules';
import { type Target, targetId } from '../domain/target';
import type { ProviderFailure } from '../providers/failure';
import { TaskQueues } from './concurrency';
import type { Clock, Log, Providers } from './ports';
import { TargetImport } from './targetImport';

/** What to do about a name that is taken. `keep`: the same key counts as done, another key is an error; `fail`: either is an error;
 * `replace`: the same key counts as done, another key is deleted and this one imported in its place. */
export type IfExists = 'keep' | 'fail' | 'replace';

/** One key for many targets. */
export interface KeyImport {
	readonly key: PublicKey;
	readonly keyName: string;
	readonly targets: readonly Target[];
	readonly tags: Readonly<Record<string, string>>;
	/** Only ask whether it is permitted. */
	readonly dryRun: boolean;
	readonly ifExists: IfExists;
}

/** Why a target did not get the key: found here before any call (`rules`), or answered by the service. */
export type ImportFailure =
	| { readonly by: 'rules'; readonly problems: readonly RuleProblem[] }
	| {
			readonly by: 'service';
			readonly failure: ProviderFailure;
			/** The key pair that has the name, where that is the reason; with `replaced: 'lost'` the one that had it. */
			readonly existing?: KeyPair;
			/** What became of the key pair that was deleted to be replaced: put back, under a new id, or gone. When the failure's outcome is unknown, `lost`
			 * is too. */
			readonly replaced?: 'restored' | 'lost';
	  };

/** What came of one target. */
export type TargetOutcome =
	| { readonly target: Target; readonly status: 'imported' | 'alreadyPresent'; readonly keyPair: KeyPair }
	| { readonly target: Target; readonly status: 'permitted' | 'cancelled' }
	| { readonly target: Target; readonly status: 'failed'; readonly failure: ImportFailure };

export interface ImportContext {
	readonly providers: Providers;
	readonly clock: Clock;
	readonly log: Log;
}

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
export function brokenRules(request: KeyImport, target: Target, providers: Providers): readonly RuleProblem[] {
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
