import type { Service } from '../../../src/domain/target';
import type { FailureKind } from '../../../src/providers/failure';

/** What a service may answer, as its documents say, and what it means. */
export interface DocumentedCode {
	readonly code: string;
	readonly status: number;
	readonly kind: FailureKind;
	/** The service's sentence, where the meaning depends on it. */
	readonly message?: string;
}

const badRequests = (codes: readonly string[]): readonly DocumentedCode[] =>
	codes.map((code) => ({ code, status: 400, kind: 'badRequest' }));

/** Common errors of AWS's services. */
const aws: readonly DocumentedCode[] = [
	{ code: 'OptInRequired', status: 403, kind: 'accountState' },
	{ code: 'InvalidClientTokenId', status: 403, kind: 'credentialsRejected' },
	{ code: 'IncompleteSignature', status: 400, kind: 'credentialsRejected' },
	{ code: 'RequestExpired', status: 400, kind: 'clockSkew' },
	{ code: 'ServiceUnavailable', status: 503, kind: 'serverError' },
	{ code: 'InternalFailure', status: 500, kind: 'serverError' },
];

/** "Error codes for the Amazon EC2 API", as far as calls about key pairs and regions can meet them. */
const ec2: readonly DocumentedCode[] = [
	...aws,
	{ code: 'InvalidKeyPair.Duplicate', status: 400, kind: 'nameTaken' },
	{ code: 'InvalidKey.Format', status: 400, kind: 'keyInvalid' },
	{ code: 'InvalidKeyPair.Format', status: 400, kind: 'keyInvalid' },
	{
		code: 'InvalidParameterValue',
		status: 400,
		kind: 'keyTooLong',
		message: 'Value (…) for parameter PublicKeyMaterial is invalid. Length exceeds maximum of 2048.',
	},
	{
		code: 'InvalidParameterValue',
		status: 400,
		kind: 'nameInvalid',
		message: 'Value (…) for parameter KeyName is invalid. Length exceeds maximum of 255.',
	},
	{ code: 'InvalidKeyPair.NotFound', status: 400, kind: 'notFound' },
	{ code: 'KeyPairLimitExceeded', status: 400, kind: 'pairLimit' },
	{ code: 'TagLimitExceeded', status: 400, kind: 'tagLimit' },
	{ code: 'InvalidTagKey.Malformed', status: 400, kind: 'tagsInvalid' },
	{ code: 'ConcurrentTagAccess', status: 400, kind: 'throttled' },
	...badRequests([
		'MissingParameter',
		'UnknownParameter',
		'InvalidParameter',
		'InvalidParameterCombination',
		'ValidationError',
		'InvalidCharacter',
		'MalformedQueryString',
		'InvalidQueryParameter',
		'MissingAction',
		'InvalidAction',
		'NoSuchVersion',
	]),
	{ code: 'UnauthorizedOperation', status: 403, kind: 'notPermitted' },
	{ code: 'AuthFailure', status: 401, kind: 'credentialsRejected' },
	{ code: 'PendingVerification', status: 400, kind: 'accountState' },
	{ code: 'Blocked', status: 403, kind: 'accountState' },
	{ code: 'MissingAuthenticationToken', status: 403, kind: 'credentialsRejected' },
	{ code: 'SignatureDoesNotMatch', status: 403, kind: 'credentialsRejected' },
	{ code: 'ExpiredToken', status: 400, kind: 'signInExpired' },
	{ code: 'RequestLimitExceeded', status: 503, kind: 'throttled' },
	{ code: 'Throttling', status: 400, kind: 'throttled' },
	{ code: 'InternalError', status: 500, kind: 'serverError' },
	{ code: 'Unavailable', status: 503, kind: 'serverError' },
];

/** Lightsail API reference: the errors of ImportKeyPair and CreateKeyPair, of the service model 2016-11-28, and the common ones. */
const lightsail: readonly DocumentedCode[] = [
	...aws,
	{ code: 'AccessDeniedException', status: 400, kind: 'notPermitted' },
	{ code: 'AccountSetupInProgressException', status: 400, kind: 'accountState' },
	{
		code: 'InvalidInputException',
		status: 400,
		kind: 'keyInvalid',
		message: 'The format of this public key is not valid.',
	},
	{ code: 'InvalidInputException', status: 400, kind: 'nameTaken', message: 'Some names are already in use: deploy' },
	{ code: 'NotFoundException', status: 400, kind: 'notFound' },
	{ code: 'OperationFailureException', status: 400, kind: 'operationFailed' },
	{ code: 'RegionSetupInProgressException', status: 400, kind: 'regionNotReady' },
	{ code: 'ServiceException', status: 500, kind: 'serverError' },
	{ code: 'UnauthenticatedException', status: 400, kind: 'credentialsRejected' },
	{ code: 'UnrecognizedClientException', status: 400, kind: 'credentialsRejected' },
	{ code: 'InvalidSignatureException', status: 400, kind: 'credentialsRejected' },
	{ code: 'MissingAuthenticationToken', status: 403, kind: 'credentialsRejected' },
	{ code: 'ExpiredTokenException', status: 400, kind: 'signInExpired' },
	{ code: 'ThrottlingException', status: 400, kind: 'throttled' },
	{ code: 'ValidationError', status: 400, kind: 'badRequest' },
	{ code: 'NotAuthorized', status: 400, kind: 'notPermitted' },
];

/** Common errors of Alibaba Cloud's services: "Client error codes" of the API references, and RAM's and STS's. */
const alibaba: readonly DocumentedCode[] = [
	{ code: 'InvalidAccessKeyId.NotFound', status: 404, kind: 'credentialsRejected' },
	{ code: 'InvalidAccessKeyId.Inactive', status: 400, kind: 'credentialsRejected' },
	{ code: 'SignatureDoesNotMatch', status: 400, kind: 'credentialsRejected' },
	{ code: 'IncompleteSignature', status: 400, kind: 'credentialsRejected' },
	{ code: 'MissingSecurityToken', status: 400, kind: 'credentialsRejected' },
	{ code: 'InvalidTimeStamp.Expired', status: 400, kind: 'clockSkew' },
	{ code: 'InvalidTimeStamp.Format', status: 400, kind: 'clockSkew' },
	{ code: 'IllegalTimestamp', status: 400, kind: 'clockSkew' },
	{ code: 'InvalidSecurityToken.Expired', status: 400, kind: 'signInExpired' },
	{ code: 'InvalidSecurityToken.Malformed', status: 400, kind: 'signInExpired' },
	{ code: 'InvalidSecurityToken.MismatchWithAccessKey', status: 400, kind: 'signInExpired' },
	{ code: 'InvalidParameter', status: 400, kind: 'signInExpired', message: 'SecurityToken.Expired' },
	{ code: 'SecurityTokenExpired', status: 403, kind: 'signInExpired' },
	{ code: 'Forbidden.RAM', status: 403, kind: 'notPermitted' },
	{ code: 'Forbidden', status: 403, kind: 'notPermitted' },
	{ code: 'Forbidden.Unauthorized', status: 403, kind: 'notPermitted' },
	{ code: 'NoPermission', status: 403, kind: 'notPermitted' },
	{ code: 'Forbidden.RiskControl', status: 403, kind: 'accountState' },
	{ code: 'Forbidden.UserVerification', status: 403, kind: 'accountState' },
	{ code: 'InsufficientBalance', status: 403, kind: 'accountState' },
	{ code: 'Throttling', status: 400, kind: 'throttled' },
	{ code: 'Throttling.User', status: 400, kind: 'throttled' },
	{ code: 'Throttling.Api', status: 429, kind: 'throttled' },
	{ code: 'Rejected.Throttling', status: 400, kind: 'throttled' },
	{ code: 'InvalidApi.NotFound', status: 404, kind: 'badRequest' },
	...badRequests(['InvalidAction', 'UnsupportedHTTPMethod', 'NoSuchVersion']),
	{ code: 'InternalError', status: 500, kind: 'serverError' },
	{ code: 'ServiceUnavailable', status: 503, kind: 'serverError' },
];

/** ECS API reference 2014-05-26, ImportKeyPair: "Error codes", and those of the calls around it. */
const ecs: readonly DocumentedCode[] = [
	...alibaba,
	{ code: 'InvalidKeyPairName.Malformed', status: 400, kind: 'nameInvalid' },
	{ code: 'InvalidPublicKeyBody.Malformed', status: 400, kind: 'keyInvalid' },
	...badRequests(['MissingParameter', 'InvalidParameter']),
	{ code: 'KeyPair.AlreadyExist', status: 400, kind: 'nameTaken' },
	{ code: 'QuotaExceed.KeyPair', status: 403, kind: 'pairLimit' },
	{ code: 'InvalidResourceGroup.NotFound', status: 404, kind: 'resourceGroupInvalid' },
	{ code: 'InvalidRegionId.NotFound', status: 404, kind: 'regionUnknown' },
	{ code: 'InvalidParameter.KeypairAlreadyAttachedInstance', status: 400, kind: 'keyPairInUse' },
];

/** ENS API reference 2017-11-10, ImportKeyPair: "Error codes". */
const ens: readonly DocumentedCode[] = [
	...alibaba,
	...badRequests(['MissingParameter', 'InvalidParameter', 'InvalidParameter.PageSize']),
	{ code: 'InvalidParameter.PublicKeyBody', status: 400, kind: 'keyInvalid' },
	{ code: 'InvalidParameter.KeyPairName', status: 400, kind: 'nameInvalid' },
	{ code: 'NoPermission', status: 400, kind: 'notPermitted' },
	{ code: 'InvalidPublicKeyBody.Malformed', status: 400, kind: 'keyInvalid' },
	{ code: 'ens.interface.error', status: 400, kind: 'serverError' },
	{ code: 'CallInterface', status: 400, kind: 'serverError' },
	...badRequests([
		'InvalidSecurityGroupId.NotFound',
		'SecurityGroupRuleConflict.Duplicated',
		'AuthorizationLimitExceed',
	]),
];

/** Every code that the documents of a service list for its calls about key pairs. */
export const documentedCodes: { readonly [S in Service]: readonly DocumentedCode[] } = { ec2, lightsail, ecs, ens };
