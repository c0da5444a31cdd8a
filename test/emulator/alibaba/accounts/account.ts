import type { World } from '../../world';
import type { SessionPolicy } from '../sts/sessionPolicy';
import { type AlibabaAccessKey, newDigits, newText } from './credentials';
import { AlibabaKeyPairStore } from './keyPairStore';
import { type AlibabaRegion, alibabaRegions, type EnsSite, ensSites } from './regions';
import { newResourceGroup, type ResourceGroup, type ResourceGroupOptions } from './resourceGroups';
import type { AlibabaRole, AlibabaRoleOptions } from './roles';

/** What an account is opened with. */
export interface AlibabaAccountOptions {
	/** 16 digits; by default a new one. */
	readonly id?: string;
	/** RAM actions that are denied to everyone in the account, such as `ecs:ImportKeyPair`. */
	readonly deniedActions?: readonly string[];
	/** Key pairs per region of ECS; Alibaba Cloud's default is 500. */
	readonly keyPairLimit?: number;
	/** Ids of the regions that the account has; by default all. */
	readonly regions?: readonly string[];
	/** Resource groups besides the default one. */
	readonly resourceGroups?: readonly ResourceGroupOptions[];
}

/** What a user's AccessKey pair is made with. */
export interface AlibabaKeyOptions {
	/** By default `LTAI…`, new. */
	readonly id?: string;
	/** By default new. */
	readonly secret?: string;
	/** The RAM user whose key it is; by default `tester`. */
	readonly user?: string;
	/** Whether it is the key of the account itself, which may do everything but assume roles. */
	readonly root?: boolean;
	/** RAM actions that are denied to this user. */
	readonly deniedActions?: readonly string[];
}

/** One Alibaba Cloud account and everything it holds. */
export class AlibabaAccount {
	readonly id: string;
	/** RAM actions that are denied to everyone in the account; may be changed at any time. */
	readonly deniedActions: Set<string>;
	keyPairLimit: number;
	/** The default resource group first; may be changed at any time. */
	readonly resourceGroups: ResourceGroup[];
	readonly #world: World;
	readonly #regionIds: ReadonlySet<string> | undefined;
	readonly #keys = new Map<string, AlibabaAccessKey>();
	readonly #userIds = new Map<string, string>();
	readonly #roles = new Map<string, AlibabaRole>();
	readonly #stores = new Map<string, AlibabaKeyPairStore>();

	constructor(world: World, options: AlibabaAccountOptions & { readonly id: string }) {
		this.id = options.id;
		this.#world = world;
		this.deniedActions = new Set(options.deniedActions);
		this.keyPairLimit = options.keyPairLimit ?? 500;
		this.#regionIds = options.regions === undefined ? undefined : new Set(options.regions);
		this.resourceGroups = [
			newResourceGroup(world, { name: 'default', displayName: 'default resource group' }),
			...(options.resourceGroups ?? []).map((group) => newResourceGroup(world, group)),
		];
	}

	/** Makes an AccessKey pair. */
	addAccessKey(options: AlibabaKeyOptions = {}): AlibabaAccessKey {
		const user = options.user ?? 'tester';
		const userId = this.#userIds.get(user) ?? newDigits(this.#world, 18);
		this.#userIds.set(user, userId);
		const isRoot = options.root === true;
		const key: AlibabaAccessKey = {
			id: options.id ?? `LTAI${newText(this.#world, 20)}`,
			secret: options.secret ?? newText(this.#world, 30),
			principal: {
				account: this.id,
				type: isRoot ? 'Account' : 'RAMUser',
				arn: isRoot ? `acs:ram::${this.id}:root` : `acs:ram::${this.id}:user/${user}`,
				id: isRoot ? this.id : userId,
				deniedActions: new Set(options.deniedActions),
			},
			active: true,
		};
		this.#keys.set(key.id, key);
		return key;
	}

	accessKey(id: string): AlibabaAccessKey | undefined {
		return this.#keys.get(id);
	}

	/** The key of the session that has the security token. */
	sessionKey(token: string): AlibabaAccessKey | undefined {
		return [...this.#keys.values()].find((key) => key.session?.token === token);
	}

	/** Makes a role that principals of any account may assume, within the options. */
	addRole(name: string, options: AlibabaRoleOptions = {}): AlibabaRole {
		const arn = `acs:ram::${this.id}:role/${name.toLowerCase()}`;
		const role: AlibabaRole = { ...options, name, account: this.id, arn, id: newDigits(this.#world, 18) };
		this.#roles.set(name.toLowerCase(), role);
		return role;
	}

	/** The role of that name; case does not count, as in RAM's ARNs. */
	role(name: string): AlibabaRole | undefined {
		return this.#roles.get(name.toLowerCase());
	}

	/** Temporary credentials of a role, as STS, instances and sign-ins give them out. */
	startSession(
		role: AlibabaRole,
		sessionName: string,
		durationSeconds: number,
		sessionPolicy?: SessionPolicy,
	): Required<AlibabaAccessKey> {
		const key: Required<AlibabaAccessKey> = {
			id: `STS.${newText(this.#world, 25)}`,
			secret: newText(this.#world, 44),
			principal: {
				account: this.id,
				type: 'AssumedRoleUser',
				arn: `acs:ram::${this.id}:assumed-role/${role.name}/${sessionName}`,
				id: `${role.id}:${sessionName}`,
				deniedActions: new Set(role.deniedActions),
				...(sessionPolicy === undefined ? {} : { sessionPolicy }),
			},
			session: {
				token: `CAIS${this.#world.random(288).toString('base64')}`,
				// Whole seconds are given out.
				expiration: Math.floor(this.#world.now() / 1000) * 1000 + durationSeconds * 1000,
			},
			active: true,
		};
		this.#keys.set(key.id, key);
		return key;
	}

	/** The regions of ECS as this account has them. */
	regions(): AlibabaRegion[] {
		return alibabaRegions.filter(({ id }) => this.#regionIds?.has(id) ?? true);
	}

	/** The key pairs of a region of ECS, or of a site of ENS; by default of the Chinese site.
	 * @throws {Error} when there is no such region or site. */
	keyPairs(service: 'ecs', region: string): AlibabaKeyPairStore;
	keyPairs(service: 'ens', site?: EnsSite): AlibabaKeyPairStore;
	keyPairs(service: 'ecs' | 'ens', place: string = ensSites[0]): AlibabaKeyPairStore {
		const places: readonly string[] = service === 'ecs' ? alibabaRegions.map(({ id }) => id) : ensSites;
		if (!places.includes(place)) throw new Error(`${service} has no ${place}`);
		const key = `${service}/${place}`;
		const store = this.#stores.get(key) ?? new AlibabaKeyPairStore();
		this.#stores.set(key, store);
		return store;
	}
}
