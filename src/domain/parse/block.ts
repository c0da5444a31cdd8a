import type { KeyProblem } from '../keyProblem';
import type { PublicKey } from '../publicKey';

/** What a part of a text that is no OpenSSH line holds. `end` is the line after it. */
export interface Block {
	readonly end: number;
	readonly keys: readonly PublicKey[];
	readonly problems: readonly KeyProblem[];
}
