import type { QueryParameters } from '../query';
import type { World } from '../world';
import type { Xml } from '../xml';
import type { Caller } from './authenticate';

/** What an operation works with. */
export interface OperationContext extends Caller {
	readonly parameters: QueryParameters;
	readonly world: World;
}

/** An operation whose parameters are well-formed, before it is known whether the caller may do it. */
export interface Prepared {
	/** The ARN that the permission is about; undefined for describe operations, which have no resource-level permissions. */
	readonly resource?: string;
	/** IAM actions that are needed besides the operation's own. */
	readonly alsoNeeds?: readonly string[];
	/** Does it; returns the content of the response element after `requestId`.
	 * @throws {AwsError} when the state of the account forbids it. */
	execute(): readonly Xml[] | Promise<readonly Xml[]>;
}

/** One operation of the EC2 API. */
export interface Operation {
	readonly name: string;
	/** Its own parameters; `N` stands for a list's number. */
	readonly parameters: readonly string[];
	/** Reads the parameters.
	 * @throws {AwsError} when one is missing or malformed. */
	prepare(context: OperationContext): Prepared;
}
