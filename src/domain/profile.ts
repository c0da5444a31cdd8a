import type { Vendor } from './target';

/** How a profile gets its credentials. `broken` says that its section can't work as it stands; `Profile.problem` then says why. */
export type ProfileKind =
	| 'static'
	| 'session'
	| 'assumedRole'
	| 'webIdentity'
	| 'process'
	| 'sso'
	| 'login'
	/** The role of the machine it runs on. */
	| 'instanceRole'
	/** A URL that answers with credentials. */
	| 'credentialsUri'
	| 'environment'
	/** The vendor's own chain of sources. */
	| 'defaultChain'
	/** An access key that was entered by hand and is kept in the editor's secret storage. */
	| 'saved'
	| 'broken';

/** A named set of credentials. Holds no secret. */
export interface Profile {
	readonly vendor: Vendor;
	readonly name: string;
	readonly region?: string;
	/** The file that defines the profile, or `environment`, or `secretStorage`. */
	readonly source: string;
	readonly kind: ProfileKind;
	/** Why a `broken` profile can't be used. */
	readonly problem?: ProfileProblem;
	/** The vendor's own name of how it gets its credentials, such as `RamRoleArn`; absent where `kind` says it all. */
	readonly mode?: string;
	/** The profile to sign in, which is this one or the one whose credentials an assumed role starts from; absent where nothing is signed in. */
	readonly signIn?: { readonly profile: string; readonly kind: 'sso' | 'login' };
	/** Getting its credentials may put a question to the person: for the code of an MFA device, or whatever a program asks that hands them out. */
	readonly mayAsk?: true;
}

/** What is wrong with a profile's section. `nothingUsable`: no key that leads to credentials; `cycle`: source_profile leads back to itself;
 * `sourceMissing`: source_profile names no profile; `nameNotSupported`: the SDK can't load a section of that name; `modeNotSupported`: credentials can't be
 * had by this `mode` here. */
export type ProfileProblem = 'nothingUsable' | 'cycle' | 'sourceMissing' | 'nameNotSupported' | 'modeNotSupported';

/** A region of a service as one profile sees it. */
export interface Region {
	readonly name: string;
	/** Whether key pairs can be listed and imported there with this profile. */
	readonly usable: boolean;
	/** Why a region is not usable: `notOptedIn` (the account has not enabled it). */
	readonly reason?: 'notOptedIn';
}
