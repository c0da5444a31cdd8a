import type { QueryParameters } from '../query';
import type { World } from '../world';
import type { AlibabaCloud } from './alibabaCloud';
import type { Caller } from './signature/authenticate';

/** What an operation works with. */
export interface OperationContext extends Caller {
	readonly parameters: QueryParameters;
	readonly cloud: AlibabaCloud;
	readonly world: World;
	/** The host that the request was sent to, with a port where it has one. */
	readonly host: string;
}

/** One operation of one of the services. */
export interface Operation {
	readonly name: string;
	/** Does it; returns the fields of the JSON answer besides `RequestId`.
	 * @throws {AlibabaError} when the service refuses. */
	perform(context: OperationContext): object | Promise<object>;
}

/** A service of Alibaba Cloud: its operations, and how it says that the caller may not. */
export interface Service {
	/** The service's name in the request log. */
	readonly name: 'ecs' | 'ens' | 'resourcemanager' | 'alibaba-sts';
	/** As `Recommend` has it. */
	readonly product: string;
	/** What RAM actions start with. */
	readonly ramPrefix: string;
	/** How a denial is answered; messages as in the API references. */
	readonly denial: { readonly code: string; readonly status: number; readonly message: string };
	readonly operations: readonly Operation[];
	/** Operations that are called without a signature. */
	readonly unsigned?: Readonly<Record<string, UnsignedOperation>>;
}

/** Does an operation for nobody in particular; returns the fields of the JSON answer besides `RequestId`. */
export type UnsignedOperation = (parameters: QueryParameters, cloud: AlibabaCloud) => object;
