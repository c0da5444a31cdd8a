import type { Service } from '../../domain/target';
import { type FailureKind, isProviderError, ProviderError, retryableKinds } from '../failure';
import { type ErrorShape, readError } from './errorShape';
import { networkKind, neverSent } from './networkFailures';
import { cleanDetail } from './redact';

/** What is known about a call that failed. */
export interface CallContext {
	readonly service: Service;
	readonly profile: string;
	readonly region?: string;
	/** The API operation. */
	readonly operation: string;
	/** Whether a change was asked for and may have reached the service. */
	readonly changing: boolean;
	/** Whether the credentials were temporary ones. */
	readonly temporary: boolean;
	/** Whether the account has enabled the region, as far as DescribeRegions said so. */
	readonly regionEnabled?: boolean;
	readonly signal: AbortSignal;
}

/** Codes of EC2 and of AWS's front ends ("Error codes for the Amazon EC2 API"). Codes that mean several things stand in
 * `kindOf`. */
const kinds: Readonly<Record<string, FailureKind>> = {
	'InvalidKeyPair.Duplicate': 'nameTaken',
	'InvalidKey.Format': 'keyInvalid',
	'InvalidKeyPair.Format': 'keyInvalid',
	'InvalidKeyPair.NotFound': 'notFound',
	KeyPairLimitExceeded: 'pairLimit',
	ResourceLimitExceeded: 'pairLimit',
	TagLimitExceeded: 'tagLimit',
	'InvalidTagKey.Malformed': 'tagsInvalid',
	ConcurrentTagAccess: 'throttled',
	MissingParameter: 'badRequest',
	UnknownParameter: 'badRequest',
	InvalidParameter: 'badRequest',
	InvalidParameterCombination: 'badRequest',
	ValidationError: 'badRequest',
	InvalidCharacter: 'badRequest',
	MalformedQueryString: 'badRequest',
	InvalidQueryParameter: 'badRequest',
	MissingAction: 'badRequest',
	InvalidAction: 'badRequest',
	NoSuchVersion: 'badRequest',
	UnsupportedProtocol: 'badRequest',
	RequestEntityTooLarge: 'badRequest',
	UnsupportedOperation: 'unsupported',
	Unsupported: 'unsupported',
	UnauthorizedOperation: 'notPermitted',
	AccessDenied: 'notPermitted',
	AccessDeniedException: 'notPermitted',
	OptInRequired: 'accountState',
	PendingVerification: 'accountState',
	Blocked: 'accountState',
	InvalidClientTokenId: 'credentialsRejected',
	UnrecognizedClientException: 'credentialsRejected',
	MissingAuthenticationToken: 'credentialsRejected',
	IncompleteSignature: 'credentialsRejected',
	SignatureDoesNotMatch: 'credentialsRejected',
	InvalidSignatureException: 'credentialsRejected',
	ExpiredToken: 'signInExpired',
	ExpiredTokenException: 'signInExpired',
	RequestInTheFuture: 'clockSkew',
	RequestTimeTooSkewed: 'clockSkew',
	RequestLimitExceeded: 'throttled',
	Throttling: 'throttled',
	ThrottlingException: 'throttled',
	RequestThrottled: 'throttled',
	RequestThrottledException: 'throttled',
	ThrottledException: 'throttled',
	EC2ThrottledException: 'throttled',
	TooManyRequestsException: 'throttled',
	SlowDown: 'throttled',
	InternalError: 'serverError',
	InternalFailure: 'serverError',
	ServiceUnavailable: 'serverError',
	Unavailable: 'serverError',
	RegionDisabledException: 'regionNotEnabled',
};

/** Failures after which a change may have been made all the same. */
const doubtfulKinds: ReadonlySet<FailureKind> = new Set<FailureKind>([
	'serverError',
	'timedOut',
	'unreachable',
	'notTheService',
	'cancelled',
	'unknown',
]);

/** The error as a ProviderError. Neither the error itself nor its raw text goes along: both may hold credentials. */
export function toProviderError(error: unknown, context: CallContext): ProviderError {
	const place = {
		service: context.service,
		profile: context.profile,
		...(context.region === undefined ? {} : { region: context.region }),
		operation: context.operation,
	};
	if (isProviderError(error)) {
		return new ProviderError({ ...place, ...error.failure });
	}
	const shape = readError(error);
	const kind = kindOf(shape, context);
	const code = codeOf(shape);
	const action = kind === 'notPermitted' ? missingAction(shape, context) : undefined;
	const detail = cleanDetail(shape.message);
	return new ProviderError({
		...place,
		kind,
		...(code === undefined ? {} : { code }),
		...(shape.httpStatus === undefined ? {} : { httpStatus: shape.httpStatus }),
		...(shape.requestId === undefined ? {} : { requestId: shape.requestId }),
		...(action === undefined ? {} : { action }),
		...(detail === undefined ? {} : { detail }),
		retryable: retryableKinds.has(kind),
		outcomeUnknown: context.changing && doubtfulKinds.has(kind) && !neverSent(shape),
	});
}

/** The service answered with something that is not its own: the SDK takes any HTML with status 200 for an empty
 * answer. */
export class ForeignAnswer extends Error {
	override readonly name = 'ForeignAnswer';
}

/** Whether a change was certainly not made and may be asked for again: it was refused for its rate, or for a time that
 * the SDK has corrected since. */
export function mayRepeat(error: unknown): boolean {
	const { name, httpStatus, clockSkewCorrected } = readError(error);
	return knownKind(name) === 'throttled' || httpStatus === 429 || clockSkewCorrected;
}

function kindOf(error: ErrorShape, context: CallContext): FailureKind {
	const answered = error.httpStatus !== undefined;
	if (!answered && (error.name === 'AbortError' || context.signal.aborted)) {
		return isTimeout(context.signal.reason) ? 'timedOut' : 'cancelled';
	}
	const known = knownKind(error.name);
	if (known) {
		return known;
	}
	switch (error.name) {
		case 'InvalidParameterValue':
			return parameterKind(error.message);
		case 'AuthFailure':
			return context.regionEnabled === false ? 'regionNotEnabled' : 'credentialsRejected';
		case 'RequestExpired':
			return context.temporary ? 'signInExpired' : 'clockSkew';
		case 'ForeignAnswer':
			return 'notTheService';
		case 'EndpointError':
			// FIPS or dual stack where the partition or a configured endpoint does not go with it.
			return 'configuration';
	}
	return networkKind(error) ?? (isRegionRefused(error) ? 'configuration' : statusKind(error));
}

function knownKind(name: string): FailureKind | undefined {
	return Object.hasOwn(kinds, name) ? kinds[name] : undefined;
}

/** The SDK itself refuses a region that can't be part of a host name, by a plain Error. */
function isRegionRefused({ message }: ErrorShape): boolean {
	return message.startsWith('Region not accepted') || message.startsWith('Region is missing');
}

/** Which argument it was stands only in the text: `Value (…) for parameter KeyName is invalid. …`. */
function parameterKind(message: string): FailureKind {
	switch (/for parameter (\w+) is invalid/i.exec(message)?.[1]?.toLowerCase()) {
		case 'publickeymaterial':
			return /length/i.test(message) ? 'keyTooLong' : 'keyInvalid';
		case 'keyname':
			return 'nameInvalid';
		default:
			return /\btags?\b/i.test(message) ? 'tagsInvalid' : 'badRequest';
	}
}

function statusKind({ httpStatus, name }: ErrorShape): FailureKind {
	if (httpStatus === undefined) {
		return 'unknown';
	}
	if (httpStatus === 429) {
		return 'throttled';
	}
	if (httpStatus >= 500) {
		return 'serverError';
	}
	// EC2 gives every refusal a code of its own; the SDK makes these up for an answer without one.
	return httpStatus < 400 || name === 'Unknown' || name === 'NotFound' ? 'notTheService' : 'unknown';
}

/** Names that neither the service nor the system gave. */
const madeUpNames: ReadonlySet<string> = new Set([
	'',
	'Error',
	'Unknown',
	'NotFound',
	'AbortError',
	'TimeoutError',
	'EndpointError',
	'ForeignAnswer',
]);

function codeOf({ name, systemCode }: ErrorShape): string | undefined {
	if (systemCode !== undefined) {
		return systemCode;
	}
	return madeUpNames.has(name) ? undefined : name;
}

/** EC2 names the action in its sentence only where it is another than the operation, such as CreateTags during an
 * import. */
function missingAction({ message }: ErrorShape, { service, operation }: CallContext): string {
	return /perform: ([a-z0-9-]+:\w+)/.exec(message)?.[1] ?? `${service}:${operation}`;
}

function isTimeout(reason: unknown): boolean {
	return reason instanceof Error && reason.name === 'TimeoutError';
}
