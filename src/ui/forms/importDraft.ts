import type { Uri } from 'vscode';
import type { Profile } from '../../domain/profile';
import type { PublicKey } from '../../domain/publicKey';
import type { Service, Target } from '../../domain/target';
import type { LocalKeyFile } from '../../services/localKeys';

/** A public key and the place it was read from; a key that was handed over as text has no origin. */
export interface ChosenKey {
	readonly key: PublicKey;
	readonly origin?: Uri;
}

/** What is known of an import so far. */
export interface ImportDraft {
	key?: ChosenKey;
	/** The file to choose the key from; absent: all local keys are offered. */
	keyFile?: LocalKeyFile;
	profile?: Profile;
	service?: Service;
	targets?: readonly Target[];
	keyName?: string;
	tags?: Readonly<Record<string, string>>;
	/** Answers that were given beforehand and are not asked for again. */
	readonly given: ReadonlySet<'key' | 'profile' | 'targets' | 'keyName' | 'tags'>;
}
