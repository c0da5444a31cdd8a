import type { AwsError } from '../awsError';
import type { HttpReply } from '../http/message';
import type { World } from '../world';
import { newUpperCaseUuid } from './accounts/credentials';
import { AlibabaError } from './alibabaError';

/** A JSON answer with a new request id in it, and in the header that the gateway adds. */
export function success(fields: object, world: World): HttpReply {
	const requestId = newUpperCaseUuid(world);
	return reply(200, { RequestId: requestId, ...fields }, requestId);
}

/** A refusal as the gateway writes it: `{RequestId, HostId, Code, Message, Recommend}` and what the refusal adds. */
export function failure(error: AwsError, host: string, product: string, world: World): HttpReply {
	const requestId = newUpperCaseUuid(world);
	const { fields, headers } = error instanceof AlibabaError ? error.details : {};
	const body = {
		RequestId: requestId,
		HostId: host,
		Code: error.code,
		Message: error.message,
		Recommend: `https://api.alibabacloud.com/troubleshoot?q=${error.code}&product=${product}&requestId=${requestId}`,
		...error.members,
		...fields,
	};
	return reply(error.status, body, requestId, headers);
}

function reply(
	status: number,
	body: object,
	requestId: string,
	headers: Readonly<Record<string, string>> = {},
): HttpReply {
	return {
		status,
		headers: { 'content-type': 'application/json;charset=utf-8', 'x-acs-request-id': requestId, ...headers },
		body: JSON.stringify(body),
	};
}
