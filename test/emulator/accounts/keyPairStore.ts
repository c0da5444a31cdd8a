/** A key pair as EC2 keeps it. */
export interface StoredKeyPair {
	/** `key-` and 17 hex digits. */
	readonly id: string;
	readonly name: string;
	readonly type: 'rsa' | 'ed25519';
	readonly fingerprint: string;
	/** `type base64`, without a comment. */
	readonly publicKey: string;
	/** Milliseconds since 1970. */
	readonly createdAt: number;
	/** In the order in which the keys were first set. */
	readonly tags: Map<string, string>;
}

interface Entry {
	readonly keyPair: StoredKeyPair;
	/** When describe calls begin to see it. */
	readonly visibleFrom: number;
	/** When describe calls cease to see it; Infinity while it exists. */
	goneFrom: number;
}

/** The key pairs of one account in one region. Changes take hold at once; what describe calls see lags behind by `lagMs`, as EC2 is
 * eventually consistent. */
export class KeyPairStore {
	#entries: Entry[] = [];
	readonly #now: () => number;
	readonly #lagMs: number;

	constructor(now: () => number, lagMs: number) {
		this.#now = now;
		this.#lagMs = lagMs;
	}

	/** The key pairs that exist, by name. */
	existing(): StoredKeyPair[] {
		return byName(this.#existing());
	}

	/** How many key pairs exist. */
	get size(): number {
		return this.#existing().length;
	}

	/** The key pairs that a describe call sees now, by name. */
	visible(): StoredKeyPair[] {
		const now = this.#now();
		this.#entries = this.#entries.filter((entry) => entry.goneFrom > now);
		return byName(this.#entries.filter((entry) => entry.visibleFrom <= now));
	}

	/** The existing key pair of that name; case counts. */
	withName(name: string): StoredKeyPair | undefined {
		return this.#existing().find(({ keyPair }) => keyPair.name === name)?.keyPair;
	}

	/** The existing key pair with that id. */
	withId(id: string): StoredKeyPair | undefined {
		return this.#existing().find(({ keyPair }) => keyPair.id === id)?.keyPair;
	}

	/** Adds a key pair, without any of EC2's checks. */
	add(keyPair: StoredKeyPair): void {
		this.#entries.push({ keyPair, visibleFrom: this.#now() + this.#lagMs, goneFrom: Number.POSITIVE_INFINITY });
	}

	/** Removes a key pair that `existing`, `withName` or `withId` returned. */
	remove(keyPair: StoredKeyPair): void {
		for (const entry of this.#entries) {
			if (entry.keyPair === keyPair) entry.goneFrom = this.#now() + this.#lagMs;
		}
	}

	#existing(): Entry[] {
		return this.#entries.filter((entry) => entry.goneFrom === Number.POSITIVE_INFINITY);
	}
}

function byName(entries: readonly Entry[]): StoredKeyPair[] {
	return entries.map((entry) => entry.keyPair).sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}
