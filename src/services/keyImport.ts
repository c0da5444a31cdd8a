import type { KeyPair } from '../domain/keyPair';
import type { PublicKey } from '../domain/publicKey';
import type { RuleProblem } from '../domain/rules';
import type { Target } from '../domain/target';
import type { ProviderFailure } from '../providers/failure';
import type { Clock, Log, Providers } from './ports';

/** What to do about a name that is taken. `keep`: the same key counts as done, another key is an error; `fail`: either is an error;
 * `replace`: the same key counts as done, another key is deleted and this one imported in its place. */
export type IfExists = 'keep' | 'fail' | 'replace';

/** What the caller decides and no form asks. */
export interface ImportOptions {
	/** Only ask whether it is permitted. */
	readonly dryRun: boolean;
	readonly ifExists: IfExists;
}

/** One key for many targets. */
export interface KeyImport extends ImportOptions {
	readonly key: PublicKey;
	readonly keyName: string;
	readonly targets: readonly Target[];
	readonly tags: Readonly<Record<string, string>>;
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
