import type { ProfileProblem } from '../../../domain/profile';
import { type FailureKind, isProviderError, ProviderError, type ProviderFailure, retryableKinds } from '../../failure';
import { asCode, asRequestId } from '../../identifiers';
import { networkKind } from '../../networkCodes';
import { cleanDetail } from '../../redact';
import { type CredentialPlan, type PlanProblem, secretsOf } from '../configuration/credentialPlan';
import { type ErrorShape, readError } from '../errorShape';

/** How the credentials were to be had. */
type CredentialWay = CredentialPlan['via'];

/** Codes of STS (AssumeRole, AssumeRoleWithOIDC), of CloudSSO and of OAuth, or how they begin; the first match counts. */
const codes: readonly (readonly [RegExp, FailureKind])[] = [
	[
		/^(?:InvalidSecurityToken\.Expired|SecurityTokenExpired|InvalidAccessToken|invalid_grant|invalid_token)/,
		'signInExpired',
	],
	[/^AuthenticationFail\..*Expired/, 'signInExpired'],
	[/^(?:InvalidAccessKeyId|SignatureDoesNotMatch|IncompleteSignature)/, 'credentialsRejected'],
	[/^(?:InvalidSecurityToken|MissingSecurityToken)/, 'credentialsRejected'],
	[/^(?:InvalidTimeStamp|IllegalTimestamp)/, 'clockSkew'],
	[/Throttling/, 'throttled'],
	[/^(?:InternalError|ServiceUnavailable|SignatureNonceUsed)/, 'serverError'],
	[/^(?:NoPermission|Forbidden|EntityNotExist|InvalidParameter|MissingParameter)/, 'roleRefused'],
	[/^AuthenticationFail\.NoPermission/, 'roleRefused'],
	[/^AuthenticationFail/, 'credentialsRejected'],
];

/** What it means when a way fails without any hint why. */
const byDefault: { readonly [W in CredentialWay]: FailureKind } = {
	key: 'credentialsMissing',
	role: 'roleRefused',
	oidc: 'roleRefused',
	instanceRole: 'credentialsMissing',
	uri: 'credentialsMissing',
	process: 'processFailed',
	cloudSso: 'signInExpired',
	oauth: 'signInExpired',
};

/** Names of errors that mean that nothing came in time. */
const timeouts: ReadonlySet<string> = new Set(['TimeoutError', 'AbortError', 'RequestTimeoutError']);

/** An error met on the way to credentials, as a ProviderError; nothing has been changed by then. Neither the error nor its text goes along: the library
 * quotes what servers answer, and the network's errors the request with its keys. */
export function toCredentialError(error: unknown, plan: CredentialPlan): ProviderError {
	if (isProviderError(error)) {
		return error;
	}
	const { via: way } = plan;
	const shape = readError(error);
	const { systemCode, retryAfterMs } = shape;
	const requestId = asRequestId(shape.requestId);
	const httpStatus = shape.httpStatus || undefined;
	if (way === 'uri' || way === 'instanceRole') {
		// Whoever answers there may say anything; without it there are no credentials.
		return credentialError('credentialsMissing', {
			...(systemCode === undefined ? {} : { code: systemCode }),
			...(httpStatus === undefined ? {} : { httpStatus }),
			detail: noCredentials[way],
		});
	}
	const kind = kindOf(shape, way);
	const code = asCode(systemCode ?? shape.code);
	// In the sentence on a wrong signature stands what was signed, with the key.
	const detail =
		kind === 'roleRefused' && httpStatus !== undefined
			? cleanDetail(without(shape.message, secretsOf(plan)))
			: undefined;
	return credentialError(kind, {
		...(code === undefined ? {} : { code }),
		...(httpStatus === undefined ? {} : { httpStatus }),
		...(requestId === undefined ? {} : { requestId }),
		...(retryAfterMs === undefined ? {} : { retryAfterMs }),
		...(detail === undefined ? {} : { detail }),
	});
}

const noCredentials = {
	uri: 'the credentials URI gave no credentials',
	instanceRole: 'this machine has no RAM role that gives credentials',
};

/** A failure on the way to credentials. */
export function credentialError(
	kind: FailureKind,
	more: Pick<ProviderFailure, 'code' | 'httpStatus' | 'requestId' | 'retryAfterMs' | 'detail' | 'file'> = {},
): ProviderError {
	return new ProviderError({ kind, ...more, retryable: retryableKinds.has(kind), outcomeUnknown: false });
}

/** What keeps a profile from having credentials at all; `file` defines it. */
export function toProfileError({ problem, mode = '' }: PlanProblem, file?: string): ProviderError {
	return credentialError(problem === 'nothingUsable' ? 'credentialsMissing' : 'configuration', {
		code: problem,
		...(file === undefined ? {} : { file }),
		...(problem === 'nothingUsable' ? {} : { detail: problemSentences[problem](mode) }),
	});
}

const problemSentences: { readonly [P in Exclude<ProfileProblem, 'nothingUsable'>]: (mode: string) => string } = {
	cycle: () => 'source_profile leads back to the profile itself',
	sourceMissing: () => 'source_profile names a profile that is not there',
	modeNotSupported: (mode) => `mode ${cleanDetail(mode.slice(0, 40)) ?? ''} is not supported`,
	nameNotSupported: () => 'the name of the profile is not supported',
};

function without(text: string, secrets: readonly string[]): string {
	return secrets.reduce((rest, secret) => rest.replaceAll(secret, '…'), text);
}

function kindOf({ name, code, systemCode, httpStatus = 0 }: ErrorShape, way: CredentialWay): FailureKind {
	if (systemCode === 'ENOENT' || systemCode === 'EACCES') {
		// The file of an OpenID Connect token.
		return 'credentialsMissing';
	}
	if (systemCode === 'ERR_INVALID_URL') {
		return 'configuration';
	}
	if (timeouts.has(name)) {
		return 'timedOut';
	}
	return (
		(systemCode === undefined ? undefined : networkKind(systemCode)) ??
		(code === undefined ? undefined : codes.find(([pattern]) => pattern.test(code))?.[1]) ??
		answerKind(name, httpStatus) ??
		byDefault[way]
	);
}

/** What an answer with no code that is known tells. */
function answerKind(name: string, httpStatus: number): FailureKind | undefined {
	if (httpStatus >= 500) {
		return 'serverError';
	}
	return name === 'SyntaxError' || name === 'ForeignAnswer' ? 'notTheService' : undefined;
}
