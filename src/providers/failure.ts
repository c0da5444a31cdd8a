import type { Service } from '../domain/target';

/** Why a call could not be done, in terms of what the person does next. */
export type FailureKind =
	/** Credentials can't be had: nothing configured, or not loadable. */
	| 'credentialsMissing'
	/** Sign-in (SSO, login) or session token has run out: sign in again. */
	| 'signInExpired'
	/** The service does not know these credentials, or the secret is wrong. */
	| 'credentialsRejected'
	/** The MFA code was refused. */
	| 'mfaRejected'
	/** The role can't be assumed. */
	| 'roleRefused'
	/** A credential_process failed. */
	| 'processFailed'
	/** A configuration file can't be read, or a profile in it can't work. */
	| 'configuration'
	/** The machine's clock is off. */
	| 'clockSkew'
	/** The account may not do this (IAM). `action` names what is missing. */
	| 'notPermitted'
	/** The account is not set up, blocked or being verified. */
	| 'accountState'
	/** The region is not enabled for the account. */
	| 'regionNotEnabled'
	/** The region is being set up for the account: it takes some minutes. */
	| 'regionNotReady'
	/** There is no such region, or it does not have the service. */
	| 'regionUnknown'
	/** A key pair of that name is there. */
	| 'nameTaken'
	| 'nameInvalid'
	| 'keyInvalid'
	| 'keyTooLong'
	| 'tagsInvalid'
	| 'tagLimit'
	| 'pairLimit'
	/** The resource group is not there, or may not be used. */
	| 'resourceGroupInvalid'
	/** The key pair is bound to an instance and can't be deleted. */
	| 'keyPairInUse'
	| 'notFound'
	| 'throttled'
	/** The service took the request and then failed to carry it out (Lightsail's operations). Nothing was done. */
	| 'operationFailed'
	/** The key pair was imported, and then could not be given its tags: they may be added by themselves. `operation`, `code`,
	 * `action` and `detail` are those of the tagging. */
	| 'tagsMissing'
	/** 5xx: it may or may not have been done. */
	| 'serverError'
	/** No answer in time: it may or may not have been done. */
	| 'timedOut'
	/** No connection: DNS, refused, broken. `code` is the system's. */
	| 'unreachable'
	/** The certificate is not trusted. */
	| 'tlsUntrusted'
	/** Something other than the service answered: a proxy, a portal. */
	| 'notTheService'
	/** The service can't do that. */
	| 'unsupported'
	/** The request was malformed: our mistake. */
	| 'badRequest'
	| 'cancelled'
	| 'unknown';

/** Failures that may go away by themselves. */
export const retryableKinds: ReadonlySet<FailureKind> = new Set<FailureKind>([
	'throttled',
	'regionNotReady',
	'serverError',
	'timedOut',
	'unreachable',
	'notTheService',
	'cancelled',
]);

/** Failures after which a change may have been made all the same, provided that it was sent. */
export const doubtfulKinds: ReadonlySet<FailureKind> = new Set<FailureKind>([
	'serverError',
	'timedOut',
	'unreachable',
	'notTheService',
	'cancelled',
	'unknown',
]);

/** Plain data: it crosses the boundary of bundles. Holds no credential, no key material and no raw text of an SDK, save
 * `detail`. */
export interface ProviderFailure {
	readonly kind: FailureKind;
	readonly service?: Service;
	readonly profile?: string;
	readonly region?: string;
	/** The API operation, such as `ImportKeyPair`. */
	readonly operation?: string;
	/** The service's or the system's own code, as it was given. */
	readonly code?: string;
	readonly httpStatus?: number;
	readonly requestId?: string;
	/** Whether the same request may succeed later without any change by the person. */
	readonly retryable: boolean;
	/** How long the service asks to wait before the next attempt, in milliseconds, where it says so (`Retry-After`, `x-acs-retry-after`). */
	readonly retryAfterMs?: number;
	/** Whether the change may have been made although the call failed. */
	readonly outcomeUnknown: boolean;
	/** The IAM action that is missing, such as `ec2:ImportKeyPair`. */
	readonly action?: string;
	/** For kind `configuration`: the file (absolute path) and the zero-based line in it that is wrong. */
	readonly file?: string;
	readonly line?: number;
	/** The service's own sentence, cleaned: one line, no key material, no credentials, no URLs with queries; at most 300
	 * characters. */
	readonly detail?: string;
}

/** The only error that crosses the provider boundary. Recognise it with `isProviderError`: `instanceof` fails across
 * bundles. */
export class ProviderError extends Error {
	override readonly name = 'ProviderError';
	constructor(
		readonly failure: ProviderFailure,
		options?: ErrorOptions,
	) {
		super(`${failure.kind}${failure.code === undefined ? '' : ` (${failure.code})`}`, options);
	}
}

/** Whether the value is a ProviderError, made in this bundle or another. */
export function isProviderError(value: unknown): value is ProviderError {
	return value instanceof Error && value.name === 'ProviderError' && 'failure' in value;
}

/** The failure of a ProviderError. Throws anything else: that is a bug. */
export function failureOf(error: unknown): ProviderFailure {
	if (isProviderError(error)) {
		return error.failure;
	}
	throw error;
}

/** The error of a later part of a change, after an earlier one was made. */
export function afterFirstPart(error: unknown): unknown {
	return isProviderError(error) ? new ProviderError({ ...error.failure, outcomeUnknown: true }) : error;
}

/** The failure of what a service can't do at all. */
export function unsupported(place: Pick<ProviderFailure, 'service' | 'profile' | 'region'>): ProviderError {
	return new ProviderError({ kind: 'unsupported', ...place, retryable: false, outcomeUnknown: false });
}
