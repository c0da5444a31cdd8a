import type { World } from '../world';
import { Account, type AccountOptions } from './account';
import type { AccessKey } from './credentials';
import type { Role } from './roles';

/** Every account of the emulated cloud. */
export class Accounts {
	readonly #world: World;
	readonly #lagMs: number;
	readonly #accounts = new Map<string, Account>();

	constructor(world: World, lagMs: number) {
		this.#world = world;
		this.#lagMs = lagMs;
	}

	/** Opens an account.
	 * @throws {Error} when the id is taken or not twelve digits. */
	add(options: AccountOptions = {}): Account {
		const id = options.id ?? String(111_122_220_000 + this.#accounts.size + 1);
		if (!/^\d{12}$/.test(id) || this.#accounts.has(id)) throw new Error(`No account can be ${id}`);
		const account = new Account(this.#world, this.#lagMs, { ...options, id });
		this.#accounts.set(id, account);
		return account;
	}

	get(id: string): Account | undefined {
		return this.#accounts.get(id);
	}

	/** The access key with that id, in whichever account. */
	accessKey(id: string): AccessKey | undefined {
		for (const account of this.#accounts.values()) {
			const key = account.accessKey(id);
			if (key !== undefined) return key;
		}
		return undefined;
	}

	/** The role with that ARN. */
	role(arn: string): Role | undefined {
		const [, id = '', name = ''] = /^arn:aws:iam::(\d{12}):role\/(.+)$/.exec(arn) ?? [];
		return this.#accounts.get(id)?.role(name);
	}
}
