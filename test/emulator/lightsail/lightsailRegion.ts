import { createKey, toPem } from '../keys/createKey';
import type { PublicKey } from '../keys/publicKey';
import { newRequestId, type World } from '../world';
import type { OperationRecord, OperationSettings } from './operations';
import {
	type DefaultKeyPair,
	defaultKeyPairName,
	isKeyPair,
	keyLine,
	lightsailFingerprint,
	type StoredKeyPair,
	type StoredResource,
} from './resources';

/** What is done at the end of an operation, by whether it succeeded. */
interface Ending {
	succeeded?(): void;
	failed?(): void;
}

/** One account's resources in one region. All types of resource share one space of names. */
export class LightsailRegion {
	/** Whether the region, just opted in to, is being set up: nothing can be done in it meanwhile. */
	isSettingUp = false;
	readonly name: string;
	readonly #account: OperationSettings & { readonly id: string };
	readonly #world: World;
	/** By name, in the order of their making. */
	readonly #resources = new Map<string, StoredResource>();
	readonly #operations = new Map<string, { readonly record: OperationRecord; readonly ending: Ending }>();
	#default: DefaultKeyPair | undefined;

	constructor(name: string, account: OperationSettings & { readonly id: string }, world: World) {
		this.name = name;
		this.#account = account;
		this.#world = world;
	}

	/** The resource of that name, whether or not it is ready; case counts. */
	resource(name: string): StoredResource | undefined {
		this.#endOperations();
		return this.#resources.get(name);
	}

	/** The key pairs that are ready, in the order of their making, the default one last. */
	keyPairs(): StoredKeyPair[] {
		this.#endOperations();
		return [...this.#resources.values()]
			.filter(isKeyPair)
			.filter(({ isReady }) => isReady)
			.sort((a, b) => Number(isDefault(a)) - Number(isDefault(b)));
	}

	/** The key pair of that name, if it is ready. */
	keyPair(name: string): StoredKeyPair | undefined {
		return this.keyPairs().find((keyPair) => keyPair.name === name);
	}

	/** The default key pair, if the region has one. */
	defaultKeyPair(): DefaultKeyPair | undefined {
		this.#endOperations();
		return this.#default;
	}

	/** Puts a resource of another type there, without any of Lightsail's checks, so that its name is taken. */
	addResource(name: string, type: string): StoredResource {
		return this.#add(name, type, true, {});
	}

	/** Puts a key pair there, without any of Lightsail's checks. */
	addKeyPair(name: string, publicKey: PublicKey, isReady = true): StoredKeyPair {
		const fingerprint = lightsailFingerprint(publicKey);
		return this.#add(name, 'KeyPair', isReady, { fingerprint, publicKey: keyLine(publicKey) });
	}

	/** The default key pair; made if there is none. */
	async makeDefaultKeyPair(): Promise<DefaultKeyPair> {
		const key = await createKey('rsa');
		this.#default ??= this.#add(defaultKeyPairName, 'KeyPair', true, {
			fingerprint: lightsailFingerprint(key.publicKey),
			publicKey: keyLine(key.publicKey),
			privateKey: toPem(key),
		});
		return this.#default;
	}

	/** Removes a resource, if it is there still. */
	remove(resource: StoredResource): void {
		if (this.#resources.get(resource.name) === resource) this.#resources.delete(resource.name);
		if (this.#default === resource) this.#default = undefined;
	}

	/** Begins an operation; it ends after the time that the account's operations take. */
	begin(type: string, resource: StoredResource, ending: Ending): OperationRecord {
		const now = this.#world.now();
		const record: OperationRecord = {
			id: newRequestId(this.#world),
			type,
			resourceName: resource.name,
			resourceType: resource.type,
			createdAt: now,
			endsAt: now + this.#account.operationMs,
			isTerminal: false,
			successStatus: this.#account.successStatus,
		};
		this.#operations.set(record.id, { record, ending });
		this.#endOperations();
		return record;
	}

	/** The operation with that id. */
	operation(id: string): OperationRecord | undefined {
		this.#endOperations();
		return this.#operations.get(id)?.record;
	}

	/** Carries out what has come to its end by now. */
	#endOperations(): void {
		const now = this.#world.now();
		for (const { record, ending } of this.#operations.values()) {
			if (record.isTerminal || record.endsAt > now) continue;
			record.isTerminal = true;
			const failure = this.#account.failures.get(record.type);
			if (failure === undefined) {
				ending.succeeded?.();
			} else {
				record.failure = failure;
				ending.failed?.();
			}
		}
	}

	#add<T extends string, M extends object>(name: string, type: T, isReady: boolean, more: M) {
		const resource = {
			name,
			type,
			arn: `arn:aws:lightsail:${this.name}:${this.#account.id}:${type}/${newRequestId(this.#world)}`,
			supportCode: `621291663362/${name}`,
			createdAt: this.#world.now(),
			tags: new Map<string, string | undefined>(),
			isReady,
			...more,
		};
		this.#resources.set(name, resource);
		return resource;
	}
}

/** Whether it is the default key pair of its region. */
export function isDefault({ name }: StoredKeyPair): boolean {
	return name === defaultKeyPairName;
}
