import { matchesKey, tellsKeysApart } from './fingerprint';
import type { KeyPair } from './keyPair';
import { parsePublicKeys } from './parsePublicKeys';
import type { PublicKey } from './publicKey';

/** Whether a key pair holds a key. `unknown`: the service gives neither the key nor a fingerprint that tells. */
export type Held = 'same' | 'different' | 'unknown';

/** The keys of key pairs whose text had to be read, read once. */
const keysOfPairs = new WeakMap<KeyPair, string | undefined>();

const LINE = /^(\S+) (AAAA[A-Za-z0-9+/]{20,}={0,2})(?:\s|$)/;

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

/** Whether `holdsKey` says for every key that it is the same or a different one. */
export function isKeyKnown(keyPair: KeyPair): boolean {
	return keyOf(keyPair) !== undefined || (keyPair.fingerprint !== undefined && tellsKeysApart(keyPair.fingerprint));
}

/** `type base64` of the key that the service gave back, spelled as it is here; undefined where it gave none or none that is a key. Cheap for what services
 * give: thousands of key pairs are asked for theirs at once. */
export function keyOf(keyPair: KeyPair): string | undefined {
	const { publicKey } = keyPair;
	if (publicKey === undefined) {
		return undefined;
	}
	const [, type = '', body = ''] = LINE.exec(publicKey) ?? [];
	if (isWhole(type, body)) {
		return `${type} ${body}`;
	}
	if (!keysOfPairs.has(keyPair)) {
		keysOfPairs.set(keyPair, parsePublicKeys(publicKey).keys[0]?.publicKey);
	}
	return keysOfPairs.get(keyPair);
}

/** Whether a body is base64 as it is written here, of fields that begin with the type and end where the body does: reading it would change nothing. */
function isWhole(type: string, body: string): boolean {
	const blob = Buffer.from(body, 'base64');
	let at = 0;
	let fields = 0;
	while (at + 4 <= blob.length) {
		const end = at + 4 + blob.readUInt32BE(at);
		if (fields === 0 && blob.toString('latin1', at + 4, end) !== type) {
			return false;
		}
		fields += 1;
		at = end;
	}
	return fields > 1 && at === blob.length && blob.toString('base64') === body;
}
