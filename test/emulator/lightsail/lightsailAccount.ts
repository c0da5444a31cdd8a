import type { World } from '../world';
import { LightsailRegion } from './lightsailRegion';
import type { OperationFailure, OperationSettings } from './operations';
import { isLightsailRegion } from './regions';

/** One account in Lightsail. Tests may change every setting at any time. */
export class LightsailAccount implements OperationSettings {
	/** Key pairs on a page of GetKeyPairs. How many it really are is not documented; few, so that pages come up in tests. */
	pageSize = 10;
	/** How long an operation takes, in milliseconds by the emulator's clock; with 0 the answer holds its end already. */
	operationMs = 20;
	/** What operations end with when they succeed: the service has two words for it. */
	successStatus: OperationSettings['successStatus'] = 'Succeeded';
	/** Operations that fail when their time is over, by operation type such as `ImportKeyPair`: the answer to the request is a success still. */
	readonly failures = new Map<string, OperationFailure>();
	/** Whether the account is being set up: nothing can be done meanwhile. */
	isSettingUp = false;
	/** Twelve digits. */
	readonly id: string;
	readonly #world: World;
	readonly #regions = new Map<string, LightsailRegion>();

	constructor(id: string, world: World) {
		this.id = id;
		this.#world = world;
	}

	/** What the account has in a region.
	 * @throws {Error} when Lightsail has no such region. */
	region(name: string): LightsailRegion {
		if (!isLightsailRegion(name)) throw new Error(`Lightsail has no region ${name}`);
		const region = this.#regions.get(name) ?? new LightsailRegion(name, this, this.#world);
		this.#regions.set(name, region);
		return region;
	}
}
