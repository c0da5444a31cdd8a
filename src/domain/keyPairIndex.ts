import { fingerprintCandidates } from './fingerprint';
import type { KeyPair } from './keyPair';
import { holdsKey } from './matching';
import type { PublicKey } from './publicKey';

/** Finds key pairs of one listing by name and by the key they hold, without comparing each name each time. */
export class KeyPairIndex {
	private byName: Map<string, KeyPair> | undefined;
	/** By `type base64` of the keys that were asked for. */
	private readonly holding = new Map<string, KeyPair | undefined>();

	constructor(private readonly keyPairs: readonly KeyPair[]) {}

	/** The key pair of that name, or undefined. */
	named(name: string): KeyPair | undefined {
		if (!this.byName) {
			this.byName = new Map();
			for (const keyPair of this.keyPairs) {
				this.byName.set(keyPair.name, keyPair);
			}
		}
		return this.byName.get(name);
	}

	/** The first key pair that is known to hold the key, or undefined. */
	firstHolding(key: PublicKey): KeyPair | undefined {
		if (!this.holding.has(key.publicKey)) {
			this.holding.set(key.publicKey, this.find(key));
		}
		return this.holding.get(key.publicKey);
	}

	private find(key: PublicKey): KeyPair | undefined {
		const body = key.publicKey.slice(key.publicKey.indexOf(' ') + 1);
		const spellings = fingerprintSpellings(key);
		return this.keyPairs.find((keyPair) => {
			// Only what looks alike is read: a listing may hold thousands.
			const { publicKey, fingerprint } = keyPair;
			const looksAlike =
				publicKey === undefined
					? fingerprint !== undefined && spellings.has(bare(fingerprint))
					: publicKey.startsWith(body, publicKey.indexOf('AAAA'));
			return looksAlike && holdsKey(keyPair, key) === 'same';
		});
	}
}

const indexes = new WeakMap<readonly KeyPair[], KeyPairIndex>();

/** The index of a listing, made once for each. */
export function indexOf(keyPairs: readonly KeyPair[]): KeyPairIndex {
	let index = indexes.get(keyPairs);
	if (!index) {
		index = new KeyPairIndex(keyPairs);
		indexes.set(keyPairs, index);
	}
	return index;
}

/** Every digest of the key as hex and as base64, spelled as `bare` leaves it. */
function fingerprintSpellings(key: PublicKey): ReadonlySet<string> {
	return new Set(
		fingerprintCandidates(key).flatMap(({ hex }) => [
			hex,
			hex.toUpperCase(),
			Buffer.from(hex, 'hex').toString('base64').replace(/=+$/, ''),
		]),
	);
}

/** A fingerprint without what may stand around and between its digits. */
function bare(fingerprint: string): string {
	const text = fingerprint.replace(/^\s*(?:(?:sha-?256|sha-?1|md5):)?|=*\s*$/gi, '');
	return text.charAt(2) === ':' ? text.replaceAll(':', '') : text;
}
