import type { FailureKind } from '../failure';
import type { ErrorShape } from './errorShape';

/** What EC2's own codes mean ("Error codes for the Amazon EC2 API"), beside those of `commonCodes.ts`. Codes that mean
 * several things stand in `ec2Kind`. */
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
	UnauthorizedOperation: 'notPermitted',
	PendingVerification: 'accountState',
	Blocked: 'accountState',
	EC2ThrottledException: 'throttled',
	Unavailable: 'serverError',
};

/** The kind of an error of EC2's own; undefined for all others. `regionEnabled`: whether the account has enabled the
 * region, as far as that is known. */
export function ec2Kind(
	{ name, message }: ErrorShape,
	{ regionEnabled }: { readonly regionEnabled?: boolean },
): FailureKind | undefined {
	switch (name) {
		case 'InvalidParameterValue':
			return parameterKind(message);
		case 'AuthFailure':
			return regionEnabled === false ? 'regionNotEnabled' : 'credentialsRejected';
		default:
			return Object.hasOwn(kinds, name) ? kinds[name] : undefined;
	}
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
