import { AlibabaError } from '../alibabaError';
import type { UnsignedOperation } from '../operation';
import { required } from '../parameters';
import { readDuration, readPolicy, readRoleArn, readSessionName } from './parameters';
import { assumedRoleJson, startSession } from './session';

/** AssumeRoleWithOIDC: temporary credentials of a role for a token of an identity provider; the request is not signed.
 * Codes, messages and statuses: STS error codes. */
export const assumeRoleWithOidc: UnsignedOperation = (parameters, cloud) => {
	const arn = readRoleArn(parameters);
	const providerArn = required(parameters, 'OIDCProviderArn');
	const sessionName = readSessionName(parameters);
	const policy = readPolicy(parameters);
	const token = parameters.get('OIDCToken') ?? '';
	if (token === '') throw refused('OIDCToken.Invalid', 'The OIDCToken can not empty.');
	const role = cloud.accounts.role(arn);
	if (role === undefined) throw new AlibabaError('EntityNotExist.Role', `The role not exists: ${arn}.`, 404);
	if (role.oidc?.providerArn !== providerArn) throw refused('NoPermission', 'There is no permission');
	if (!role.oidc.tokens.includes(token)) {
		throw refused('OIDCToken.Invalid', "The number of Jwt field should be divided into 3 parts with '.' .");
	}
	const { exp, sub, iss, aud } = claimsOf(token);
	if (typeof exp === 'number' && exp * 1000 <= cloud.now()) {
		throw refused('OIDCToken.Expired', 'This JsonWebToken is expired.');
	}
	const seconds = readDuration(parameters, role.maxSessionSeconds);
	return {
		...assumedRoleJson(startSession(cloud.accounts, role, sessionName, seconds, policy)),
		OIDCTokenInfo: { Subject: sub ?? sessionName, Issuer: iss ?? 'https://idp.example.com', ClientIds: aud ?? '' },
	};
};

function refused(what: string, message: string): AlibabaError {
	return new AlibabaError(`AuthenticationFail.${what}`, message, 401);
}

/** The claims of a JSON Web Token (RFC 7519), not verified; none when it is not one. */
function claimsOf(token: string): Record<string, unknown> {
	try {
		const claims: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));
		return typeof claims === 'object' && claims !== null ? { ...claims } : {};
	} catch {
		return {};
	}
}
