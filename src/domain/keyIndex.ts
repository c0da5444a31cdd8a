import type { KeyPair } from './keyPair';
import type { PublicKey } from './publicKey';

/** Finds the key pairs that hold a key without comparing each with each. */
export class KeyIndex {
	private readonly byIdentity = new Map<string, KeyPair[]>();

	constructor(keyPairs: readonly KeyPair[]) {
		for (const keyPair of keyPairs) {
			const identity = KeyIndex.identity(keyPair);
			if (identity === undefined) {
				continue;
			}
			const held = this.byIdentity.get(identity);
			if (held) {
				held.push(keyPair);
			} else {
				this.byIdentity.set(identity, [keyPair]);
			}
		}
	}

	/** What tells the key of a key pair from others: the key without its comment, else the fingerprint as the service spells it. */
	static identity({ publicKey, fingerprint }: KeyPair): string | undefined {
		return publicKey?.trim().split(/\s+/, 2).join(' ') ?? fingerprint;
	}

	/** The identities under which key pairs of this key may be found. */
	static identities(key: PublicKey): readonly string[] {
		const { ec2 } = key.fingerprints;
		return ec2 === undefined ? [key.publicKey] : [key.publicKey, ec2];
	}

	/** The key pairs known to hold this key, by the key itself or, where the service does not give it back, by its fingerprint. */
	holding(key: PublicKey): readonly KeyPair[] {
		return KeyIndex.identities(key).flatMap((identity) => this.byIdentity.get(identity) ?? []);
	}
}
