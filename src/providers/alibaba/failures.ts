import type { Service } from '../../domain/target';
import { doubtfulKinds, type FailureKind, isProviderError, ProviderError, retryableKinds } from '../failure';
import { asAction, asCode, asRequestId } from '../identifiers';
import { networkKind, neverSent } from '../networkCodes';
import { cleanDetail } from '../redact';
import { isTimeout } from '../waiting';
import { kindOfCode } from './codes';
import { type ErrorShape, readError } from './errorShape';

/** What is known about a call that failed. */
export interface CallContext {
	/** Absent for a call on the way to credentials. */
	readonly service?: Service;
	readonly profile: string;
	readonly region?: string;
	/** The API operation. */
	readonly operation: string;
	/** The product in the names of its permissions, such as `ecs`. */
	readonly product: string;
	/** Whether a change was asked for and may have reached the service. */
	readonly changing: boolean;
	/** Whether the service has the region, as far as DescribeRegions said so. */
	readonly regionKnown?: boolean;
	readonly signal: AbortSignal;
}

/** The error as a ProviderError. Neither the error itself nor its raw text goes along: the text of what the network says holds
 * the request, with the public key and, of STS, the token. */
export function toProviderError(error: unknown, context: CallContext): ProviderError {
	const place = {
		...(context.service === undefined ? {} : { service: context.service }),
		profile: context.profile,
		...(context.region === undefined ? {} : { region: context.region }),
		operation: context.operation,
	};
	if (isProviderError(error)) {
		return new ProviderError({ ...place, ...error.failure });
	}
	const shape = readError(error);
	const kind = kindOf(shape, context);
	const code = asCode(shape.code ?? shape.systemCode);
	const requestId = asRequestId(shape.requestId);
	// ENS says no more than NoPermission.
	const action =
		kind === 'notPermitted' ? (asAction(shape.action) ?? `${context.product}:${context.operation}`) : undefined;
	const detail = isPage(shape) ? undefined : cleanDetail(shape.message);
	return new ProviderError({
		...place,
		kind,
		...(code === undefined ? {} : { code }),
		...(shape.httpStatus === undefined ? {} : { httpStatus: shape.httpStatus }),
		...(requestId === undefined ? {} : { requestId }),
		...(action === undefined ? {} : { action }),
		...(shape.retryAfterMs === undefined ? {} : { retryAfterMs: shape.retryAfterMs }),
		...(detail === undefined ? {} : { detail }),
		retryable: retryableKinds.has(kind),
		outcomeUnknown: context.changing && doubtfulKinds.has(kind) && !neverSent(shape.systemCode),
	});
}

function kindOf(error: ErrorShape, context: CallContext): FailureKind {
	const { name, code, systemCode, message, httpStatus } = error;
	if (httpStatus === undefined && context.signal.aborted) {
		return isTimeout(context.signal.reason) ? 'timedOut' : 'cancelled';
	}
	const ofCode = code === undefined ? undefined : kindOfCode(code, message);
	if (ofCode) {
		return ofCode;
	}
	if (systemCode === 'ENOTFOUND' && context.regionKnown === false) {
		// Every region is a host of its own.
		return 'regionUnknown';
	}
	const ofNetwork = systemCode === undefined ? undefined : (networkKind(systemCode) ?? kindOfCode(systemCode, ''));
	if (ofNetwork) {
		return ofNetwork;
	}
	if (systemCode === 'ERR_INVALID_CHAR') {
		// Node lets no line break into a header: the access key or its token has one.
		return 'credentialsRejected';
	}
	if (name === 'RequestTimeoutError') {
		return 'timedOut';
	}
	return httpStatus === undefined ? (isPage(error) ? 'notTheService' : 'unknown') : statusKind(httpStatus, code);
}

/** What an answer with a code that is not known, or with none, tells by its status. */
function statusKind(httpStatus: number, code: string | undefined): FailureKind {
	if (httpStatus === 429) {
		return 'throttled';
	}
	if (httpStatus >= 500) {
		return 'serverError';
	}
	// Alibaba Cloud gives every refusal a code.
	return code === undefined ? 'notTheService' : 'unknown';
}

/** Whether what answered was no JSON of a service. The parser's text quotes its beginning. */
function isPage({ name }: ErrorShape): boolean {
	return name === 'ForeignAnswer' || name === 'SyntaxError';
}
