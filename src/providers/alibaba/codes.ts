import type { FailureKind } from '../failure';

/** Error codes of ECS's and ENS's calls about key pairs (API references ECS 2014-05-26, ENS 2017-11-10), of ResourceManager's ListResourceGroups, and those
 * that all of Alibaba Cloud's services share ("Client error codes", and the RAM and STS references). */
const kinds: Readonly<Record<string, FailureKind>> = {
	'KeyPair.AlreadyExist': 'nameTaken',
	'InvalidKeyPairName.Malformed': 'nameInvalid',
	'InvalidPublicKeyBody.Malformed': 'keyInvalid',
	'QuotaExceed.KeyPair': 'pairLimit',
	'InvalidResourceGroup.NotFound': 'resourceGroupInvalid',
	'InvalidRegionId.NotFound': 'regionUnknown',
	'InvalidParameter.KeypairAlreadyAttachedInstance': 'keyPairInUse',
	// TagResources.
	'InvalidResourceId.NotFound': 'notFound',
	'NumberExceed.Tags': 'tagLimit',
	'QuotaExceed.TagsPerResource': 'tagLimit',
	'Duplicate.TagKey': 'tagsInvalid',
	'InvalidTagKey.Malformed': 'tagsInvalid',
	'InvalidTagValue.Malformed': 'tagsInvalid',
	// ENS, with HTTP 400.
	'ens.interface.error': 'serverError',
	CallInterface: 'serverError',
	'InvalidSecurityGroupId.NotFound': 'badRequest',
	'SecurityGroupRuleConflict.Duplicated': 'badRequest',
	AuthorizationLimitExceed: 'badRequest',
	// Every service.
	NoPermission: 'notPermitted',
	Forbidden: 'notPermitted',
	'Forbidden.RAM': 'notPermitted',
	'Forbidden.Unauthorized': 'notPermitted',
	'Forbidden.RiskControl': 'accountState',
	'Forbidden.UserVerification': 'accountState',
	InsufficientBalance: 'accountState',
	'InvalidAccessKeyId.NotFound': 'credentialsRejected',
	'InvalidAccessKeyId.Inactive': 'credentialsRejected',
	SignatureDoesNotMatch: 'credentialsRejected',
	IncompleteSignature: 'credentialsRejected',
	MissingSecurityToken: 'credentialsRejected',
	SecurityTokenExpired: 'signInExpired',
	'InvalidTimeStamp.Expired': 'clockSkew',
	'InvalidTimeStamp.Format': 'clockSkew',
	IllegalTimestamp: 'clockSkew',
	// The number used once has come before: by a proxy that repeats requests, so that the first may have been carried out.
	SignatureNonceUsed: 'serverError',
	InternalError: 'serverError',
	ServiceUnavailable: 'serverError',
	MissingParameter: 'badRequest',
	'InvalidApi.NotFound': 'badRequest',
	InvalidAction: 'badRequest',
	'InvalidAction.NotFound': 'badRequest',
	UnsupportedHTTPMethod: 'badRequest',
	UnsupportedOperation: 'badRequest',
	NoSuchVersion: 'badRequest',
	InvalidVersion: 'badRequest',
	// AssumeRole.
	'EntityNotExist.Role': 'roleRefused',
	'InvalidParameter.RoleSessionName': 'roleRefused',
	'InvalidParameter.DurationSeconds': 'roleRefused',
	'InvalidParameter.PolicyGrammar': 'roleRefused',
	// The library itself.
	InvalidCredentials: 'credentialsMissing',
};

/** What a service's error code means, or undefined for one that is not known. ENS documents `InvalidParameter.%s`, and other codes come with parts of their own
 * too, so that families are known by their beginning. */
export function kindOfCode(code: string, message: string): FailureKind | undefined {
	// Expired tokens have come as InvalidParameter with the code in the text.
	if (code.startsWith('InvalidSecurityToken') || /\bSecurityToken\.?Expired\b/.test(message)) {
		return 'signInExpired';
	}
	if (Object.hasOwn(kinds, code)) {
		return kinds[code];
	}
	if (code.includes('Throttling')) {
		return 'throttled';
	}
	if (/^InvalidParameter\b/.test(code)) {
		return parameterKind(`${code} ${message}`);
	}
	if (code.startsWith('MissingParameter.')) {
		return 'badRequest';
	}
	return /^(?:InternalError|ServiceUnavailable)\./.test(code) ? 'serverError' : undefined;
}

/** Whether ENS, which documents no code for it, may have refused a name as taken by this one. (Its `ens.interface.error` and `CallInterface` may mean that,
 * too, and as well that what was asked for is done.) */
export function mayMeanTaken(code: string | undefined): boolean {
	return code !== undefined && /^InvalidParameter\b/.test(code);
}

/** Which argument it was stands in the code's end or only in the text, by its name in the API. */
function parameterKind(text: string): FailureKind {
	if (/\bKeyPairName\b/i.test(text)) {
		return 'nameInvalid';
	}
	if (/\bPublicKeyBody\b/i.test(text)) {
		return 'keyInvalid';
	}
	if (/\bResourceGroupId\b/i.test(text)) {
		return 'resourceGroupInvalid';
	}
	return /\bTag(?:Key|Value|\.|s?\b)/.test(text) ? 'tagsInvalid' : 'badRequest';
}
