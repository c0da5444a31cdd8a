import assert from 'node:assert/strict';
import { kindOfCode, mayMeanTaken } from '../../../../src/providers/alibaba/codes';
import { type CallContext, toProviderError } from '../../../../src/providers/alibaba/failures';
import { ForeignAnswer } from '../../../../src/providers/alibaba/retries';
import { sendRpc } from '../../../../src/providers/alibaba/rpc';
import {
	type FailureKind,
	ProviderError,
	type ProviderFailure,
	retryableKinds,
} from '../../../../src/providers/failure';
import { json, type Loopback, startLoopback } from './loopback';

const context: CallContext = {
	service: 'ecs',
	profile: 'able',
	region: 'cn-hangzhou',
	operation: 'ImportKeyPair',
	product: 'ecs',
	changing: true,
	signal: new AbortController().signal,
};

const token = 'CAISvwJ1q6Ft5B2yfSjIr5bbHczDiYhX3pqbSHPVpm8beeR';
const publicKey = 'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQCl2WtKUGhcRYaxSpgZNuOhAXgqkKAL1BjLZbPAzcQE9RB4T5ad027C';

/** Every documented code: HTTP status, code, the service's sentence where it counts, what it means. */
const documented: readonly (readonly [number, string, FailureKind, string?])[] = [
	// ECS ImportKeyPair, CreateKeyPair, DescribeKeyPairs, DeleteKeyPairs.
	[400, 'KeyPair.AlreadyExist', 'nameTaken'],
	[400, 'InvalidKeyPairName.Malformed', 'nameInvalid'],
	[400, 'InvalidPublicKeyBody.Malformed', 'keyInvalid'],
	[400, 'MissingParameter', 'badRequest'],
	[400, 'MissingParameter.TagKey', 'badRequest'],
	[400, 'InvalidParameter', 'badRequest', 'The specified parameter "PageSize" is not valid.'],
	[403, 'QuotaExceed.KeyPair', 'pairLimit'],
	[404, 'InvalidResourceGroup.NotFound', 'resourceGroupInvalid'],
	[404, 'InvalidRegionId.NotFound', 'regionUnknown'],
	[400, 'InvalidParameter.KeypairAlreadyAttachedInstance', 'keyPairInUse'],
	[500, 'InternalError', 'serverError'],
	// ECS TagResources, UntagResources.
	[404, 'InvalidResourceId.NotFound', 'notFound'],
	[400, 'NumberExceed.Tags', 'tagLimit'],
	[403, 'QuotaExceed.TagsPerResource', 'tagLimit'],
	[400, 'Duplicate.TagKey', 'tagsInvalid'],
	[400, 'InvalidTagKey.Malformed', 'tagsInvalid'],
	[400, 'InvalidTagValue.Malformed', 'tagsInvalid'],
	// ENS, all with HTTP 400.
	[400, 'NoPermission', 'notPermitted'],
	[400, 'InvalidParameter.KeyPairName', 'nameInvalid'],
	[400, 'InvalidParameter.PublicKeyBody', 'keyInvalid'],
	[400, 'InvalidParameter.PageNumber', 'badRequest'],
	[400, 'InvalidParameter.ResourceGroupId', 'resourceGroupInvalid'],
	[400, 'InvalidParameter.TagKey', 'tagsInvalid'],
	[400, 'InvalidParameter', 'keyInvalid', 'The errorMessage is PublicKeyBody is invalid. Please check it again.'],
	[400, 'ens.interface.error', 'serverError'],
	[400, 'CallInterface', 'serverError'],
	[400, 'InvalidSecurityGroupId.NotFound', 'badRequest'],
	[400, 'SecurityGroupRuleConflict.Duplicated', 'badRequest'],
	[400, 'AuthorizationLimitExceed', 'badRequest'],
	// Every service.
	[404, 'InvalidAccessKeyId.NotFound', 'credentialsRejected'],
	[400, 'InvalidAccessKeyId.NotFound', 'credentialsRejected'],
	[400, 'InvalidAccessKeyId.Inactive', 'credentialsRejected'],
	[400, 'SignatureDoesNotMatch', 'credentialsRejected'],
	[403, 'IncompleteSignature', 'credentialsRejected'],
	[400, 'InvalidTimeStamp.Expired', 'clockSkew'],
	[400, 'InvalidTimeStamp.Format', 'clockSkew'],
	[400, 'IllegalTimestamp', 'clockSkew'],
	[400, 'SignatureNonceUsed', 'serverError'],
	[400, 'MissingSecurityToken', 'credentialsRejected'],
	[400, 'InvalidSecurityToken.Expired', 'signInExpired'],
	[400, 'InvalidSecurityToken.Malformed', 'signInExpired'],
	[400, 'InvalidSecurityToken.MismatchWithAccessKey', 'signInExpired'],
	[400, 'InvalidParameter', 'signInExpired', 'The specified parameter is not valid: SecurityToken.Expired'],
	[403, 'SecurityTokenExpired', 'signInExpired'],
	[403, 'Forbidden.RAM', 'notPermitted'],
	[403, 'Forbidden', 'notPermitted'],
	[403, 'Forbidden.Unauthorized', 'notPermitted'],
	[403, 'NoPermission', 'notPermitted'],
	[403, 'Forbidden.RiskControl', 'accountState'],
	[403, 'Forbidden.UserVerification', 'accountState'],
	[403, 'InsufficientBalance', 'accountState'],
	[400, 'Throttling', 'throttled'],
	[400, 'Throttling.User', 'throttled'],
	[429, 'Throttling.Api', 'throttled'],
	[400, 'Rejected.Throttling', 'throttled'],
	[404, 'InvalidApi.NotFound', 'badRequest'],
	[404, 'InvalidAction', 'badRequest'],
	[400, 'UnsupportedHTTPMethod', 'badRequest'],
	[400, 'NoSuchVersion', 'badRequest'],
	[400, 'UnsupportedOperation', 'badRequest'],
	[503, 'ServiceUnavailable', 'serverError'],
	[503, 'ServiceUnavailable.Overload', 'serverError'],
	// AssumeRole.
	[404, 'EntityNotExist.Role', 'roleRefused'],
	[400, 'InvalidParameter.RoleSessionName', 'roleRefused'],
	[400, 'InvalidParameter.DurationSeconds', 'roleRefused'],
	[400, 'InvalidParameter.PolicyGrammar', 'roleRefused'],
	// A code that nobody knows yet: its status decides.
	[400, 'Brand.New', 'unknown'],
	[429, 'Brand.New', 'throttled'],
	[502, 'Brand.New', 'serverError'],
];

describe('Failures of Alibaba Cloud', () => {
	let server: Loopback;
	afterEach(() => server?.close());

	/** What the library makes of an answer, as a failure. */
	const failureOfAnswer = async (status: number, body: unknown, headers = {}): Promise<ProviderFailure> => {
		server = await startLoopback((response) => json(response, status, body, headers));
		return failureOfRequest(server.url);
	};
	const failureOfRequest = async (endpoint: string, more: Partial<CallContext> = {}): Promise<ProviderFailure> => {
		const credentials = { accessKeyId: 'LTAI5tExampleExampleId00', accessKeySecret: 'x', securityToken: token };
		const query = { PublicKeyBody: publicKey };
		const { signal } = context;
		const request = { endpoint, version: '2014-05-26', action: 'ImportKeyPair', query, credentials, signal } as const;
		try {
			await sendRpc({ ...request, use: 'change', timeouts: { connect: 300, read: 300 } });
		} catch (error) {
			return toProviderError(error, { ...context, ...more }).failure;
		}
		return assert.fail('it did not fail');
	};

	for (const [status, code, kind, message = 'As the document says.'] of documented) {
		it(`are ${kind} for ${code} with ${status}${message.startsWith('As') ? '' : `: ${message}`}`, async () => {
			const failure = await failureOfAnswer(status, { Code: code, Message: message, RequestId: 'R-1', HostId: 'h' });
			assert.equal(failure.kind, kind);
			assert.equal(failure.code, code);
			assert.equal(failure.httpStatus, status);
			assert.equal(failure.requestId, 'R-1');
			assert.equal(failure.detail, message);
			assert.equal(failure.retryable, retryableKinds.has(kind));
			assert.equal(failure.outcomeUnknown, kind === 'serverError' || kind === 'unknown');
			assert.deepEqual([failure.service, failure.profile, failure.region], ['ecs', 'able', 'cn-hangzhou']);
			assert.equal(failure.operation, 'ImportKeyPair');
		});
	}

	it("name the permission as the answer does, else by the call's name", async () => {
		const denial = { Code: 'Forbidden.RAM', Message: 'No.', AccessDeniedDetail: { AuthAction: 'kms:Decrypt' } };
		assert.equal((await failureOfAnswer(403, denial)).action, 'kms:Decrypt');
		await server.close();
		assert.equal((await failureOfAnswer(400, { Code: 'NoPermission', Message: 'No.' })).action, 'ecs:ImportKeyPair');
	});

	it('tell how long the service asks to wait', async () => {
		const headers = { 'x-acs-retry-after': '1500' };
		assert.equal((await failureOfAnswer(400, { Code: 'Throttling.User' }, headers)).retryAfterMs, 1500);
	});

	it('have no detail where the service sent none', async () => {
		const failure = await failureOfAnswer(400, { Code: 'MissingParameter' });
		assert.equal(failure.detail, undefined);
		assert.equal(failure.requestId, undefined);
	});

	it('take neither a code nor an id nor a permission that can be none', async () => {
		const secret = 'AccessKeySecret=abc';
		for (const nonsense of [`x\n${secret}`, `<b>${secret}</b>`, `A${'a'.repeat(500)}`, secret]) {
			const failure = await failureOfAnswer(403, {
				...{ Code: nonsense, RequestId: nonsense, Message: 'No.' },
				AccessDeniedDetail: { AuthAction: nonsense },
			});
			assert.deepEqual([failure.code, failure.requestId, failure.action], [undefined, undefined, undefined], nonsense);
			await server.close();
		}
		const denied = { Code: 'NoPermission', AccessDeniedDetail: { AuthAction: `ecs:X ${secret}` } };
		assert.equal((await failureOfAnswer(403, denied)).action, 'ecs:ImportKeyPair');
	});

	for (const status of [403, 503]) {
		it(`know JSON with ${status} that is not the service's`, async () => {
			const failure = await failureOfAnswer(status, { error: 'a proxy says so' });
			assert.equal(failure.kind, status === 403 ? 'notTheService' : 'serverError');
			assert.equal(failure.code, undefined);
		});
	}

	it('of a connection hold nothing of the request', async () => {
		server = await startLoopback((response) => response.destroy());
		const { url } = server;
		const broken = await failureOfRequest(url);
		await server.close();
		const refused = await failureOfRequest(url);
		server = await startLoopback(() => undefined);
		const silent = await failureOfRequest(server.url);
		assert.deepEqual(
			[broken, refused, silent].map(({ kind, code, outcomeUnknown }) => [kind, code, outcomeUnknown]),
			[
				['unreachable', 'ECONNRESET', true],
				['unreachable', 'ECONNREFUSED', false],
				['timedOut', undefined, true],
			],
		);
		for (const failure of [broken, refused, silent]) {
			assert.ok(failure.detail);
			assert.doesNotMatch(failure.detail, /https?:|POST|PublicKeyBody|AAAA|CAIS|LTAI/);
		}
	});

	it('know a region that the service does not have by its host', () => {
		const error = Object.assign(new Error('getaddrinfo ENOTFOUND ecs.cn-nowhere.aliyuncs.comPOST https://ecs…'), {
			code: 'ENOTFOUND',
		});
		const kindOf = (more: Partial<CallContext>) => toProviderError(error, { ...context, ...more }).failure.kind;
		assert.equal(kindOf({ regionKnown: false }), 'regionUnknown');
		assert.equal(kindOf({ regionKnown: true }), 'unreachable');
		assert.equal(kindOf({}), 'unreachable');
	});

	for (const [code, kind, outcomeUnknown] of [
		['EAI_AGAIN', 'unreachable', false],
		['EHOSTUNREACH', 'unreachable', false],
		['ENETUNREACH', 'unreachable', false],
		['EPIPE', 'unreachable', true],
		['ETIMEDOUT', 'timedOut', true],
		['SELF_SIGNED_CERT_IN_CHAIN', 'tlsUntrusted', false],
		['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'tlsUntrusted', false],
		['CERT_HAS_EXPIRED', 'tlsUntrusted', false],
		['HPE_INVALID_CONSTANT', 'notTheService', true],
		['ERR_INVALID_CHAR', 'credentialsRejected', false],
	] as const) {
		it(`are ${kind} for the system's ${code}`, () => {
			const error = Object.assign(new Error(`it failedPOST https://h/?Signature=s failed.`), { code });
			const { failure } = toProviderError(error, context);
			assert.deepEqual([failure.kind, failure.code, failure.outcomeUnknown], [kind, code, outcomeUnknown]);
			assert.equal(failure.detail, 'it failed');
		});
	}

	it('do not quote a page', () => {
		for (const error of [
			new ForeignAnswer(200),
			new SyntaxError(`Unexpected token '<', "<html>secret" is not valid JSON`),
		]) {
			const { failure } = toProviderError(error, context);
			assert.equal(failure.kind, 'notTheService');
			assert.equal(failure.detail, undefined);
			assert.equal(failure.outcomeUnknown, true);
		}
		assert.equal(toProviderError(new ForeignAnswer(511), context).failure.kind, 'serverError');
	});

	it('are told apart when a signal ended the call', () => {
		const at = (signal: AbortSignal) => {
			const { kind, outcomeUnknown } = toProviderError(signal.reason, { ...context, signal }).failure;
			return [kind, outcomeUnknown];
		};
		assert.deepEqual(at(AbortSignal.abort()), ['cancelled', true]);
		assert.deepEqual(at(AbortSignal.abort(new DOMException('Time is up', 'TimeoutError'))), ['timedOut', true]);
	});

	it('of others keep what they say and get the place', () => {
		const inner = new ProviderError({
			kind: 'roleRefused',
			operation: 'AssumeRole',
			retryable: false,
			outcomeUnknown: false,
		});
		const { failure } = toProviderError(inner, context);
		assert.deepEqual(failure, {
			...{ kind: 'roleRefused', operation: 'AssumeRole', retryable: false, outcomeUnknown: false },
			...{ service: 'ecs', profile: 'able', region: 'cn-hangzhou' },
		});
	});

	it('take anything that is thrown', () => {
		for (const thrown of [
			undefined,
			null,
			'text',
			7,
			{},
			[],
			new TypeError("Cannot read properties of null (reading 'Code')"),
		]) {
			assert.equal(toProviderError(thrown, context).failure.kind, 'unknown');
		}
	});
});

describe('Codes of Alibaba Cloud', () => {
	it('may mean a name that is taken where ENS has no code for it', () => {
		for (const code of ['InvalidParameter', 'InvalidParameter.KeyPairName']) {
			assert.ok(mayMeanTaken(code), code);
		}
		for (const code of [
			undefined,
			'NoPermission',
			'InvalidPublicKeyBody.Malformed',
			'InvalidParameters',
			'CallInterface',
		]) {
			assert.ok(!mayMeanTaken(code), code);
		}
	});

	it('are not guessed from likeness', () => {
		assert.equal(kindOfCode('toString', ''), undefined);
		assert.equal(kindOfCode('KeyPair.AlreadyExists.Somewhere', ''), undefined);
	});
});
