import type { World } from '../world';
import { type AccessKey, newIamId, newSecret, newSessionToken, type Principal } from './credentials';
import { KeyPairStore } from './keyPairStore';
import { type AccountRegion, isRegion, regionFacts } from './regions';
import type { MfaDevice, Role, RoleOptions } from './roles';

/** What an account is opened with. */
export interface AccountOptions {
	/** Twelve digits; by default a new one. */
	readonly id?: string;
	/** Names of opt-in regions that are enabled. */
	readonly optedIn?: readonly string[];
	/** IAM actions that are denied to everyone in the account, such as `ec2:ImportKeyPair`. */
	readonly deniedActions?: readonly string[];
	/** Key pairs per region; AWS's default is 5,000. */
	readonly keyPairLimit?: number;
}

/** What a user's access key is made with. */
export interface UserKeyOptions {
	/** By default `AKIA…`, new. */
	readonly id?: string;
	/** By default new. */
	readonly secret?: string;
	/** The IAM user whose key it is; by default `tester`. */
	readonly user?: string;
	/** IAM actions that are denied to this user. */
	readonly deniedActions?: readonly string[];
}

/** One AWS account and everything it holds. */
export class Account {
	readonly id: string;
	/** IAM actions that are denied to everyone in the account; may be changed at any time. */
	readonly deniedActions: Set<string>;
	keyPairLimit: number;
	readonly #world: World;
	readonly #lagMs: number;
	readonly #optedIn: Set<string>;
	readonly #keys = new Map<string, AccessKey>();
	readonly #users = new Map<string, string>();
	readonly #roles = new Map<string, Role>();
	readonly #mfaDevices = new Map<string, MfaDevice>();
	readonly #stores = new Map<string, KeyPairStore>();

	constructor(world: World, lagMs: number, options: AccountOptions & { readonly id: string }) {
		this.id = options.id;
		this.#world = world;
		this.#lagMs = lagMs;
		this.deniedActions = new Set(options.deniedActions);
		this.keyPairLimit = options.keyPairLimit ?? 5000;
		this.#optedIn = new Set(options.optedIn);
	}

	/** Makes an access key of an IAM user. */
	addAccessKey(options: UserKeyOptions = {}): AccessKey {
		const user = options.user ?? 'tester';
		const userId = this.#users.get(user) ?? newIamId(this.#world, 'AIDA');
		this.#users.set(user, userId);
		const key: AccessKey = {
			id: options.id ?? newIamId(this.#world, 'AKIA'),
			secret: options.secret ?? newSecret(this.#world),
			principal: {
				account: this.id,
				arn: `arn:aws:iam::${this.id}:user/${user}`,
				userId,
				deniedActions: new Set(options.deniedActions),
			},
			active: true,
		};
		this.#keys.set(key.id, key);
		return key;
	}

	accessKey(id: string): AccessKey | undefined {
		return this.#keys.get(id);
	}

	/** Makes a role that principals of any account may assume, within the options. */
	addRole(name: string, options: RoleOptions = {}): Role {
		const role: Role = {
			...options,
			name,
			account: this.id,
			arn: `arn:aws:iam::${this.id}:role/${name}`,
			id: newIamId(this.#world, 'AROA'),
		};
		this.#roles.set(name, role);
		return role;
	}

	role(name: string): Role | undefined {
		return this.#roles.get(name);
	}

	/** Registers an MFA device of a user; `code` is the one that it shows now and may be changed. */
	addMfaDevice(user: string, code: string): MfaDevice {
		const device: MfaDevice = { serial: `arn:aws:iam::${this.id}:mfa/${user}`, user, code };
		this.#mfaDevices.set(device.serial, device);
		return device;
	}

	mfaDevice(serial: string): MfaDevice | undefined {
		return this.#mfaDevices.get(serial);
	}

	/** Temporary credentials of a role, as STS and the SSO portal give them out. */
	startSession(role: Role, sessionName: string, durationSeconds: number): Required<AccessKey> {
		const principal: Principal = {
			account: this.id,
			arn: `arn:aws:sts::${this.id}:assumed-role/${role.name}/${sessionName}`,
			userId: `${role.id}:${sessionName}`,
			deniedActions: new Set(role.deniedActions),
		};
		const key: Required<AccessKey> = {
			id: newIamId(this.#world, 'ASIA'),
			secret: newSecret(this.#world),
			principal,
			session: {
				token: newSessionToken(this.#world),
				// AWS gives whole seconds.
				expiration: Math.floor(this.#world.now() / 1000) * 1000 + durationSeconds * 1000,
			},
			active: true,
		};
		this.#keys.set(key.id, key);
		return key;
	}

	/** Enables or disables an opt-in region. */
	setOptIn(region: string, enabled: boolean): void {
		if (enabled) this.#optedIn.add(region);
		else this.#optedIn.delete(region);
	}

	/** Every region of the partition as this account has it, by name. */
	regions(): AccountRegion[] {
		return regionFacts.map((fact) => ({
			...fact,
			optInStatus: !fact.optIn ? 'opt-in-not-required' : this.#optedIn.has(fact.name) ? 'opted-in' : 'not-opted-in',
		}));
	}

	/** Whether the account can call services in the region. */
	isEnabled(region: string): boolean {
		return this.regions().some((entry) => entry.name === region && entry.optInStatus !== 'not-opted-in');
	}

	/** The key pairs of a region.
	 * @throws {Error} when there is no such region. */
	keyPairs(region: string): KeyPairStore {
		if (!isRegion(region)) throw new Error(`No region ${region}`);
		const store = this.#stores.get(region) ?? new KeyPairStore(this.#world.now, this.#lagMs);
		this.#stores.set(region, store);
		return store;
	}
}
