import type { FailureKind } from '../failure';
import { commonKind } from './commonCodes';
import type { ErrorShape } from './errorShape';

/** What Lightsail's exceptions mean (service model 2016-11-28), beside the codes of `commonCodes.ts`. All but
 * ServiceException come with HTTP 400, so that the status says nothing. Those that mean several things stand in
 * `lightsailKind`. */
const exceptions: Readonly<Record<string, FailureKind>> = {
	AccountSetupInProgressException: 'accountState',
	NotFoundException: 'notFound',
	OperationFailureException: 'operationFailed',
	RegionSetupInProgressException: 'regionNotReady',
	ServiceException: 'serverError',
};

/** What the codes inside InvalidInputException, and those of operations that failed, mean. */
const subCodes: Readonly<Record<string, FailureKind>> = {
	NameExists: 'nameTaken',
	'InvalidKey.Format': 'keyInvalid',
};

/** Kinds that say why an operation failed, and no other reason than that Lightsail itself could not. */
const reasons: ReadonlySet<FailureKind> = new Set<FailureKind>([
	'nameTaken',
	'nameInvalid',
	'keyInvalid',
	'tagsInvalid',
	'tagLimit',
	'pairLimit',
	'notPermitted',
	'notFound',
	'accountState',
	'regionNotReady',
]);

/** What is known of the call, for codes that mean several things. */
export interface LightsailCall {
	/** Whether the credentials were temporary ones. */
	readonly temporary: boolean;
	/** Whether the account has enabled the region, as far as that is known. */
	readonly regionEnabled?: boolean;
	/** Whether Lightsail has taken the same credentials in another region, and not yet in this one. */
	readonly acceptedElsewhere: boolean;
}

/** The kind of an error of Lightsail's own; undefined for all others. */
export function lightsailKind(error: ErrorShape, call: LightsailCall): FailureKind | undefined {
	switch (error.name) {
		case 'InvalidInputException':
			return inputKind(error);
		case 'AccessDeniedException':
			// The model: "when the user cannot be authenticated or uses invalid credentials to access a resource".
			return /\b(?:credentials?|access key|security token)\b/i.test(error.message) && !isDenial(error.message)
				? rejected(call)
				: 'notPermitted';
		case 'UnauthenticatedException':
			return rejected(call);
		case 'UnrecognizedClientException':
		case 'InvalidClientTokenId':
			// So Lightsail answers in a region that the account has not enabled, as if it had never heard of the key.
			return isRegionOff(call) ? 'regionNotEnabled' : 'credentialsRejected';
		case failedOperation:
			return operationKind(error);
		default:
			return Object.hasOwn(exceptions, error.name) ? exceptions[error.name] : undefined;
	}
}

/** The name of the error that stands for an operation which failed after it was accepted. */
export const failedOperation = 'FailedOperation';

function rejected({ temporary }: LightsailCall): FailureKind {
	return temporary ? 'signInExpired' : 'credentialsRejected';
}

function isRegionOff({ regionEnabled, acceptedElsewhere }: LightsailCall): boolean {
	return regionEnabled === false || (regionEnabled === undefined && acceptedElsewhere);
}

function isDenial(message: string): boolean {
	return /not authorized to perform/i.test(message);
}

/** What Lightsail did not like stands in the code inside the exception; where it has none, only in the sentence. */
function inputKind({ subCode = '', message }: ErrorShape): FailureKind {
	if (Object.hasOwn(subCodes, subCode)) {
		return subCodes[subCode] ?? 'badRequest';
	}
	const sentences: readonly (readonly [RegExp, FailureKind])[] = [
		[/already (?:in use|exists?)/i, 'nameTaken'],
		[/public ?key/i, 'keyInvalid'],
		[/\btags\b.*\b(?:limit|most|maximum|exceed)|\b(?:limit|maximum|too many|exceed).*\btags\b/i, 'tagLimit'],
		[/\btag/i, 'tagsInvalid'],
		[/\bkey pairs?\b.*\b(?:limit|maximum|quota)|\b(?:limit|maximum|quota).*\bkey pairs?\b/i, 'pairLimit'],
		[/\bname\b|keyPairName|resourceName/i, 'nameInvalid'],
	];
	return sentences.find(([pattern]) => pattern.test(message))?.[1] ?? 'badRequest';
}

/** Why an operation failed: its code is one of those above, with or without `Exception` at its end, or says nothing that
 * the person could act on. */
function operationKind({ subCode = '', message }: ErrorShape): FailureKind {
	if (Object.hasOwn(subCodes, subCode)) {
		return subCodes[subCode] ?? 'operationFailed';
	}
	for (const name of [subCode, `${subCode}Exception`]) {
		const kind =
			name === 'InvalidInputException'
				? inputKind({ name, message, clockSkewCorrected: false })
				: name === 'AccessDeniedException'
					? 'notPermitted'
					: Object.hasOwn(exceptions, name)
						? exceptions[name]
						: commonKind(name);
		if (kind !== undefined && reasons.has(kind)) {
			return kind;
		}
	}
	return 'operationFailed';
}
