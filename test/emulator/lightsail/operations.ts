/** Why an operation failed, in the words of its record. */
export interface OperationFailure {
	readonly errorCode: string;
	readonly errorDetails: string;
}

/** How an account's operations go. */
export interface OperationSettings {
	/** How long one takes, in milliseconds by the emulator's clock. */
	readonly operationMs: number;
	/** What one ends with when it succeeds. */
	readonly successStatus: 'Succeeded' | 'Completed';
	/** Those that fail at their end, by operation type. */
	readonly failures: ReadonlyMap<string, OperationFailure>;
}

/** The record of a change: Lightsail answers at once and does the work afterwards. */
export interface OperationRecord {
	/** A UUID. */
	readonly id: string;
	/** The API operation, such as `ImportKeyPair`. */
	readonly type: string;
	readonly resourceName: string;
	readonly resourceType: string;
	/** Milliseconds since 1970. */
	readonly createdAt: number;
	readonly endsAt: number;
	/** Whether its end has been carried out. */
	isTerminal: boolean;
	/** Set at the end, if it failed. */
	failure?: OperationFailure;
	/** What it ends with when it succeeds. */
	readonly successStatus: OperationSettings['successStatus'];
}

/** `Started` until its end. */
export function statusOf({ isTerminal, failure, successStatus }: OperationRecord): string {
	if (!isTerminal) return 'Started';
	return failure === undefined ? successStatus : 'Failed';
}
