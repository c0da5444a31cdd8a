/** A key pair as ECS or ENS keeps it. */
export interface AlibabaKeyPair {
	/** `ssh-` and 22 characters. */
	readonly id: string;
	readonly name: string;
	readonly fingerprint: string;
	/** The text of the public key as it was imported. */
	readonly publicKey: string;
	/** Milliseconds since 1970. */
	readonly createdAt: number;
	/** Empty in the default resource group, and always in ENS. */
	readonly resourceGroupId: string;
	/** In the order in which the keys were first set; always empty in ENS. */
	readonly tags: Map<string, string>;
	/** Whether an instance uses it; may be changed by tests, since the emulator has no instances. */
	attached: boolean;
}

/** The key pairs of one account in one region of ECS or at one site of ENS. */
export class AlibabaKeyPairStore {
	readonly #keyPairs = new Map<string, AlibabaKeyPair>();

	/** Every key pair, the newest first, as far as their times tell. */
	all(): AlibabaKeyPair[] {
		return [...this.#keyPairs.values()].reverse().sort((a, b) => b.createdAt - a.createdAt);
	}

	get size(): number {
		return this.#keyPairs.size;
	}

	/** The key pair of that name; case counts. */
	withName(name: string): AlibabaKeyPair | undefined {
		return this.#keyPairs.get(name);
	}

	withId(id: string): AlibabaKeyPair | undefined {
		return this.all().find((keyPair) => keyPair.id === id);
	}

	/** Adds a key pair, without any of the services' checks. */
	add(keyPair: AlibabaKeyPair): void {
		this.#keyPairs.set(keyPair.name, keyPair);
	}

	remove(name: string): void {
		this.#keyPairs.delete(name);
	}
}
