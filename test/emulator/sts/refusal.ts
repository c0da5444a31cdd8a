import { AwsError } from '../awsError';
import type { Authorization } from '../sigv4/authorization';
import type { Refusal } from '../sigv4/verify';

/** What STS answers a request that is not let in. Codes: "Common errors" of the STS API reference; messages as quoted in public reports. */
export function refusedBySts(refusal: Refusal, authorization: Authorization | undefined, now: number): AwsError {
	const signedAt = authorization?.timestamp ?? '';
	switch (refusal) {
		case 'missing':
			return new AwsError('MissingAuthenticationToken', 'Request is missing Authentication Token', 403);
		case 'incomplete':
			return new AwsError('IncompleteSignature', 'The request signature does not conform to AWS standards', 400);
		case 'unknownKey':
		case 'wrongToken':
			return new AwsError('InvalidClientTokenId', 'The security token included in the request is invalid.', 403);
		case 'sessionExpired':
			return new AwsError('ExpiredToken', 'The security token included in the request is expired', 403);
		case 'signatureMismatch':
			return mismatch(
				'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
			);
		case 'wrongScope':
			return mismatch('Credential should be scoped to a valid region. ');
		case 'tooOld':
			return mismatch(
				`Signature expired: ${signedAt} is now earlier than ${basic(now - 15 * 60_000)} (${basic(now)} - 15 min.)`,
			);
		case 'fromTheFuture':
			return mismatch(
				`Signature not yet current: ${signedAt} is still later than ${basic(now + 15 * 60_000)} (${basic(now)} + 15 min.)`,
			);
	}
}

function mismatch(message: string): AwsError {
	return new AwsError('SignatureDoesNotMatch', message, 403);
}

/** `YYYYMMDDTHHMMSSZ` */
function basic(time: number): string {
	return new Date(time).toISOString().replace(/[-:]|\.\d{3}/g, '');
}
