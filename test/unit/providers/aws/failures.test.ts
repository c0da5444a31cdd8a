import assert from 'node:assert/strict';
import {
	type CallContext,
	ForeignAnswer,
	isRefusedForTime,
	toProviderError,
} from '../../../../src/providers/aws/failures';
import { type FailureKind, ProviderError } from '../../../../src/providers/failure';

const context: CallContext = {
	service: 'ec2',
	profile: 'dev',
	region: 'eu-west-1',
	operation: 'ImportKeyPair',
	changing: true,
	temporary: false,
	acceptedElsewhere: false,
	signal: new AbortController().signal,
};

/** An error as the SDK makes it of an answer. */
function answered(name: string, httpStatusCode: number, message = 'A sentence.'): Error {
	return Object.assign(new Error(message), { name, $metadata: { httpStatusCode, requestId: 'r-1' } });
}

const failure = (error: unknown, more: Partial<CallContext> = {}) =>
	toProviderError(error, { ...context, ...more }).failure;

describe('What EC2 answers', () => {
	/** "Error codes for the Amazon EC2 API", as far as calls about key pairs and regions can meet them: code, status,
	 * kind. */
	const codes: readonly (readonly [string, number, FailureKind])[] = [
		['InvalidKeyPair.Duplicate', 400, 'nameTaken'],
		['InvalidKey.Format', 400, 'keyInvalid'],
		['InvalidKeyPair.Format', 400, 'keyInvalid'],
		['InvalidKeyPair.NotFound', 400, 'notFound'],
		['KeyPairLimitExceeded', 400, 'pairLimit'],
		['ResourceLimitExceeded', 400, 'pairLimit'],
		['TagLimitExceeded', 400, 'tagLimit'],
		['InvalidTagKey.Malformed', 400, 'tagsInvalid'],
		['ConcurrentTagAccess', 400, 'throttled'],
		['MissingParameter', 400, 'badRequest'],
		['UnknownParameter', 400, 'badRequest'],
		['InvalidParameter', 400, 'badRequest'],
		['InvalidParameterCombination', 400, 'badRequest'],
		['ValidationError', 400, 'badRequest'],
		['InvalidCharacter', 400, 'badRequest'],
		['MalformedQueryString', 404, 'badRequest'],
		['InvalidQueryParameter', 400, 'badRequest'],
		['MissingAction', 400, 'badRequest'],
		['InvalidAction', 400, 'badRequest'],
		['NoSuchVersion', 400, 'badRequest'],
		['UnsupportedProtocol', 400, 'badRequest'],
		['RequestEntityTooLarge', 413, 'badRequest'],
		['UnsupportedOperation', 400, 'unsupported'],
		['Unsupported', 400, 'unsupported'],
		['UnauthorizedOperation', 403, 'notPermitted'],
		['AccessDenied', 403, 'notPermitted'],
		['AccessDeniedException', 400, 'notPermitted'],
		['AuthFailure', 401, 'credentialsRejected'],
		['OptInRequired', 403, 'accountState'],
		['PendingVerification', 400, 'accountState'],
		['Blocked', 403, 'accountState'],
		['InvalidClientTokenId', 403, 'credentialsRejected'],
		['UnrecognizedClientException', 400, 'credentialsRejected'],
		['MissingAuthenticationToken', 403, 'credentialsRejected'],
		['IncompleteSignature', 400, 'credentialsRejected'],
		['SignatureDoesNotMatch', 403, 'credentialsRejected'],
		['InvalidSignatureException', 403, 'credentialsRejected'],
		['RequestExpired', 400, 'clockSkew'],
		['RequestInTheFuture', 400, 'clockSkew'],
		['RequestTimeTooSkewed', 403, 'clockSkew'],
		['ExpiredToken', 400, 'signInExpired'],
		['ExpiredTokenException', 403, 'signInExpired'],
		['RegionDisabledException', 403, 'regionNotEnabled'],
		['RequestLimitExceeded', 503, 'throttled'],
		['Throttling', 400, 'throttled'],
		['ThrottlingException', 400, 'throttled'],
		['RequestThrottled', 400, 'throttled'],
		['RequestThrottledException', 400, 'throttled'],
		['ThrottledException', 400, 'throttled'],
		['EC2ThrottledException', 503, 'throttled'],
		['TooManyRequestsException', 429, 'throttled'],
		['SlowDown', 503, 'throttled'],
		['InternalError', 500, 'serverError'],
		['InternalFailure', 500, 'serverError'],
		['ServiceUnavailable', 503, 'serverError'],
		['Unavailable', 503, 'serverError'],
		['Unknown', 502, 'serverError'],
		['Unknown', 429, 'throttled'],
		['Unknown', 407, 'notTheService'],
		['NotFound', 404, 'notTheService'],
		['SomethingNobodyKnows', 400, 'unknown'],
		['constructor', 400, 'unknown'],
	];
	const doubtful: readonly FailureKind[] = ['serverError', 'notTheService', 'unknown'];
	const retryable: readonly FailureKind[] = ['throttled', 'serverError', 'notTheService'];

	for (const [code, status, kind] of codes) {
		it(`${code} with ${status} is ${kind}`, () => {
			const { detail, action, ...rest } = failure(answered(code, status));
			assert.deepEqual(rest, {
				service: 'ec2',
				profile: 'dev',
				region: 'eu-west-1',
				operation: 'ImportKeyPair',
				kind,
				...(['Unknown', 'NotFound'].includes(code) ? {} : { code }),
				httpStatus: status,
				requestId: 'r-1',
				retryable: retryable.includes(kind),
				outcomeUnknown: doubtful.includes(kind),
			});
			assert.equal(detail, 'A sentence.');
			assert.equal(action, kind === 'notPermitted' ? 'ec2:ImportKeyPair' : undefined);
			assert.equal(failure(answered(code, status), { changing: false }).outcomeUnknown, false);
		});
	}

	const values = [
		['Value (…) for parameter PublicKeyMaterial is invalid. Length exceeds maximum of 2048.', 'keyTooLong'],
		[
			'Value (…) for parameter publicKeyMaterial is invalid. Character sets beyond ASCII are not supported.',
			'keyInvalid',
		],
		['Value (tag) for parameter KeyName is invalid. Length exceeds maximum of 255.', 'nameInvalid'],
		["Value ( aws:x ) for parameter key is invalid. Tag keys starting with 'aws:' are reserved", 'tagsInvalid'],
		["Duplicate tag key 'x' specified.", 'tagsInvalid'],
		['Value (x) for parameter Filter is invalid.', 'badRequest'],
	] as const;
	for (const [message, kind] of values) {
		it(`InvalidParameterValue is ${kind}: ${message}`, () => {
			assert.equal(failure(answered('InvalidParameterValue', 400, message)).kind, kind);
		});
	}

	it('AuthFailure means a region that is not enabled where that is known', () => {
		const error = answered('AuthFailure', 401);
		assert.equal(failure(error, { regionEnabled: false }).kind, 'regionNotEnabled');
		assert.equal(failure(error, { regionEnabled: true }).kind, 'credentialsRejected');
	});

	it('RequestExpired means an expired sign-in with temporary credentials', () => {
		assert.equal(failure(answered('RequestExpired', 400), { temporary: true }).kind, 'signInExpired');
	});

	it('names the permission that the sentence names', () => {
		const message =
			'You are not authorized to perform this operation. User: arn:aws:iam::1:user/x is not authorized to perform: ec2:CreateTags on resource: *';
		assert.equal(failure(answered('UnauthorizedOperation', 403, message)).action, 'ec2:CreateTags');
	});

	it('is repeated only where the request was refused for a time that is corrected now', () => {
		const corrected = (name: string, httpStatusCode: number) =>
			Object.assign(answered(name, httpStatusCode), { $metadata: { httpStatusCode, clockSkewCorrected: true } });
		assert.equal(isRefusedForTime(corrected('RequestExpired', 400)), true);
		assert.equal(isRefusedForTime(corrected('InvalidSignatureException', 400)), true);
		assert.equal(isRefusedForTime(answered('RequestExpired', 400)), false);
		// The SDK sets the clock by any answer, also by one after which a change may have been made.
		for (const [code, status] of codes.filter(([, , kind]) => doubtful.includes(kind) || kind === 'throttled')) {
			assert.equal(isRefusedForTime(corrected(code, status)), false, code);
		}
		assert.equal(isRefusedForTime(Object.assign(new Error('x'), { code: 'ECONNRESET' })), false);
	});
});

describe('What Lightsail answers', () => {
	const lightsail = (error: unknown, more: Partial<CallContext> = {}) =>
		failure(error, { service: 'lightsail', ...more });
	/** An exception as the SDK makes it of an answer: with the members of Lightsail's own. */
	const exception = (name: string, message: string, members: Readonly<Record<string, string>> = {}, status = 400) =>
		Object.assign(answered(name, status, message), members);

	/** The exceptions of the service model 2016-11-28 and "Common Errors": code, status, kind. */
	const codes: readonly (readonly [string, number, FailureKind])[] = [
		['AccessDeniedException', 400, 'notPermitted'],
		['AccountSetupInProgressException', 400, 'accountState'],
		['InvalidInputException', 400, 'badRequest'],
		['NotFoundException', 400, 'notFound'],
		['OperationFailureException', 400, 'operationFailed'],
		['RegionSetupInProgressException', 400, 'regionNotReady'],
		['ServiceException', 500, 'serverError'],
		['UnauthenticatedException', 400, 'credentialsRejected'],
		['UnrecognizedClientException', 400, 'credentialsRejected'],
		['InvalidClientTokenId', 403, 'credentialsRejected'],
		['InvalidSignatureException', 400, 'credentialsRejected'],
		['IncompleteSignature', 400, 'credentialsRejected'],
		['IncompleteSignatureException', 400, 'credentialsRejected'],
		['MissingAuthenticationToken', 403, 'credentialsRejected'],
		['MissingAuthenticationTokenException', 400, 'credentialsRejected'],
		['ExpiredTokenException', 400, 'signInExpired'],
		['OptInRequired', 403, 'accountState'],
		['RequestExpired', 400, 'clockSkew'],
		['ThrottlingException', 400, 'throttled'],
		['ValidationError', 400, 'badRequest'],
		['ValidationException', 400, 'badRequest'],
		['SerializationException', 400, 'badRequest'],
		['UnknownOperationException', 400, 'badRequest'],
		['ServiceUnavailable', 503, 'serverError'],
		['InternalFailure', 500, 'serverError'],
		['NotAuthorized', 400, 'notPermitted'],
		['SomethingNobodyKnows', 400, 'unknown'],
		['constructor', 400, 'unknown'],
		// EC2's own mean nothing here.
		['InvalidKeyPair.Duplicate', 400, 'unknown'],
	];
	for (const [code, status, kind] of codes) {
		it(`${code} with ${status} is ${kind}`, () => {
			const made = lightsail(answered(code, status));
			assert.deepEqual([made.kind, made.code, made.httpStatus, made.requestId], [kind, code, status, 'r-1']);
			assert.equal(made.retryable, ['throttled', 'serverError', 'regionNotReady'].includes(kind));
			assert.equal(made.outcomeUnknown, ['serverError', 'unknown'].includes(kind));
			assert.equal(made.action, kind === 'notPermitted' ? 'lightsail:ImportKeyPair' : undefined);
		});
	}

	/** Sentence, the code inside the exception, kind. */
	const inputs: readonly (readonly [string, string | undefined, FailureKind])[] = [
		['The format of this public key is not valid.', 'InvalidKey.Format', 'keyInvalid'],
		['The format of this public key is not valid.', undefined, 'keyInvalid'],
		['Some names are already in use: web', 'NameExists', 'nameTaken'],
		['Some names are already in use: web', undefined, 'nameTaken'],
		["Value 'a b' at 'keyPairName' failed to satisfy constraint", undefined, 'nameInvalid'],
		["Value '' at 'resourceName' failed to satisfy constraint", undefined, 'nameInvalid'],
		["Value null at 'publicKeyBase64' failed to satisfy constraint", undefined, 'keyInvalid'],
		["Tag keys starting with 'aws:' are reserved for system use.", undefined, 'tagsInvalid'],
		['A resource can have 50 tags at the most.', undefined, 'tagLimit'],
		['You have exceeded the limit for tags.', undefined, 'tagLimit'],
		['You have reached the maximum number of key pairs.', undefined, 'pairLimit'],
		['The page token is not valid.', undefined, 'badRequest'],
		['A sentence.', 'constructor', 'badRequest'],
	];
	for (const [message, code, kind] of inputs) {
		it(`InvalidInputException${code === undefined ? '' : ` (${code})`} is ${kind}: ${message}`, () => {
			const made = lightsail(exception('InvalidInputException', message, code === undefined ? {} : { code }));
			assert.deepEqual([made.kind, made.code], [kind, code ?? 'InvalidInputException']);
			assert.equal(made.outcomeUnknown, false);
		});
	}

	it('names the permission that a denial names', () => {
		const message =
			'User: arn:aws:iam::1:user/x is not authorized to perform: lightsail:TagResource on resource: * with an explicit deny';
		const made = lightsail(exception('AccessDeniedException', message));
		assert.deepEqual([made.kind, made.action], ['notPermitted', 'lightsail:TagResource']);
	});

	it('takes a denial that is about the credentials for what it is', () => {
		const error = exception('AccessDeniedException', 'The credentials are not valid.');
		assert.equal(lightsail(error).kind, 'credentialsRejected');
		assert.equal(lightsail(error, { temporary: true }).kind, 'signInExpired');
		assert.equal(lightsail(answered('UnauthenticatedException', 400), { temporary: true }).kind, 'signInExpired');
		assert.equal(lightsail(answered('RequestExpired', 400), { temporary: true }).kind, 'signInExpired');
	});

	it('takes a signature of another time for a clock that is off', () => {
		for (const message of ['Signature expired: x is now earlier than y', 'Signature not yet current: x']) {
			assert.equal(lightsail(exception('InvalidSignatureException', message)).kind, 'clockSkew');
		}
	});

	it('takes an unknown key for a region that is not enabled where that is known, or another region knows it', () => {
		const error = answered('UnrecognizedClientException', 400);
		assert.equal(lightsail(error, { regionEnabled: false }).kind, 'regionNotEnabled');
		assert.equal(lightsail(error, { acceptedElsewhere: true }).kind, 'regionNotEnabled');
		assert.equal(lightsail(error, { regionEnabled: true, acceptedElsewhere: true }).kind, 'credentialsRejected');
	});

	it('shows its tip with its sentence', () => {
		const made = lightsail(exception('RegionSetupInProgressException', 'Not yet.', { tip: 'Wait a few minutes.' }));
		assert.equal(made.detail, 'Not yet. Wait a few minutes.');
	});

	it('does not show as a code what is none', () => {
		for (const code of ['see https://x.test/?token=secret', 'x'.repeat(81), '']) {
			assert.equal(lightsail(exception('InvalidInputException', 'A sentence.', { code })).code, undefined);
			assert.equal(lightsail(answered(code, 400)).code, undefined);
		}
	});

	it("does not take Lightsail's code inside an exception for one of the system", () => {
		const made = lightsail(exception('InvalidInputException', 'A sentence.', { code: 'ENOTFOUND' }));
		assert.deepEqual([made.kind, made.code, made.retryable], ['badRequest', 'ENOTFOUND', false]);
	});
});

describe('An answer that asks to wait', () => {
	const throttled = (headers: unknown) =>
		failure(Object.assign(answered('ThrottlingException', 400), { $response: { headers } })).retryAfterMs;

	it('says how long in seconds, as a date, or in milliseconds', () => {
		assert.equal(throttled({ 'retry-after': '3' }), 3_000);
		assert.equal(throttled({ 'Retry-After': '0.5' }), 500);
		assert.equal(throttled({ 'x-amz-retry-after': '1500' }), 1_500);
		const inTenSeconds = throttled({ 'retry-after': new Date(Date.now() + 10_000).toUTCString() });
		assert.ok(inTenSeconds !== undefined && inTenSeconds > 8_000 && inTenSeconds <= 10_000, String(inTenSeconds));
		assert.equal(throttled({ 'retry-after': 'Wed, 21 Oct 2015 07:28:00 GMT' }), 0);
	});

	it('says nothing by what can not be understood', () => {
		for (const headers of [
			undefined,
			null,
			'text',
			{},
			{ 'retry-after': 'soon' },
			{ 'retry-after': '-1x' },
			{ 'retry-after': 5 },
		]) {
			assert.equal(throttled(headers), undefined);
		}
		assert.ok(!('retryAfterMs' in failure(answered('ThrottlingException', 400))));
	});
});

describe('What the network answers', () => {
	/** System code, kind, and whether a change may have been made. */
	const systemCodes: readonly (readonly [string, FailureKind, boolean])[] = [
		['ENOTFOUND', 'unreachable', false],
		['EAI_AGAIN', 'unreachable', false],
		['ECONNREFUSED', 'unreachable', false],
		['EHOSTUNREACH', 'unreachable', false],
		['ENETUNREACH', 'unreachable', false],
		['EADDRNOTAVAIL', 'unreachable', false],
		['ECONNRESET', 'unreachable', true],
		['ECONNABORTED', 'unreachable', true],
		['EPIPE', 'unreachable', true],
		['EPROTO', 'unreachable', true],
		['ETIMEDOUT', 'timedOut', true],
		['SELF_SIGNED_CERT_IN_CHAIN', 'tlsUntrusted', false],
		['DEPTH_ZERO_SELF_SIGNED_CERT', 'tlsUntrusted', false],
		['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'tlsUntrusted', false],
		['UNABLE_TO_GET_ISSUER_CERT', 'tlsUntrusted', false],
		['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'tlsUntrusted', false],
		['CERT_HAS_EXPIRED', 'tlsUntrusted', false],
		['CERT_NOT_YET_VALID', 'tlsUntrusted', false],
		['CERT_UNTRUSTED', 'tlsUntrusted', false],
		['CERT_REVOKED', 'tlsUntrusted', false],
		['CERT_SIGNATURE_FAILURE', 'tlsUntrusted', false],
		['ERR_TLS_CERT_ALTNAME_INVALID', 'tlsUntrusted', false],
		['HPE_INVALID_CONSTANT', 'notTheService', true],
	];
	for (const [code, kind, outcomeUnknown] of systemCodes) {
		// The SDK calls a broken connection a TimeoutError.
		for (const name of ['Error', 'TimeoutError']) {
			it(`${code} is ${kind}, as ${name}`, () => {
				const expected = name === 'TimeoutError' && kind === 'notTheService' ? 'notTheService' : kind;
				const made = failure(Object.assign(new Error(`x ${code}`), { name, code }));
				assert.deepEqual([made.kind, made.code, made.outcomeUnknown], [expected, code, outcomeUnknown]);
				assert.equal(made.retryable, kind !== 'tlsUntrusted');
			});
		}
	}

	for (const name of ['TimeoutError', 'RequestTimeout', 'RequestTimeoutError']) {
		it(`${name} without a code is a time-out, after which a change may have been made`, () => {
			const made = failure(Object.assign(new Error('timed out'), { name }));
			assert.deepEqual([made.kind, made.outcomeUnknown, made.retryable], ['timedOut', true, true]);
		});
	}

	it('takes an answer that is not XML for that of something else', () => {
		const made = failure(Object.assign(new SyntaxError('Unexpected token'), { $metadata: { httpStatusCode: 200 } }));
		assert.deepEqual([made.kind, made.code, made.outcomeUnknown], ['notTheService', 'SyntaxError', true]);
		assert.equal(failure(new ForeignAnswer()).kind, 'notTheService');
	});
});

describe('A call that ends early', () => {
	const abortError = Object.assign(new Error('Request aborted'), { name: 'AbortError' });

	it('was cancelled, or ran out of time, as its signal says', () => {
		const cancelled = failure(abortError, { signal: AbortSignal.abort() });
		assert.deepEqual([cancelled.kind, cancelled.code, cancelled.outcomeUnknown], ['cancelled', undefined, true]);
		const reason = new DOMException('time is up', 'TimeoutError');
		assert.equal(failure(abortError, { signal: AbortSignal.abort(reason) }).kind, 'timedOut');
		assert.equal(failure(reason, { signal: AbortSignal.abort(reason) }).kind, 'timedOut');
		assert.equal(failure('a reason of any kind', { signal: AbortSignal.abort('x') }).kind, 'cancelled');
	});

	it('failed all the same when the answer had come', () => {
		const made = failure(answered('InvalidKeyPair.Duplicate', 400), { signal: AbortSignal.abort() });
		assert.equal(made.kind, 'nameTaken');
	});
});

describe('Any other error', () => {
	it('of the SDK about a region or an endpoint is one of the configuration', () => {
		const region = new Error('Region not accepted: region="a b" is not a valid hostname component.');
		assert.equal(failure(region).kind, 'configuration');
		assert.equal(failure(new Error('Region is missing')).kind, 'configuration');
		const endpoint = Object.assign(new Error('Invalid Configuration: FIPS and custom endpoint are not supported'), {
			name: 'EndpointError',
		});
		assert.deepEqual([failure(endpoint).kind, failure(endpoint).code], ['configuration', undefined]);
	});

	it('is unknown, whatever was thrown', () => {
		for (const thrown of [undefined, null, 'text', 7, {}, new Error('x'), { name: 5, message: 6, code: 7 }]) {
			assert.equal(failure(thrown).kind, 'unknown');
		}
	});

	it('that is a failure already keeps what it says, and gets its place', () => {
		const inner = new ProviderError({ kind: 'mfaRejected', code: 'X', retryable: false, outcomeUnknown: false });
		assert.deepEqual(failure(inner), {
			...inner.failure,
			service: 'ec2',
			profile: 'dev',
			region: 'eu-west-1',
			operation: 'ImportKeyPair',
		});
	});

	it('does not go along as cause, which a log would print', () => {
		assert.equal(toProviderError(new Error('secret'), context).cause, undefined);
	});
});
