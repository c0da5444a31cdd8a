import type { KeyPair } from '../../domain/keyPair';
import type { PublicKey } from '../../domain/publicKey';
import type { RuleProblem } from '../../domain/rules';
import type { Target } from '../../domain/target';
import type { ProviderFailure } from '../../providers/failure';
import type { Clock, Log, Providers } from '../ports';

/** What to do about a name that is taken. `keep`: the same key counts as done, another key is an error; `fail`: either is an error;
 * `replace`: the same key counts as done, another key is deleted and this one imported in its place. */
export type IfExists = 'keep' | 'fail' | 'replace';

/** What the caller decides and no form asks. */
export interface ImportOptions {
	/** Only ask whether it is permitted. */
	readonly dryRun: boolean;
	readonly ifExists: IfExists;
}

/** What was decided for one target alone. What is left out is as for all. */
export interface TargetChoice {
	readonly keyName?: string;
	readonly ifExists?: IfExists;
	readonly resourceGroupId?: string;
	/** The id (where there is none, the fingerprint) of the key pair that the person agreed to have replaced: another one that has the name by then is not
	 * touched. Absent: whichever key pair has the name. */
	readonly replaces?: string;
	/** The tags are left out, because the service has none. */
	readonly withoutTags?: true;
}

/** One key for many targets. */
export interface KeyImport extends ImportOptions {
	readonly key: PublicKey;
	readonly keyName: string;
	readonly targets: readonly Target[];
	readonly tags: Readonly<Record<string, string>>;
	/** Absent: each account's default group. Services without resource groups ignore it. */
	readonly resourceGroupId?: string;
	/** By `targetId`. */
	readonly choices?: ReadonlyMap<string, TargetChoice>;
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

/** What is told of every target. */
export interface TargetReport {
	readonly target: Target;
	/** The name that the key was to have there. */
	readonly keyName: string;
	/** When the outcome was known, in milliseconds since 1970. */
	readonly at: number;
	/** How often the import was sent; 0 when nothing was. */
	readonly attempts: number;
	/** The service's own id of the request that decided, where it gave one. */
	readonly requestId?: string;
}

/** What came of one target. */
export type TargetOutcome =
	| (TargetReport & {
			readonly status: 'imported';
			readonly keyPair: KeyPair;
			/** The key pair that was deleted to be replaced, with its public key where the service gave it. */
			readonly replacedKeyPair?: KeyPair;
			/** Why tags that were asked for are not on the key pair. The key itself is there. */
			readonly tagFailure?: ProviderFailure;
	  })
	| (TargetReport & { readonly status: 'alreadyPresent'; readonly keyPair: KeyPair })
	| (TargetReport & { readonly status: 'permitted' | 'cancelled' })
	| (TargetReport & { readonly status: 'failed'; readonly failure: ImportFailure });

/** Told while an import runs. */
export interface ImportProgress {
	/** A target has its outcome. */
	done?(outcome: TargetOutcome): void;
	/** The import is being sent to a target: for the first time, or again. */
	started?(target: Target): void;
	/** A target waits to be tried again at a time (in milliseconds since 1970) because of a failure. */
	waiting?(target: Target, until: number, failure: ProviderFailure): void;
}

export interface ImportContext {
	readonly providers: Providers;
	readonly clock: Clock;
	readonly log: Log;
	/** Numbers from 0 to 1, by which pauses are drawn; absent: by chance. */
	readonly random?: () => number;
}
