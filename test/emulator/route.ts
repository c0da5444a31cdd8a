import type { Accounts } from './accounts/accounts';
import { AwsError } from './awsError';
import type { Call, Where } from './call';
import { ec2Call } from './ec2/service';
import { type HttpRequest, headerOf } from './http/message';
import type { Lightsail } from './lightsail/lightsail';
import { isLightsailRequest, lightsailCall } from './lightsail/service';
import { parseQuery, QueryParameters } from './query';
import { readAuthorization } from './sigv4/authorization';
import type { IdentityCenter } from './sso/identityCenter';
import { createTokenCall, portalCall } from './sso/service';
import { stsCall, stsVersion } from './sts/service';
import type { World } from './world';

/** What the request asks, of whichever service. One endpoint stands for all of them: the service is known by path, by the target that
 * JSON services name, by the scope of the signature and, for requests that are not signed, by API version. */
export function route(
	request: HttpRequest,
	accounts: Accounts,
	lightsail: Lightsail,
	center: IdentityCenter,
	world: World,
): Call {
	if (request.path === '/federation/credentials') return portalCall(request, center, world);
	if (request.path === '/token') return createTokenCall(request, center, world);
	const authorization = readAuthorization(request);
	const scope = typeof authorization === 'string' ? undefined : authorization;
	const hostRegion = regionOfHost(headerOf(request, 'host') ?? '');
	const where: Where = { hostRegion, region: hostRegion ?? scope?.region, accessKeyId: scope?.accessKeyId };
	if (isLightsailRequest(request) || scope?.service === 'lightsail') {
		return lightsailCall(request, where, accounts, lightsail, world);
	}
	const parameters = readParameters(request);
	const given = parameters instanceof AwsError ? new QueryParameters(new Map()) : parameters;
	const service = scope?.service ?? (given.get('Version') === stsVersion ? 'sts' : 'ec2');
	const call = (service === 'sts' ? stsCall : ec2Call)(request, given, where, accounts, world);
	return parameters instanceof AwsError ? { ...call, perform: () => Promise.reject(parameters) } : call;
}

function readParameters(request: HttpRequest): QueryParameters | AwsError {
	try {
		return parseQuery(request);
	} catch (error) {
		if (error instanceof AwsError) return error;
		throw error;
	}
}

/** The region in host names like `ec2.eu-west-1.amazonaws.com`, `ec2.eu-west-1.api.aws` and `ec2.eu-west-1.localhost`. */
function regionOfHost(host: string): string | undefined {
	return /^[a-z0-9-]+\.([a-z]{2}(?:-[a-z]+)+-\d)\.(?:amazonaws\.com|api\.aws|localhost)(?::\d+)?$/i.exec(host)?.[1];
}
