import type { Account } from '../accounts/account';
import type { World } from '../world';
import { LightsailAccount } from './lightsailAccount';

/** What Lightsail holds for every account. */
export class Lightsail {
	readonly #world: World;
	readonly #accounts = new Map<string, LightsailAccount>();

	constructor(world: World) {
		this.#world = world;
	}

	/** What Lightsail holds for the account, and how it treats it. */
	of(account: Account): LightsailAccount {
		const known = this.#accounts.get(account.id) ?? new LightsailAccount(account.id, this.#world);
		this.#accounts.set(account.id, known);
		return known;
	}
}
