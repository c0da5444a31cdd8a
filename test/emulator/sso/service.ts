import { AwsError } from '../awsError';
import type { Call } from '../call';
import { type HttpReply, type HttpRequest, headerOf } from '../http/message';
import { newRequestId, type World } from '../world';
import type { IdentityCenter } from './identityCenter';

/** GetRoleCredentials of the SSO portal: `GET /federation/credentials`, with the access token in a header; not signed. */
export function portalCall(request: HttpRequest, center: IdentityCenter, world: World): Call {
	const query = new URLSearchParams(request.query);
	return {
		service: 'sso',
		operation: 'GetRoleCredentials',
		region: undefined,
		accessKeyId: undefined,
		parameters: Object.fromEntries(query),
		perform: async () => {
			const token = headerOf(request, 'x-amz-sso_bearer_token') ?? '';
			const account = query.get('account_id');
			const role = query.get('role_name');
			if (account === null || role === null) throw new AwsError('InvalidRequestException', 'Invalid request');
			const key = center.roleCredentials(token, account, role);
			if (key === 'unauthorized') {
				throw new AwsError('UnauthorizedException', 'Session token not found or invalid', 401);
			}
			if (key === 'forbidden') throw new AwsError('ForbiddenException', 'No access', 403);
			const roleCredentials = {
				accessKeyId: key.id,
				secretAccessKey: key.secret,
				sessionToken: key.session.token,
				expiration: key.session.expiration,
			};
			return json(200, { roleCredentials }, {}, world);
		},
		refuse: (error) =>
			json(
				error.status,
				{ message: error.message, __type: `com.amazonaws.switchboard.portal#${error.code}` },
				{ 'x-amzn-errortype': error.code },
				world,
			),
		throttled: () => new AwsError('TooManyRequestsException', 'HTTP 429 Unknown Code', 429),
		broken: () => new AwsError('InternalServerException', 'An internal error has occurred', 500),
	};
}

/** CreateToken of SSO-OIDC with a refresh token: `POST /token`; not signed. */
export function createTokenCall(request: HttpRequest, center: IdentityCenter, world: World): Call {
	const body = readBody(request);
	const text = (name: string) => (typeof body[name] === 'string' ? body[name] : '');
	return {
		service: 'sso-oidc',
		operation: 'CreateToken',
		region: undefined,
		accessKeyId: undefined,
		parameters: { grantType: text('grantType') },
		perform: async () => {
			if (text('grantType') !== 'refresh_token') {
				throw new AwsError('UnsupportedGrantTypeException', 'Unsupported grant type');
			}
			const tokens = center.refresh(text('clientId'), text('clientSecret'), text('refreshToken'));
			if (tokens === 'invalidClient') throw new AwsError('InvalidClientException', 'Invalid client', 401);
			if (tokens === 'invalidGrant') throw new AwsError('InvalidGrantException', 'Invalid refresh token provided');
			return json(200, { ...tokens, tokenType: 'Bearer' }, {}, world);
		},
		refuse: (error) =>
			json(
				error.status,
				{ error: oauthName(error.code), error_description: error.message },
				{ 'x-amzn-errortype': error.code },
				world,
			),
		throttled: () => new AwsError('SlowDownException', 'Too many requests'),
		broken: () => new AwsError('InternalServerException', 'An internal error has occurred', 500),
	};
}

/** `InvalidGrantException` is OAuth's `invalid_grant` (RFC 6749, section 5.2). */
function oauthName(code: string): string {
	return code
		.replace(/Exception$/, '')
		.replace(/(?!^)[A-Z]/g, '_$&')
		.toLowerCase();
}

function readBody(request: HttpRequest): Record<string, unknown> {
	try {
		const body: unknown = JSON.parse(request.body.toString('utf8'));
		return typeof body === 'object' && body !== null ? { ...body } : {};
	} catch {
		return {};
	}
}

function json(status: number, value: unknown, headers: Readonly<Record<string, string>>, world: World): HttpReply {
	return {
		status,
		headers: { 'content-type': 'application/json', 'x-amzn-requestid': newRequestId(world), ...headers },
		body: JSON.stringify(value),
	};
}
