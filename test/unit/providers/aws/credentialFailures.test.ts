import assert from 'node:assert/strict';
import {
	type CredentialWay,
	toCredentialError,
	toProfileError,
} from '../../../../src/providers/aws/credentialFailures';
import { type FailureKind, ProviderError } from '../../../../src/providers/failure';

/** Way, name and message as the SDK throws them (packages of 3.1169.0), and the kind. */
const errors: readonly (readonly [CredentialWay, string, string, FailureKind, string?])[] = [
	[
		'static',
		'CredentialsProviderError',
		'Could not resolve credentials using profile: [x] in configuration/credentials file(s).',
		'credentialsMissing',
	],
	['environment', 'CredentialsProviderError', 'Could not load credentials from any providers', 'credentialsMissing'],
	['environment', 'CredentialsProviderError', 'Unable to find environment variable credentials.', 'credentialsMissing'],
	['service', 'TimeoutError', 'TimeoutError', 'timedOut'],
	['service', 'CredentialsProviderError', 'EC2 Metadata Service access disabled', 'credentialsMissing'],
	[
		'sso',
		'CredentialsProviderError',
		"The SSO session token associated with profile=x was not found or is invalid. To refresh this SSO session run 'aws sso login' with the corresponding profile.",
		'signInExpired',
	],
	[
		'sso',
		'CredentialsProviderError',
		"Token is expired. To refresh this SSO session run 'aws sso login' with the corresponding profile.",
		'signInExpired',
	],
	[
		'sso',
		'CredentialsProviderError',
		"Value not present for 'clientId' in SSO Token. Cannot refresh. To refresh this SSO session run 'aws sso login' with the corresponding profile.",
		'signInExpired',
	],
	[
		'sso',
		'CredentialsProviderError',
		'The SSO session associated with this profile is invalid. To refresh this SSO session run aws sso login with the corresponding profile.',
		'signInExpired',
	],
	[
		'sso',
		'CredentialsProviderError',
		'The SSO session associated with this profile has expired. To refresh this SSO session run aws sso login with the corresponding profile.',
		'signInExpired',
	],
	[
		'sso',
		'CredentialsProviderError',
		'UnauthorizedException: Session token not found or invalid',
		'signInExpired',
		'UnauthorizedException',
	],
	['sso', 'CredentialsProviderError', 'ForbiddenException: No access', 'roleRefused', 'ForbiddenException'],
	[
		'sso',
		'CredentialsProviderError',
		'ResourceNotFoundException: Account not found',
		'roleRefused',
		'ResourceNotFoundException',
	],
	[
		'sso',
		'CredentialsProviderError',
		'TooManyRequestsException: HTTP 429 Unknown Code',
		'throttled',
		'TooManyRequestsException',
	],
	[
		'sso',
		'CredentialsProviderError',
		'Error: getaddrinfo ENOTFOUND portal.sso.eu-west-9.amazonaws.com',
		'unreachable',
		'ENOTFOUND',
	],
	['sso', 'CredentialsProviderError', 'TimeoutError: socket hang up', 'unreachable', 'ECONNRESET'],
	[
		'sso',
		'CredentialsProviderError',
		'TimeoutError: a request has exceeded the configured 15000 ms requestTimeout.',
		'timedOut',
	],
	[
		'sso',
		'CredentialsProviderError',
		'Error: unable to verify: UNABLE_TO_VERIFY_LEAF_SIGNATURE',
		'tlsUntrusted',
		'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
	],
	[
		'role',
		'CredentialsProviderError',
		'Profile x requires multi-factor authentication, but no MFA code callback was provided.',
		'mfaRejected',
	],
	[
		'role',
		'CredentialsProviderError',
		'Detected a cycle attempting to resolve credentials for profile x. Profiles visited: a, b',
		'configuration',
	],
	[
		'role',
		'AccessDenied',
		'User: arn:aws:iam::1:user/x is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::1:role/r',
		'roleRefused',
		'AccessDenied',
	],
	[
		'role',
		'ValidationError',
		"1 validation error detected: Value 'x' at 'roleArn' failed to satisfy constraint",
		'roleRefused',
		'ValidationError',
	],
	[
		'role',
		'ExpiredTokenException',
		'The security token included in the request is expired',
		'signInExpired',
		'ExpiredTokenException',
	],
	['role', 'ExpiredToken', 'The security token included in the request is expired', 'signInExpired', 'ExpiredToken'],
	[
		'role',
		'RegionDisabledException',
		'STS is not activated in this region',
		'regionNotEnabled',
		'RegionDisabledException',
	],
	[
		'role',
		'InvalidClientTokenId',
		'The security token included in the request is invalid.',
		'credentialsRejected',
		'InvalidClientTokenId',
	],
	[
		'role',
		'SignatureDoesNotMatch',
		'The request signature we calculated does not match',
		'credentialsRejected',
		'SignatureDoesNotMatch',
	],
	[
		'role',
		'MissingAuthenticationToken',
		'Request is missing Authentication Token',
		'credentialsRejected',
		'MissingAuthenticationToken',
	],
	['role', 'IncompleteSignature', 'x', 'credentialsRejected', 'IncompleteSignature'],
	['role', 'RequestExpired', 'Request has expired.', 'clockSkew', 'RequestExpired'],
	['role', 'PackedPolicyTooLargeException', 'x', 'roleRefused', 'PackedPolicyTooLargeException'],
	['role', 'MalformedPolicyDocumentException', 'x', 'roleRefused', 'MalformedPolicyDocumentException'],
	['role', 'Throttling', 'Rate exceeded', 'throttled', 'Throttling'],
	['role', 'InternalFailure', 'x', 'serverError', 'InternalFailure'],
	['role', 'ServiceUnavailable', 'x', 'serverError', 'ServiceUnavailable'],
	['role', 'CredentialsProviderError', 'Invalid response from STS.assumeRole call with role r', 'notTheService'],
	['role', 'Error', 'Region is missing', 'configuration'],
	['role', 'Error', 'Region not accepted: region="x" is not a valid hostname component.', 'configuration'],
	['webIdentity', 'InvalidIdentityTokenException', 'x', 'credentialsRejected', 'InvalidIdentityTokenException'],
	['webIdentity', 'IDPRejectedClaimException', 'x', 'roleRefused', 'IDPRejectedClaimException'],
	['webIdentity', 'IDPCommunicationErrorException', 'x', 'serverError', 'IDPCommunicationErrorException'],
	['webIdentity', 'CredentialsProviderError', 'Web identity configuration not specified', 'roleRefused'],
	['process', 'CredentialsProviderError', 'Command failed: tool --password hunter2', 'processFailed'],
	['process', 'CredentialsProviderError', 'Profile x credential_process returned invalid JSON.', 'processFailed'],
	[
		'process',
		'CredentialsProviderError',
		'Profile x credential_process returned expired credentials.',
		'processFailed',
	],
	['process', 'CredentialsProviderError', 'Error: connect ECONNREFUSED', 'processFailed'],
	['process', 'TimeoutError', 'The operation was aborted due to timeout', 'processFailed'],
	[
		'login',
		'CredentialsProviderError',
		'Failed to load token from /home/x/.aws/login/cache/0a.json: Error: ENOENT: no such file or directory',
		'signInExpired',
	],
	['login', 'CredentialsProviderError', 'Your session has expired. Please reauthenticate.', 'signInExpired'],
	[
		'login',
		'CredentialsProviderError',
		'Unable to refresh credentials because of a change in your password. Please reauthenticate with your new password.',
		'signInExpired',
	],
	[
		'login',
		'CredentialsProviderError',
		"Unable to refresh credentials due to insufficient permissions. You may be missing permission for the 'CreateOAuth2Token' action.",
		'notPermitted',
	],
	[
		'login',
		'CredentialsProviderError',
		'Failed to refresh token: Error: getaddrinfo EAI_AGAIN signin.aws. Please re-authenticate using aws login',
		'unreachable',
		'EAI_AGAIN',
	],
	['login', 'CredentialsProviderError', 'Token validation failed, missing fields: dpopKey', 'signInExpired'],
];

const retryable: readonly FailureKind[] = ['throttled', 'serverError', 'timedOut', 'unreachable', 'notTheService'];

describe('What keeps a profile from its credentials', () => {
	for (const [way, name, message, kind, code] of errors) {
		it(`${way}: ${name}, ${message.slice(0, 60)}: ${kind}`, () => {
			const { failure, cause } = toCredentialError(Object.assign(new Error(message), { name }), way);
			assert.deepEqual([failure.kind, failure.code], [kind, code]);
			assert.equal(failure.outcomeUnknown, false);
			assert.equal(failure.retryable, retryable.includes(kind));
			assert.equal(failure.action, kind === 'notPermitted' ? 'signin:CreateOAuth2Token' : undefined);
			assert.equal(cause, undefined);
			assert.doesNotMatch(JSON.stringify(failure), /hunter2/);
		});
	}

	it('is an MFA code that was refused only where one was sent', () => {
		const error = Object.assign(new Error('MultiFactorAuthentication failed with invalid MFA one time pass code. '), {
			name: 'AccessDenied',
		});
		assert.equal(toCredentialError(error, 'role', true).failure.kind, 'mfaRejected');
		assert.equal(toCredentialError(error, 'role').failure.kind, 'roleRefused');
		const malformed = Object.assign(new Error("1 validation error detected: Value 'x' at 'tokenCode' failed"), {
			name: 'ValidationError',
		});
		assert.equal(toCredentialError(malformed, 'role', true).failure.kind, 'mfaRejected');
	});

	it('is the way itself where nothing else is known', () => {
		const kinds = (['static', 'environment', 'service', 'role', 'webIdentity', 'process', 'sso', 'login'] as const).map(
			(way) => toCredentialError(new Error('?'), way).failure.kind,
		);
		assert.deepEqual(kinds, [
			...Array<string>(3).fill('credentialsMissing'),
			...['roleRefused', 'roleRefused', 'processFailed', 'signInExpired', 'signInExpired'],
		]);
	});

	it('passes on as it is when it is a failure already', () => {
		const error = new ProviderError({ kind: 'cancelled', retryable: true, outcomeUnknown: false });
		assert.equal(toCredentialError(error, 'role'), error);
	});

	it('may be the profile itself', () => {
		assert.equal(toProfileError('nothingUsable').failure.kind, 'credentialsMissing');
		for (const problem of ['cycle', 'sourceMissing', 'nameNotSupported'] as const) {
			const { failure } = toProfileError(problem);
			assert.deepEqual([failure.kind, failure.code], ['configuration', problem]);
			assert.ok(failure.detail);
		}
	});
});
