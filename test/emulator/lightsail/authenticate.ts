import type { Account } from '../accounts/account';
import type { Accounts } from '../accounts/accounts';
import type { Principal } from '../accounts/credentials';
import { AwsError } from '../awsError';
import type { HttpRequest } from '../http/message';
import type { Authorization } from '../sigv4/authorization';
import { type Refusal, verify } from '../sigv4/verify';
import { isLightsailRegion } from './regions';

/** Who calls, and where. */
export interface Caller {
	readonly principal: Principal;
	readonly account: Account;
	readonly region: string;
}

/** The caller of a signed request to Lightsail.
 * @throws {AwsError} in the words of AWS's JSON services when the request is not let in. */
export function authenticate(
	request: HttpRequest,
	accounts: Accounts,
	region: string | undefined,
	now: number,
): Caller {
	const result = verify(request, accounts, { service: 'lightsail', region }, now);
	if ('refusal' in result) throw refused(result.refusal, result.authorization, now);
	const { principal } = result.key;
	const account = accounts.get(principal.account);
	const { region: signedRegion } = result.authorization;
	// A region that the account has not enabled does not know its keys. One without Lightsail has no host in truth: no name, no connection.
	if (account === undefined || !account.isEnabled(signedRegion) || !isLightsailRegion(signedRegion)) {
		throw unrecognizedClient();
	}
	return { principal, account, region: signedRegion };
}

/** Codes: "Common errors" of AWS's JSON services. Statuses: 400, as these services answer all of the client's mistakes. */
function refused(refusal: Refusal, authorization: Authorization | undefined, now: number): AwsError {
	const signedAt = authorization?.timestamp ?? '';
	switch (refusal) {
		case 'missing':
			return new AwsError('MissingAuthenticationTokenException', 'Missing Authentication Token');
		case 'incomplete':
			return new AwsError('IncompleteSignatureException', 'The request signature does not conform to AWS standards');
		case 'unknownKey':
		case 'wrongToken':
			return unrecognizedClient();
		case 'sessionExpired':
			return new AwsError('ExpiredTokenException', 'The security token included in the request is expired');
		case 'signatureMismatch':
			return invalidSignature(
				'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
			);
		case 'wrongScope':
			return invalidSignature('Credential should be scoped to a valid region. ');
		case 'tooOld':
			return invalidSignature(
				`Signature expired: ${signedAt} is now earlier than ${basic(now - 15 * 60_000)} (${basic(now)} - 15 min.)`,
			);
		case 'fromTheFuture':
			return invalidSignature(
				`Signature not yet current: ${signedAt} is still later than ${basic(now + 15 * 60_000)} (${basic(now)} + 15 min.)`,
			);
	}
}

function unrecognizedClient(): AwsError {
	return new AwsError('UnrecognizedClientException', 'The security token included in the request is invalid.');
}

function invalidSignature(message: string): AwsError {
	return new AwsError('InvalidSignatureException', message);
}

/** `YYYYMMDDTHHMMSSZ` */
function basic(time: number): string {
	return new Date(time).toISOString().replace(/[-:]|\.\d{3}/g, '');
}
