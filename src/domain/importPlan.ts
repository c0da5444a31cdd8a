import type { KeyPair } from './keyPair';
import { holdsKey } from './matching';
import type { PublicKey } from './publicKey';

/** What an import into a target would come to, by what is known of it. `alreadyThereUnderOtherName`: an import is possible all the same; `nameTaken`:
 * another key has the name; `unknown`: the name is taken, and by which key can't be told. */
export interface ImportPlan {
	readonly outcome: 'import' | 'alreadyThere' | 'alreadyThereUnderOtherName' | 'nameTaken' | 'unknown';
	/** The key pair that is meant; absent for `import`. */
	readonly existing?: KeyPair;
}

/** The plan for a key under a name, given every key pair of the target. */
export function planImport(key: PublicKey, keyName: string, existing: readonly KeyPair[]): ImportPlan {
	const named = existing.find(({ name }) => name === keyName);
	if (named !== undefined) {
		const held = holdsKey(named, key);
		const outcome = held === 'same' ? 'alreadyThere' : held === 'different' ? 'nameTaken' : 'unknown';
		return { outcome, existing: named };
	}
	const other = existing.find((keyPair) => holdsKey(keyPair, key) === 'same');
	return other === undefined ? { outcome: 'import' } : { outcome: 'alreadyThereUnderOtherName', existing: other };
}
