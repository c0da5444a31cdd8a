import type { World } from '../../world';
import { AlibabaAccount, type AlibabaAccountOptions } from './account';
import type { AlibabaAccessKey } from './credentials';
import type { AlibabaRole } from './roles';

/** Every account of the emulated Alibaba Cloud. */
export class AlibabaAccounts {
	readonly #world: World;
	readonly #accounts = new Map<string, AlibabaAccount>();

	constructor(world: World) {
		this.#world = world;
	}

	/** Opens an account.
	 * @throws {Error} when the id is taken or not 16 digits. */
	add(options: AlibabaAccountOptions = {}): AlibabaAccount {
		const id = options.id ?? String(1_234_567_890_120_000 + this.#accounts.size + 1);
		if (!/^\d{16}$/.test(id) || this.#accounts.has(id)) throw new Error(`No account can be ${id}`);
		const account = new AlibabaAccount(this.#world, { ...options, id });
		this.#accounts.set(id, account);
		return account;
	}

	get(id: string): AlibabaAccount | undefined {
		return this.#accounts.get(id);
	}

	/** The AccessKey with that id, in whichever account. */
	accessKey(id: string): AlibabaAccessKey | undefined {
		return this.#first((account) => account.accessKey(id));
	}

	/** The key of the session that has the security token, in whichever account. */
	sessionKey(token: string): AlibabaAccessKey | undefined {
		return this.#first((account) => account.sessionKey(token));
	}

	/** The role with that ARN. */
	role(arn: string): AlibabaRole | undefined {
		const [, id = '', name = ''] = /^acs:ram::(\d{16}):role\/(.+)$/.exec(arn) ?? [];
		return this.#accounts.get(id)?.role(name);
	}

	#first<T>(find: (account: AlibabaAccount) => T | undefined): T | undefined {
		for (const account of this.#accounts.values()) {
			const found = find(account);
			if (found !== undefined) return found;
		}
		return undefined;
	}
}
