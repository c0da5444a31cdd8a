import type { KeyPair } from '../domain/keyPair';
import type { PublicKey } from '../domain/publicKey';
import { checkKey, checkName, checkTags, type RuleProblem } from '../domain/rules';
import { type Target, targetId } from '../domain/target';
import { isProviderError, type ProviderFailure } from '../providers/failure';
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
			/** What became of the key pair that was deleted to be replaced: put back, under a new id, or gone for good. */
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

/** So many imports at a time for one profile and service: EC2's bucket for mutating calls holds some 50 requests per account and region. */
const importsPerProfile = 24;

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
	for (const target of request.targets) {
		const id = targetId(target);
		started.set(id, started.get(id) ?? start(target));
	}
	const outcomes = new Map<string, TargetOutcome>();
	return Promise.all(request.targets.map((target) => started.get(targetId(target))));
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
}
