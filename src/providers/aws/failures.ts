import { doubtfulKinds, type FailureKind, isProviderError, ProviderError, retryableKinds } from '../failure';
import { asCode, asRequestId } from '../identifiers';
import { neverSent } from '../networkCodes';
import { cleanDetail } from '../redact';
import { isTimeout } from '../waiting';
import type { AwsService } from './clients';
import { commonKind } from './commonCodes';
import { ec2Kind } from './ec2Codes';
import { type ErrorShape, readError } from './errorShape';
import { failedOperation, type LightsailCall, lightsailKind } from './lightsailCodes';
import { networkKind } from './networkFailures';

/** What is known about a call that failed. */
export interface CallContext extends LightsailCall {
	readonly service: AwsService;
	readonly profile: string;
	readonly region?: string;
	/** The API operation. */
	readonly operation: string;
	/** Whether a change was asked for and may have reached the service. */
	readonly changing: boolean;
	readonly signal: AbortSignal;
}

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
	const requestId = asRequestId(shape.requestId);
	const detail = detailOf(shape);
	return new ProviderError({
		...place,
		kind,
		...(code === undefined ? {} : { code }),
		...(shape.httpStatus === undefined ? {} : { httpStatus: shape.httpStatus }),
		...(requestId === undefined ? {} : { requestId }),
		...(action === undefined ? {} : { action }),
		...(detail === undefined ? {} : { detail }),
		retryable: retryableKinds.has(kind),
		...(shape.retryAfterMs === undefined ? {} : { retryAfterMs: shape.retryAfterMs }),
		outcomeUnknown: context.changing && doubtfulKinds.has(kind) && !neverSent(shape.systemCode),
	});
}

/** The service answered with something that is not its own: the SDK takes any HTML with status 200 for an empty
 * answer. */
export class ForeignAnswer extends Error {
	override readonly name = 'ForeignAnswer';
}

/** Codes by which services refuse a request for its time (CLOCK_SKEW_ERROR_CODES of @smithy/core). */
const timeCodes: ReadonlySet<string> = new Set([
	'AuthFailure',
	'InvalidSignatureException',
	'RequestExpired',
	'RequestInTheFuture',
	'RequestTimeTooSkewed',
	'SignatureDoesNotMatch',
]);

/** Whether a request was refused for the time in it, which the SDK has corrected since. The SDK corrects it at any
 * answer, also at one after which a change may have been made. */
export function isRefusedForTime(error: unknown): boolean {
	const { name, clockSkewCorrected } = readError(error);
	return clockSkewCorrected && timeCodes.has(name);
}

function kindOf(error: ErrorShape, context: CallContext): FailureKind {
	const answered = error.httpStatus !== undefined;
	if (!answered && (error.name === 'AbortError' || context.signal.aborted)) {
		return isTimeout(context.signal.reason) ? 'timedOut' : 'cancelled';
	}
	switch (error.name) {
		case 'RequestExpired':
			return context.temporary ? 'signInExpired' : 'clockSkew';
		case 'ForeignAnswer':
			return 'notTheService';
		case 'EndpointError':
			// FIPS or dual stack where the partition or a configured endpoint does not go with it.
			return 'configuration';
		case 'InvalidSignatureException':
			// `Signature expired: … is now earlier than …`, `Signature not yet current: …`
			return /signature (?:expired|not yet current)/i.test(error.message) ? 'clockSkew' : 'credentialsRejected';
	}
	const own = context.service === 'ec2' ? ec2Kind(error, context) : lightsailKind(error, context);
	return (
		own ??
		commonKind(error.name) ??
		networkKind(error) ??
		(isRegionRefused(error) ? 'configuration' : statusKind(error))
	);
}

/** The SDK itself refuses a region that can't be part of a host name, by a plain Error. */
function isRegionRefused({ message }: ErrorShape): boolean {
	return message.startsWith('Region not accepted') || message.startsWith('Region is missing');
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
	// The services give every refusal a code of its own; the SDK makes these up for an answer without one.
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
	failedOperation,
]);

/** Whatever stands there in place of a code, because something else answered, is no code. */
function codeOf({ name, subCode, systemCode }: ErrorShape): string | undefined {
	return asCode(systemCode ?? subCode ?? (madeUpNames.has(name) ? undefined : name));
}

/** What the parser says of an answer that it can't read quotes the beginning of that answer, whosever it is. */
function detailOf({ name, message, tip }: ErrorShape): string | undefined {
	return name === 'SyntaxError' ? undefined : cleanDetail(tip === undefined ? message : `${message} ${tip}`);
}

/** The sentence may name another action than the operation, such as CreateTags during an import. */
function missingAction({ message }: ErrorShape, { service, operation }: CallContext): string {
	return /perform: ([a-z0-9-]+:\w+)/.exec(message)?.[1] ?? `${service}:${operation}`;
}
