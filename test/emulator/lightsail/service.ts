import type { Accounts } from '../accounts/accounts';
import { AwsError } from '../awsError';
import type { Call, Where } from '../call';
import { type HttpReply, type HttpRequest, headerOf } from '../http/message';
import { newRequestId, type World } from '../world';
import { authenticate, type Caller } from './authenticate';
import { getOperation, getRegions } from './describe';
import { accountSetupInProgress, regionSetupInProgress } from './errors';
import { type Input, readInput } from './input';
import {
	createKeyPair,
	deleteKeyPair,
	downloadDefaultKeyPair,
	getKeyPair,
	getKeyPairs,
	importKeyPair,
} from './keyPairs';
import type { Lightsail } from './lightsail';
import type { Operation } from './operation';
import { tagResource, untagResource } from './tags';

const targetPrefix = 'Lightsail_20161128.';

const operations: ReadonlyMap<string, Operation> = new Map([
	['ImportKeyPair', importKeyPair],
	['CreateKeyPair', createKeyPair],
	['GetKeyPair', getKeyPair],
	['GetKeyPairs', getKeyPairs],
	['DeleteKeyPair', deleteKeyPair],
	['DownloadDefaultKeyPair', downloadDefaultKeyPair],
	['TagResource', tagResource],
	['UntagResource', untagResource],
	['GetOperation', getOperation],
	['GetRegions', getRegions],
]);

/** Whether the request is one of Lightsail's, by its target. */
export function isLightsailRequest(request: HttpRequest): boolean {
	return targetOf(request).startsWith(targetPrefix);
}

/** What Lightsail is asked: AWS JSON 1.1, a POST to `/`, the operation in the header `x-amz-target`. */
export function lightsailCall(
	request: HttpRequest,
	where: Where,
	accounts: Accounts,
	lightsail: Lightsail,
	world: World,
): Call {
	const name = isLightsailRequest(request) ? targetOf(request).slice(targetPrefix.length) : '';
	const input = tryReadInput(request);
	return {
		service: 'lightsail',
		operation: name,
		region: where.region,
		accessKeyId: where.accessKeyId,
		parameters: input instanceof AwsError ? {} : input.toRecord(),
		perform: async () => {
			const operation = operations.get(name);
			if (operation === undefined) throw new AwsError('UnknownOperationException', '');
			const caller = authenticate(request, accounts, where.hostRegion, world.now());
			if (input instanceof AwsError) throw input;
			permit(caller, name);
			const account = lightsail.of(caller.account);
			if (account.isSettingUp) throw accountSetupInProgress();
			const region = account.region(caller.region);
			if (region.isSettingUp && name !== 'GetRegions') throw regionSetupInProgress(region.name);
			return reply(200, await operation({ input, caller, account, region }), world);
		},
		refuse: (error) => {
			const { code, members, message, status } = error;
			return reply(status, { __type: code, ...members, message }, world);
		},
		throttled: () => new AwsError('ThrottlingException', 'Rate exceeded'),
		broken: () => new AwsError('ServiceException', 'An internal error has occurred', 500),
	};
}

function targetOf(request: HttpRequest): string {
	return headerOf(request, 'x-amz-target') ?? '';
}

function tryReadInput(request: HttpRequest): Input | AwsError {
	try {
		return readInput(request);
	} catch (error) {
		if (error instanceof AwsError) return error;
		throw error;
	}
}

/** @throws {AwsError} AccessDeniedException, with HTTP status 400. */
function permit({ principal, account }: Caller, operation: string): void {
	const action = `lightsail:${operation}`;
	if (!account.deniedActions.has(action) && !principal.deniedActions.has(action)) return;
	throw new AwsError(
		'AccessDeniedException',
		`User: ${principal.arn} is not authorized to perform: ${action} on resource: * with an explicit deny in an identity-based policy`,
	);
}

function reply(status: number, body: object, world: World): HttpReply {
	return {
		status,
		headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': newRequestId(world) },
		body: JSON.stringify(body),
	};
}
