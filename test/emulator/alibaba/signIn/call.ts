import { AwsError } from '../../awsError';
import type { Call } from '../../call';
import type { HttpReply } from '../../http/message';

/** The endpoints that give credentials to those who are signed in, or are on an instance. None of them signs. */
export type SignInService = 'alibaba-metadata' | 'alibaba-credentials-uri' | 'cloudsso' | 'alibaba-oauth';

/** A call of one of them, from its answer; refusals have the status and, where `refuse` is not given, a text. */
export function signInCall(
	service: SignInService,
	operation: string,
	answer: () => HttpReply,
	parameters: Readonly<Record<string, string>> = {},
): Call {
	return {
		service,
		operation,
		region: undefined,
		accessKeyId: undefined,
		parameters,
		perform: async () => answer(),
		refuse: ({ code, message, status }) => json(status, { Code: code, Message: message }),
		throttled: () => new AwsError('Throttling', 'Request was denied due to request throttling.', 429),
		broken: () => new AwsError('InternalError', 'The request processing has failed due to some unknown error.', 500),
	};
}

/** A JSON answer. */
export function json(status: number, body: object): HttpReply {
	return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

/** A plain text. */
export function text(status: number, body: string): HttpReply {
	return { status, headers: { 'content-type': 'text/plain' }, body };
}
