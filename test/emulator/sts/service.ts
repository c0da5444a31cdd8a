import type { Accounts } from '../accounts/accounts';
import type { AccessKey } from '../accounts/credentials';
import { AwsError } from '../awsError';
import type { Call, Where } from '../call';
import type { HttpReply, HttpRequest } from '../http/message';
import type { QueryParameters } from '../query';
import { verify } from '../sigv4/verify';
import { newRequestId, type World } from '../world';
import { element, type Xml, xmlDocument } from '../xml';
import { assumeRole, assumeRoleWithWebIdentity } from './assumeRole';
import { refusedBySts } from './refusal';

/** The API version of STS. */
export const stsVersion = '2011-06-15';
const namespace = `https://sts.amazonaws.com/doc/${stsVersion}/`;

/** What STS is asked. */
export function stsCall(
	request: HttpRequest,
	parameters: QueryParameters,
	where: Where,
	accounts: Accounts,
	world: World,
): Call {
	const operation = parameters.get('Action') ?? '';
	return {
		service: 'sts',
		operation,
		region: where.region,
		accessKeyId: where.accessKeyId,
		parameters: parameters.toRecord(),
		perform: async () => {
			const caller = () => authenticate(request, accounts, where.hostRegion, world.now());
			return success(operation, execute(operation, parameters, caller, accounts, world.now()), newRequestId(world));
		},
		refuse: (error) => failure(error, newRequestId(world)),
		throttled: () => new AwsError('Throttling', 'Rate exceeded'),
		broken: () => new AwsError('InternalFailure', 'An internal error has occurred', 500),
	};
}

function execute(
	operation: string,
	parameters: QueryParameters,
	caller: () => AccessKey,
	accounts: Accounts,
	now: number,
): readonly Xml[] {
	switch (operation) {
		case 'GetCallerIdentity': {
			const { arn, userId, account } = caller().principal;
			return [element('Arn', arn), element('UserId', userId), element('Account', account)];
		}
		case 'AssumeRole':
			return assumeRole(parameters, caller(), accounts);
		case 'AssumeRoleWithWebIdentity':
			return assumeRoleWithWebIdentity(parameters, accounts, now);
		default:
			throw new AwsError('InvalidAction', `Could not find operation ${operation} for version ${stsVersion}`);
	}
}

function authenticate(request: HttpRequest, accounts: Accounts, region: string | undefined, now: number): AccessKey {
	const result = verify(request, accounts, { service: 'sts', region }, now);
	if ('refusal' in result) throw refusedBySts(result.refusal, result.authorization, now);
	const { key, authorization } = result;
	const account = accounts.get(key.principal.account);
	if (account?.isEnabled(authorization.region) !== true) throw refusedBySts('unknownKey', authorization, now);
	return key;
}

function success(operation: string, content: readonly Xml[], requestId: string): HttpReply {
	const root = element(
		`${operation}Response xmlns="${namespace}"`,
		element(`${operation}Result`, content),
		element('ResponseMetadata', element('RequestId', requestId)),
	);
	return reply(200, root, requestId);
}

function failure(error: AwsError, requestId: string): HttpReply {
	const details = element(
		'Error',
		element('Type', error.status < 500 ? 'Sender' : 'Receiver'),
		element('Code', error.code),
		element('Message', error.message),
	);
	const root = element(`ErrorResponse xmlns="${namespace}"`, details, element('RequestId', requestId));
	return reply(error.status, root, requestId);
}

function reply(status: number, root: Xml, requestId: string): HttpReply {
	const headers = { 'x-amzn-requestid': requestId, 'content-type': 'text/xml' };
	return { status, headers, body: xmlDocument(root) };
}
