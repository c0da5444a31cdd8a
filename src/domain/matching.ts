import { matchesKey } from './fingerprint';
import type { KeyPair } from './keyPair';
import { parsePublicKeys } from './parsePublicKeys';
import type { PublicKey } from './publicKey';

/** Whether a key pair holds a key. `unknown`: the service gives neither the key nor a fingerprint that tells. */
export type Held = 'same' | 'different' | 'unknown';

/** The keys of key pairs that were compared, read once. */
const keysOfPairs = new WeakMap<KeyPair, string | undefined>();

/** Whether the key pair holds the key: by the key itself where the service gives it back, else by the fingerprint. EC2's fingerprint of an RSA key
 * that it created digests the private key, so that nothing can be said by it. */
export function holdsKey(keyPair: KeyPair, key: PublicKey): Held {
	const held = keyOf(keyPair);
	if (held !== undefined) {
		return held === key.publicKey ? 'same' : 'different';
	}
	if (keyPair.fingerprint === undefined) {
		return 'unknown';
	}
	const match = matchesKey(keyPair.fingerprint, key);
	return match.result === 'cannotCompare' ? 'unknown' : match.result;
}

/** `type base64` of the key that the service gave back, spelled as we spell it; undefined where it gave none or none that is a key. */
function keyOf(keyPair: KeyPair): string | undefined {
	if (keyPair.publicKey === undefined) {
		return undefined;
	}
	if (!keysOfPairs.has(keyPair)) {
		keysOfPairs.set(keyPair, parsePublicKeys(keyPair.publicKey).keys[0]?.publicKey);
	}
	return keysOfPairs.get(keyPair);
}
