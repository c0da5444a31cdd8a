import { AwsError } from '../awsError';
import type { Call } from '../call';
import { type HttpRequest, headerOf } from '../http/message';
import { QueryParameters } from '../query';
import type { AlibabaCloud } from './alibabaCloud';
import { ecs } from './ecs/service';
import { ens } from './ens/service';
import { gatewayCall } from './gateway';
import type { Service } from './operation';
import { resourceManager } from './resourceManager/service';
import { decodePairs } from './signature/encoding';
import { credentialsUriCall, credentialsUriPath } from './signIn/credentialsUri';
import { alibabaSts } from './sts/service';

/** Each service by its API version: they are all different, also from those of AWS. */
const services: ReadonlyMap<string, Service> = new Map([
	['2014-05-26', ecs],
	['2017-11-10', ens],
	['2020-03-31', resourceManager],
	['2015-04-01', alibabaSts],
]);

/** What the request asks of Alibaba Cloud, or undefined when it is not for it. A request is known by its path, its `x-acs-action` and
 * `x-acs-version` headers, or its `Version` parameter; `host` stands for the host that it was sent to. */
export function alibabaRoute(request: HttpRequest, cloud: AlibabaCloud, host: string): Call | undefined {
	if (request.path === credentialsUriPath) return credentialsUriCall(request.query, cloud);
	const signIn = cloud.metadata.call(request) ?? cloud.cloudSso.call(request) ?? cloud.oauth.call(request);
	if (signIn !== undefined) return signIn;
	const parameters = readParameters(request);
	const service = services.get(headerOf(request, 'x-acs-version') ?? parameters.get('Version') ?? '');
	if (service !== undefined) return gatewayCall(service, request, parameters, cloud, host);
	return isForAlibaba(request) ? unknownVersion(request, parameters, cloud, host) : undefined;
}

function isForAlibaba(request: HttpRequest): boolean {
	return request.headers.has('x-acs-action') || headerOf(request, 'authorization')?.startsWith('ACS3-') === true;
}

function unknownVersion(request: HttpRequest, parameters: QueryParameters, cloud: AlibabaCloud, host: string): Call {
	const error = new AwsError('InvalidVersion', 'Specified parameter Version is not valid.');
	return { ...gatewayCall(ecs, request, parameters, cloud, host), perform: () => Promise.reject(error) };
}

/** The parameters of query and form; `+` is a space in a form only. */
function readParameters(request: HttpRequest): QueryParameters {
	const isForm = headerOf(request, 'content-type')?.startsWith('application/x-www-form-urlencoded') === true;
	const form = isForm ? decodePairs(request.body.toString('utf8'), 'space') : [];
	return new QueryParameters(new Map([...form, ...decodePairs(request.query)]));
}
