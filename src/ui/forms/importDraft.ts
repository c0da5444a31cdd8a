import type { Uri } from 'vscode';
import type { Profile } from '../../domain/profile';
import type { PublicKey } from '../../domain/publicKey';
import type { Service, Target } from '../../domain/target';
import type { ImportOptions } from '../../services/keyImport';

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
	profile?: Profile;
	service?: Service;
	targets?: readonly Target[];
	keyName?: string;
	tags?: Readonly<Record<string, string>>;
	/** Absent: an import that keeps what is there. */
	readonly options?: ImportOptions;
	/** Answers that were given beforehand and are not asked for again. */
	readonly given: ReadonlySet<'key' | 'profile' | 'targets' | 'keyName' | 'tags'>;
}
