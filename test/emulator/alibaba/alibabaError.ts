import { AwsError } from '../awsError';

/** What of a refusal goes beyond code, message and status. */
export interface RefusalDetails {
	/** Fields of the JSON answer besides `Code` and `Message`, such as `AccessDeniedDetail`. */
	readonly fields?: Readonly<Record<string, unknown>>;
	/** Headers of the answer, such as `x-acs-retry-after`. */
	readonly headers?: Readonly<Record<string, string>>;
}

/** What a service of Alibaba Cloud refuses a call with; `code` is its exact error code, such as `KeyPair.AlreadyExist`. */
export class AlibabaError extends AwsError {
	constructor(
		code: string,
		message: string,
		status = 400,
		readonly details: RefusalDetails = {},
	) {
		super(code, message, status);
	}
}

/** A parameter that is not there. Code and message: ECS and ENS API references. */
export function missingParameter(name: string): AlibabaError {
	return new AlibabaError(
		'MissingParameter',
		`The input parameter "${name}" that is mandatory for processing this request is not supplied.`,
	);
}
