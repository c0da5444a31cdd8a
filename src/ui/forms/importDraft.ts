import type { Uri } from 'vscode';
import type { WhenTaken } from '../../domain/importPlan';
import type { Profile } from '../../domain/profile';
import type { PublicKey } from '../../domain/publicKey';
import type { Service, Target } from '../../domain/target';
import type { TargetPattern } from '../../domain/targetSets';
import type { ImportOptions, TargetChoice } from '../../services/imports/keyImport';

/** A public key and the place it was read from; a key that was handed over as text has no origin. */
export interface ChosenKey {
	readonly key: PublicKey;
	readonly origin?: Uri;
}

/** Keys to choose from: those of a file, which `uri` names, or of a text that came from elsewhere. */
export interface KeyList {
	readonly name: string;
	readonly uri?: string;
	readonly keys: readonly PublicKey[];
}

/** What is known of an import so far. */
export interface ImportDraft {
	key?: ChosenKey;
	/** What to choose the key from; absent: all local keys are offered. */
	keyList?: KeyList;
	/** Only this profile's targets are offered, and only those of this service; absent: all. */
	readonly scope?: { readonly profile: Profile; readonly service?: Service };
	targets?: readonly Target[];
	/** The targets as they were chosen, to be remembered; absent while they were not chosen in the form. */
	patterns?: readonly TargetPattern[];
	keyName?: string;
	tags?: Readonly<Record<string, string>>;
	/** The resource group for all targets that have such groups, as it was given beforehand. */
	readonly resourceGroupId?: string;
	/** The resource groups that were chosen, by profile; an empty text is the account's default group. */
	resourceGroups?: Readonly<Record<string, string>>;
	/** What to do where the name is taken; absent: as the options say. */
	whenTaken?: WhenTaken;
	/** The name for targets where the other one is taken. */
	otherName?: string;
	/** Which key pairs may be replaced. */
	agreement?: ReplaceAgreement;
	/** The ids of targets that are left out. */
	dropped?: ReadonlySet<string>;
	/** What the review came to. */
	approved?: ApprovedImport;
	/** Absent: an import that keeps what is there. */
	readonly options?: ImportOptions;
	/** Answers that were given beforehand and are not asked for again. */
	readonly given: ReadonlySet<GivenAnswer>;
}

export type GivenAnswer = 'key' | 'targets' | 'keyName' | 'tags';

/** Which key pairs a person agreed to have replaced; it holds for this key and name alone. */
export interface ReplaceAgreement {
	/** `type base64` of the key that comes in their place. */
	readonly publicKey: string;
	readonly keyName: string;
	/** By target id, the `keyPairIdentity` of the key pair. */
	readonly pairs: ReadonlyMap<string, string>;
}

/** Where an import goes to, and what is different there. */
export interface ApprovedImport {
	readonly targets: readonly Target[];
	/** In how many of the targets something changes; in the others the key is there already. */
	readonly changes: number;
	/** By `targetId`. */
	readonly choices: ReadonlyMap<string, TargetChoice>;
}
