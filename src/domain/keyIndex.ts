import { fingerprintCandidates, parseFingerprint } from './fingerprint';
import type { KeyPair } from './keyPair';
import { keyOf } from './matching';
import type { PublicKey } from './publicKey';

/** Finds the key pairs that hold a key, as `holdsKey` would, without comparing each with each. */
export class KeyIndex {
	private readonly byKey = new Map<string, KeyPair[]>();
	/** Those whose service does not give the key back. */
	private readonly byFingerprint = new Map<string, KeyPair[]>();

	constructor(keyPairs: readonly KeyPair[]) {
		for (const keyPair of keyPairs) {
			const key = keyOf(keyPair);
			if (key !== undefined) {
				append(this.byKey, key, keyPair);
				continue;
			}
			const fingerprint = spelled(keyPair.fingerprint);
			if (fingerprint !== undefined) {
				append(this.byFingerprint, fingerprint, keyPair);
			}
		}
	}

	/** The key pairs known to hold this key, by the key itself or, where the service does not give it back, by its fingerprint. */
	holding(key: PublicKey): readonly KeyPair[] {
		const held = this.byKey.get(key.publicKey) ?? [];
		// The digests of a key take time: they are made only where something is found by them.
		return this.byFingerprint.size === 0
			? held
			: [...held, ...fingerprintsOf(key).flatMap((fingerprint) => this.byFingerprint.get(fingerprint) ?? [])];
	}
}

/** The other way round: finds what is known of the key that a key pair holds. */
export class KeyNames<T> {
	private readonly byKey = new Map<string, T>();
	private byFingerprint: Map<string, T> | undefined;

	/** Of the same key the last one counts. */
	constructor(private readonly named: readonly (readonly [key: PublicKey, name: T])[]) {
		for (const [key, name] of named) {
			this.byKey.set(key.publicKey, name);
		}
	}

	of(keyPair: KeyPair): T | undefined {
		const key = keyOf(keyPair);
		if (key !== undefined) {
			return this.byKey.get(key);
		}
		const fingerprint = spelled(keyPair.fingerprint);
		if (fingerprint === undefined) {
			return undefined;
		}
		this.byFingerprint ??= new Map(
			this.named.flatMap(([candidate, name]) => fingerprintsOf(candidate).map((own) => [own, name] as const)),
		);
		return this.byFingerprint.get(fingerprint);
	}
}

/** The same for every spelling of a fingerprint; undefined for what is none. */
function spelled(fingerprint: string | undefined): string | undefined {
	const parsed = fingerprint === undefined ? undefined : parseFingerprint(fingerprint);
	return parsed && `${parsed.digest}:${parsed.hex}`;
}

function fingerprintsOf(key: PublicKey): readonly string[] {
	return fingerprintCandidates(key).map(({ digest, hex }) => `${digest}:${hex}`);
}

function append(map: Map<string, KeyPair[]>, identity: string, keyPair: KeyPair): void {
	const held = map.get(identity);
	if (held) {
		held.push(keyPair);
	} else {
		map.set(identity, [keyPair]);
	}
}
