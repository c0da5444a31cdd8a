import type { ProfileProblem } from '../../domain/profile';
import { type FailureKind, isProviderError, ProviderError, retryableKinds } from '../failure';
import { asCode, asRequestId } from '../identifiers';
import { systemCodeIn } from '../networkCodes';
import { cleanDetail } from '../redact';
import { type ErrorShape, readError } from './errorShape';
import { networkKind } from './networkFailures';

/** How the credentials were to be had. */
export type CredentialWay = 'static' | 'environment' | 'service' | 'role' | 'webIdentity' | 'process' | 'sso' | 'login';

/** Codes of STS (AssumeRole, AssumeRoleWithWebIdentity) and of the sign-in services. */
const codes: Readonly<Record<string, FailureKind>> = {
	AccessDenied: 'roleRefused',
	AccessDeniedException: 'roleRefused',
	ValidationError: 'roleRefused',
	MalformedPolicyDocumentException: 'roleRefused',
	PackedPolicyTooLargeException: 'roleRefused',
	IDPRejectedClaimException: 'roleRefused',
	InvalidIdentityTokenException: 'credentialsRejected',
	IDPCommunicationErrorException: 'serverError',
	ExpiredToken: 'signInExpired',
	ExpiredTokenException: 'signInExpired',
	UnauthorizedException: 'signInExpired',
	ForbiddenException: 'roleRefused',
	ResourceNotFoundException: 'roleRefused',
	TooManyRequestsException: 'throttled',
	TooManyRequestsError: 'throttled',
	Throttling: 'throttled',
	ThrottlingException: 'throttled',
	RegionDisabledException: 'regionNotEnabled',
	InvalidClientTokenId: 'credentialsRejected',
	UnrecognizedClientException: 'credentialsRejected',
	SignatureDoesNotMatch: 'credentialsRejected',
	IncompleteSignature: 'credentialsRejected',
	MissingAuthenticationToken: 'credentialsRejected',
	RequestExpired: 'clockSkew',
	InternalFailure: 'serverError',
	InternalServerException: 'serverError',
	ServiceUnavailable: 'serverError',
	/** The token file of a web identity. */
	ENOENT: 'credentialsMissing',
	EACCES: 'credentialsMissing',
};

/** Sentences of the SDK, which gives no codes (packages credential-provider-*, token-providers, core/config; see
 * `test/unit/providers/aws`). The first match counts. */
const sentences: readonly (readonly [RegExp, FailureKind])[] = [
	[/^Could not resolve credentials using profile/, 'credentialsMissing'],
	[/^Could not load credentials from any providers/, 'credentialsMissing'],
	[/^Unable to find environment variable credentials/, 'credentialsMissing'],
	[/requires multi-factor authentication, but no MFA code/, 'mfaRejected'],
	[/^Detected a cycle attempting to resolve credentials/, 'configuration'],
	[/credential_process|^Command failed/, 'processFailed'],
	[/INSUFFICIENT_PERMISSIONS|insufficient permissions/, 'notPermitted'],
	[/SSO session|SSO Token|Token is expired|aws sso login/, 'signInExpired'],
	[/Failed to load (?:a )?token|[Rr]e-?authenticate|aws login|Dpop proof/, 'signInExpired'],
	[/^Invalid response from STS|^SSO returns an invalid/, 'notTheService'],
	[/^Region is missing|^Region not accepted/, 'configuration'],
];

/** What it means when a way fails without any hint why. */
const byDefault: { readonly [W in CredentialWay]: FailureKind } = {
	static: 'credentialsMissing',
	environment: 'credentialsMissing',
	service: 'credentialsMissing',
	role: 'roleRefused',
	webIdentity: 'roleRefused',
	process: 'processFailed',
	sso: 'signInExpired',
	login: 'signInExpired',
};

/** An error met on the way to credentials, as a ProviderError; nothing has been changed by then. Neither the error nor
 * its raw text goes along. */
export function toCredentialError(error: unknown, way: CredentialWay, mfa = false): ProviderError {
	if (isProviderError(error)) {
		return error;
	}
	const shape = readError(error);
	// The SSO provider keeps the original error's name and code only as text: `UnauthorizedException: …`.
	const wrapped = /^(?:Error: )?([A-Za-z]+(?:Exception|Error)): /.exec(shape.message)?.[1];
	const name = shape.name === 'CredentialsProviderError' && wrapped ? wrapped : shape.name;
	const systemCode = shape.systemCode ?? systemCodeIn(shape.message);
	const seen = { ...shape, name, ...(systemCode === undefined ? {} : { systemCode }) };
	const kind =
		mfa && /MFA|MultiFactor|tokenCode/i.test(shape.message)
			? 'mfaRejected'
			: way === 'process'
				? 'processFailed'
				: kindOf(seen, way);
	// What a credential_process says, and how it is called, is not for others' eyes.
	const detail = way === 'process' ? processDetail(shape) : cleanDetail(shape.message);
	const code = asCode(way === 'process' ? undefined : systemCode) ?? (Object.hasOwn(codes, name) ? name : undefined);
	const requestId = asRequestId(shape.requestId);
	return new ProviderError({
		kind,
		...(code === undefined ? {} : { code }),
		...(shape.httpStatus === undefined ? {} : { httpStatus: shape.httpStatus }),
		...(requestId === undefined ? {} : { requestId }),
		...(kind === 'notPermitted' ? { action: 'signin:CreateOAuth2Token' } : {}),
		...(detail === undefined ? {} : { detail }),
		retryable: retryableKinds.has(kind),
		outcomeUnknown: false,
	});
}

/** What keeps a profile from having credentials at all. */
export function toProfileError(problem: ProfileProblem): ProviderError {
	return new ProviderError({
		kind: problem === 'nothingUsable' ? 'credentialsMissing' : 'configuration',
		code: problem,
		...(problem === 'nothingUsable' ? {} : { detail: problemSentences[problem] }),
		retryable: false,
		outcomeUnknown: false,
	});
}

const problemSentences: { readonly [P in Exclude<ProfileProblem, 'nothingUsable'>]: string } = {
	cycle: 'source_profile leads back to the profile itself',
	sourceMissing: 'source_profile names a profile that is not there',
	modeNotSupported: 'this way to credentials is not supported',
	nameNotSupported: 'the name of the profile has characters that AWS SDKs do not accept',
};

function kindOf(error: ErrorShape, way: CredentialWay): FailureKind {
	const known = [error.name, error.systemCode ?? ''].find((code) => Object.hasOwn(codes, code));
	return (
		networkKind(error) ??
		(known === undefined ? undefined : codes[known]) ??
		sentences.find(([pattern]) => pattern.test(error.message))?.[1] ??
		statusKind(error) ??
		byDefault[way]
	);
}

/** An answer without a code that is known: from the service when it fails itself, from a proxy or a portal otherwise. */
function statusKind({ name, httpStatus = 0 }: ErrorShape): FailureKind | undefined {
	if (httpStatus >= 500) {
		return 'serverError';
	}
	return httpStatus > 0 && (name === 'Unknown' || name === 'NotFound') ? 'notTheService' : undefined;
}

function processDetail({ name, message }: ErrorShape): string | undefined {
	return name === 'TimeoutError'
		? 'credential_process did not end in time'
		: /credential_process (?:returned|did not return) [\w ]+/.exec(message)?.[0];
}
