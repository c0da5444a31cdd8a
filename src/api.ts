import type { CancellationToken, Uri } from 'vscode';
import type { KeyPair } from './domain/keyPair';
import type { Profile } from './domain/profile';
import type { PublicKey } from './domain/publicKey';
import type { Service, Target } from './domain/target';
import type { Range } from './domain/text';

export type { KeyPair, Profile, PublicKey, Range, Service, Target };

/** What `activate()` returns, for other extensions. */
export interface CloudKeyPairsApi {
	readonly version: 1;
	/** Every public key in the text, and every problem, with zero-based line and UTF-16 character ranges. Never throws on any text. */
	parsePublicKeys(text: string): { keys: PublicKey[]; problems: KeyProblem[] };
	/** Every profile of every vendor whose configuration can be read. Rejects with an Error in words when one can't and there are no others. */
	profiles(): Promise<Profile[]>;
	/** The regions of the service as the profile sees them; those that can't be used say why. Empty for a service without regions. Rejects with an Error
	 * in words, also for a profile or a service that there is not. */
	regions(profile: string, service: Service): Promise<Region[]>;
	/** The key pairs of a target, listed now. Rejects with an Error in words. */
	list(target: Target): Promise<KeyPair[]>;
	/** Imports into every target, each on its own; outcomes come in the order of the targets. Asks nothing and shows nothing, save an MFA
	 * code where a profile wants one. Rejects with a TypeError when the request is not of its form. */
	import(request: ImportRequest, token?: CancellationToken): Promise<ImportOutcome[]>;
}

/** A region of a service; `reason` says in words why it is not usable. */
export interface Region {
	readonly name: string;
	readonly usable: boolean;
	readonly reason?: string;
}

/** A problem of a key text, in words. */
export interface KeyProblem {
	readonly code: string;
	readonly message: string;
	readonly severity: 'error' | 'warning';
	readonly range: Range;
}

export interface ImportRequest {
	/** A public key in any format that `parsePublicKeys` reads, or the file that holds it. One key. */
	readonly publicKey: string | Uri;
	readonly keyName: string;
	readonly targets: readonly Target[];
	readonly tags?: Readonly<Record<string, string>>;
	readonly resourceGroupId?: string;
	/** Only asks whether it is permitted. */
	readonly dryRun?: boolean;
	/** What to do about a name that is taken; `keep` (the default) counts the same key as done. */
	readonly ifExists?: 'keep' | 'fail' | 'replace';
}

export interface ImportOutcome {
	readonly target: Target;
	readonly status: 'imported' | 'alreadyPresent' | 'permitted' | 'failed' | 'cancelled';
	readonly keyPair?: KeyPair;
	/** Why it failed; beside `imported`, why the tags that were asked for are not on the key pair. */
	readonly error?: {
		/** The service's own code where it gave one. */
		readonly code: string;
		readonly message: string;
		readonly requestId?: string;
		/** Whether the same request may succeed later without any change. */
		readonly retryable: boolean;
		readonly advice: string;
	};
}
