import type { Call } from '../call';
import { type HttpRequest, headerOf } from '../http/message';
import type { QueryParameters } from '../query';
import type { AlibabaCloud } from './alibabaCloud';
import { AlibabaError } from './alibabaError';
import type { Service } from './operation';
import { permit } from './permission';
import { failure, success } from './reply';
import { authenticate } from './signature/authenticate';
import { claimedKeyId } from './signature/credentials';

/** What a service is asked, in the RPC style: the action in a header or in the query, the parameters in query and form.
 * `host` is where the request was sent to. */
export function gatewayCall(
	service: Service,
	request: HttpRequest,
	parameters: QueryParameters,
	cloud: AlibabaCloud,
	host: string,
): Call {
	const action = headerOf(request, 'x-acs-action') ?? parameters.get('Action') ?? '';
	const { world } = cloud;
	return {
		service: service.name,
		operation: action,
		region: parameters.get('RegionId'),
		accessKeyId: claimedKeyId(request, parameters),
		parameters: ownParameters(parameters),
		perform: async () => {
			const unsigned = service.unsigned?.[action];
			if (unsigned !== undefined) return success(unsigned(parameters, cloud), world);
			const operation = service.operations.find(({ name }) => name === action);
			if (operation === undefined) {
				throw new AlibabaError(
					'InvalidAction.NotFound',
					'Specified api is not found, please check your url and method.',
					404,
				);
			}
			const caller = authenticate(request, parameters, cloud);
			permit(service, caller, action, world.random);
			return success(await operation.perform({ ...caller, parameters, cloud, world, host }), world);
		},
		refuse: (error) => failure(error, host, service.product, world),
		throttled: () => throttled(cloud.choices.retryAfterMs),
		broken: () =>
			new AlibabaError('InternalError', 'The request processing has failed due to some unknown error.', 500),
	};
}

function throttled(retryAfterMs: number | undefined): AlibabaError {
	return new AlibabaError('Throttling.User', 'Request was denied due to user flow control.', 400, {
		headers: retryAfterMs === undefined ? {} : { 'x-acs-retry-after': String(retryAfterMs) },
	});
}

const commonParameters = ['Action', 'Version', 'Format', 'Timestamp', 'AccessKeyId', 'SecurityToken', 'OIDCToken'];

/** The operation's own parameters, without those of the call, of the signature, and what is secret. */
function ownParameters(parameters: QueryParameters): Record<string, string> {
	return Object.fromEntries(
		Object.entries(parameters.toRecord()).filter(
			([name]) => !commonParameters.includes(name) && !name.startsWith('Signature'),
		),
	);
}
