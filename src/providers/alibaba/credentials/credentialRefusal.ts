/** An answer that gives no credentials. Its fields are those of the errors of Alibaba Cloud's library. */
export class CredentialRefusal extends Error {
	override readonly name: string;
	/** The service's own code. */
	readonly code: string | undefined;

	constructor(
		readonly statusCode: number,
		/** What was answered, where it was an answer of the service: a JSON object, and no other than was asked for. */
		readonly data: Readonly<Record<string, unknown>> | undefined,
	) {
		super();
		this.name = data === undefined ? 'ForeignAnswer' : 'CredentialRefusal';
		const told = [data?.['Code'], data?.['ErrorCode'], data?.['error']];
		this.code = told.find((code): code is string => typeof code === 'string' && /^[A-Za-z][\w.-]{1,79}$/.test(code));
	}
}
