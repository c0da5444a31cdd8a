import type { Accounts } from '../accounts/accounts';
import { AwsError } from '../awsError';
import type { Call, Where } from '../call';
import type { HttpReply, HttpRequest } from '../http/message';
import type { QueryParameters } from '../query';
import { newRequestId, type World } from '../world';
import { element, type Xml, xmlDocument } from '../xml';
import { authenticate } from './authenticate';
import { createTags, deleteTags } from './changeTags';
import { createKeyPair } from './createKeyPair';
import { deleteKeyPair } from './deleteKeyPair';
import { describeKeyPairs } from './describeKeyPairs';
import { describeRegions } from './describeRegions';
import { describeTags } from './describeTags';
import { importKeyPair } from './importKeyPair';
import type { Operation } from './operation';
import { refuseUnknown } from './parameters';
import { permit } from './permission';

const version = '2016-11-15';
const operations: readonly Operation[] = [
	describeRegions,
	importKeyPair,
	createKeyPair,
	describeKeyPairs,
	deleteKeyPair,
	createTags,
	deleteTags,
	describeTags,
];

/** What EC2 is asked. */
export function ec2Call(
	request: HttpRequest,
	parameters: QueryParameters,
	where: Where,
	accounts: Accounts,
	world: World,
): Call {
	const name = parameters.get('Action') ?? '';
	return {
		service: 'ec2',
		operation: name,
		region: where.region,
		accessKeyId: where.accessKeyId,
		parameters: parameters.toRecord(),
		perform: async () => {
			if (name === '') {
				throw new AwsError('MissingAction', 'The request is missing an action or a required parameter.');
			}
			const caller = authenticate(request, accounts, where.hostRegion, world.now());
			const operation = operations.find((item) => item.name === name);
			if (operation === undefined) {
				throw new AwsError('InvalidAction', `The action ${name} is not valid for this web service.`);
			}
			checkVersion(parameters.get('Version'));
			refuseUnknown(parameters, ['Action', 'Version', 'DryRun', ...operation.parameters]);
			const context = { ...caller, parameters, world };
			const prepared = operation.prepare(context);
			permit(context, name, prepared);
			return success(name, await prepared.execute(), newRequestId(world));
		},
		refuse: (error) => failure(error, newRequestId(world)),
		throttled: () => new AwsError('RequestLimitExceeded', 'Request limit exceeded.', 503),
		broken: () => new AwsError('InternalError', 'An internal error has occurred', 500),
	};
}

function checkVersion(given: string | undefined): void {
	if (given === undefined) throw new AwsError('MissingParameter', 'The request must contain the parameter Version');
	if (given !== version) {
		throw new AwsError('NoSuchVersion', `The requested version (${given}) of service AmazonEC2 does not exist`);
	}
}

function success(operation: string, content: readonly Xml[], requestId: string): HttpReply {
	const root = `${operation}Response xmlns="http://ec2.amazonaws.com/doc/${version}/"`;
	return reply(200, element(root, element('requestId', requestId), content), requestId);
}

function failure(error: AwsError, requestId: string): HttpReply {
	const details = element('Error', element('Code', error.code), element('Message', error.message));
	return reply(
		error.status,
		element('Response', element('Errors', details), element('RequestID', requestId)),
		requestId,
	);
}

function reply(status: number, root: Xml, requestId: string): HttpReply {
	return {
		status,
		headers: {
			'x-amzn-requestid': requestId,
			'content-type': 'text/xml;charset=UTF-8',
			'cache-control': 'no-cache, no-store',
			'strict-transport-security': 'max-age=31536000; includeSubDomains',
			server: 'AmazonEC2',
		},
		body: xmlDocument(root),
	};
}
