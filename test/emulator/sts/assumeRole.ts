import type { Account } from '../accounts/account';
import type { Accounts } from '../accounts/accounts';
import type { AccessKey, Principal } from '../accounts/credentials';
import type { Role } from '../accounts/roles';
import { AwsError } from '../awsError';
import type { QueryParameters } from '../query';
import { isoSeconds } from '../world';
import { element, type Xml } from '../xml';
import { durationSeconds, validated } from './parameters';

const arnPattern = /^arn:aws:iam::\d{12}:role\/[\w+=,.@/-]+$/;
const sessionNamePattern = /^[\w+=,.@-]{2,64}$/;

/** AssumeRole: temporary credentials of a role, if its trust policy lets the caller have them.
 * @throws {AwsError} AccessDenied, ValidationError */
export function assumeRole(parameters: QueryParameters, caller: AccessKey, accounts: Accounts): readonly Xml[] {
	const arn = validated(parameters, 'RoleArn', arnPattern);
	const sessionName = validated(parameters, 'RoleSessionName', sessionNamePattern);
	const hasMfa = checkMfa(parameters, caller.principal, accounts);
	const role = accounts.role(arn);
	if (role === undefined || !trusts(role, caller.principal, parameters.get('ExternalId'), hasMfa)) {
		throw new AwsError(
			'AccessDenied',
			`User: ${caller.principal.arn} is not authorized to perform: sts:AssumeRole on resource: ${arn}`,
			403,
		);
	}
	// A role that is assumed from a role has its session for an hour at the most.
	const longest = Math.min(role.maxSessionSeconds ?? 3600, caller.session === undefined ? 43_200 : 3600);
	return startSession(accounts.get(role.account), role, sessionName, durationSeconds(parameters, longest));
}

/** AssumeRoleWithWebIdentity: temporary credentials of a role for a token of an identity provider; the request is not signed.
 * @throws {AwsError} AccessDenied, InvalidIdentityToken, ExpiredTokenException, ValidationError */
export function assumeRoleWithWebIdentity(
	parameters: QueryParameters,
	accounts: Accounts,
	now: number,
): readonly Xml[] {
	const arn = validated(parameters, 'RoleArn', arnPattern);
	const sessionName = validated(parameters, 'RoleSessionName', sessionNamePattern);
	const token = validated(parameters, 'WebIdentityToken', /^[\s\S]{4,20000}$/);
	const role = accounts.role(arn);
	if (role?.webIdentityTokens === undefined) {
		throw new AwsError('AccessDenied', 'Not authorized to perform sts:AssumeRoleWithWebIdentity', 403);
	}
	if (!role.webIdentityTokens.includes(token)) {
		throw new AwsError(
			'InvalidIdentityToken',
			'The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)',
		);
	}
	const { exp, sub, aud, iss } = claimsOf(token);
	if (typeof exp === 'number' && exp * 1000 <= now) {
		throw new AwsError(
			'ExpiredTokenException',
			`Token expired: current date/time ${Math.floor(now / 1000)} must be before the expiration date/time ${exp}`,
		);
	}
	const seconds = durationSeconds(parameters, role.maxSessionSeconds ?? 3600);
	return [
		...startSession(accounts.get(role.account), role, sessionName, seconds),
		element('SubjectFromWebIdentityToken', String(sub ?? sessionName)),
		element('Audience', String(aud ?? 'sts.amazonaws.com')),
		element('Provider', String(iss ?? 'accounts.example.com')),
	];
}

function trusts(role: Role, caller: Principal, externalId: string | undefined, hasMfa: boolean): boolean {
	if (caller.deniedActions.has('sts:AssumeRole')) return false;
	if (role.trusts !== undefined && !role.trusts.includes(caller.arn)) return false;
	if (role.externalId !== undefined && role.externalId !== externalId) return false;
	return hasMfa || role.requiresMfa !== true;
}

/** Whether the request has a valid MFA code of the caller's own device. */
function checkMfa(parameters: QueryParameters, caller: Principal, accounts: Accounts): boolean {
	const serial = parameters.get('SerialNumber');
	const code = parameters.get('TokenCode');
	if (serial === undefined && code === undefined) return false;
	if (serial === undefined || code === undefined) {
		throw mfaFailed(', must provide both MFA serial number and one time pass code. ');
	}
	validated(parameters, 'TokenCode', /^\d{6}$/);
	const device = accounts.get(caller.account)?.mfaDevice(serial);
	if (device === undefined || !caller.arn.endsWith(`:user/${device.user}`)) {
		throw mfaFailed(
			', unable to validate MFA code.  Please verify your MFA serial number is valid and associated with this user.',
		);
	}
	if (device.code !== code) throw mfaFailed(' with invalid MFA one time pass code. ');
	return true;
}

function mfaFailed(reason: string): AwsError {
	return new AwsError('AccessDenied', `MultiFactorAuthentication failed${reason}`, 403);
}

function startSession(account: Account | undefined, role: Role, name: string, seconds: number): Xml[] {
	if (account === undefined) throw new Error(`Role ${role.arn} has no account`);
	const { id, secret, session, principal } = account.startSession(role, name, seconds);
	return [
		element('AssumedRoleUser', element('AssumedRoleId', principal.userId), element('Arn', principal.arn)),
		element(
			'Credentials',
			element('AccessKeyId', id),
			element('SecretAccessKey', secret),
			element('SessionToken', session.token),
			element('Expiration', isoSeconds(session.expiration)),
		),
	];
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
