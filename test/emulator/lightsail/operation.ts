import type { Caller } from './authenticate';
import type { Input } from './input';
import type { LightsailAccount } from './lightsailAccount';
import type { LightsailRegion } from './lightsailRegion';

/** What an operation of the API works with. */
export interface OperationContext {
	readonly input: Input;
	readonly caller: Caller;
	readonly account: LightsailAccount;
	readonly region: LightsailRegion;
}

/** Does one operation of the API; returns the answer's members.
 * @throws {AwsError} when Lightsail refuses. */
export type Operation = (context: OperationContext) => object | Promise<object>;
