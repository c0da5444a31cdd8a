/** What a service refuses a call with. Each service writes it in its own dialect (EC2's XML, STS's XML, JSON). */
export class AwsError extends Error {
	override readonly name = 'AwsError';
	constructor(
		/** The service's exact error code, such as `InvalidKeyPair.Duplicate`. */
		readonly code: string,
		message: string,
		/** HTTP status; EC2's client errors are 400 unless documented otherwise. */
		readonly status = 400,
		/** What the answer says besides, by name, in dialects that have more to say: Lightsail's `code`, `docs` and `tip`. */
		readonly members: Readonly<Record<string, string>> = {},
	) {
		super(message);
	}
}
