import type { Account } from '../accounts/account';
import type { Accounts } from '../accounts/accounts';
import type { Principal } from '../accounts/credentials';
import { AwsError } from '../awsError';
import type { HttpRequest } from '../http/message';
import { type Refusal, verify } from '../sigv4/verify';

/** Who calls, and where. */
export interface Caller {
	readonly principal: Principal;
	readonly account: Account;
	readonly region: string;
}

/** The caller of a signed EC2 request. `region` is the host's, where the host names one.
 * @throws {AwsError} in EC2's words when the request is not let in. */
export function authenticate(
	request: HttpRequest,
	accounts: Accounts,
	region: string | undefined,
	now: number,
): Caller {
	const result = verify(request, accounts, { service: 'ec2', region }, now);
	if ('refusal' in result) throw refused(result.refusal);
	const { principal } = result.key;
	const account = accounts.get(principal.account);
	// EC2 answers a region that the account has not enabled just as it answers an unknown key.
	if (account === undefined || !account.isEnabled(result.authorization.region)) throw authFailure();
	return { principal, account, region: result.authorization.region };
}

/** Codes: "Error codes for the Amazon EC2 API"; statuses: its list of common errors. AuthFailure (401) for a wrong region in the scope and for an
 * unknown key, SignatureDoesNotMatch for a wrong secret, RequestExpired for an expired session: as quoted in public reports of live calls. */
function refused(refusal: Refusal): AwsError {
	switch (refusal) {
		case 'missing':
			return new AwsError(
				'MissingAuthenticationToken',
				'The request must contain a valid AWS access key ID or X.509 certificate',
				403,
			);
		case 'incomplete':
			return new AwsError('IncompleteSignature', 'The request signature does not conform to AWS standards');
		case 'signatureMismatch':
			return new AwsError(
				'SignatureDoesNotMatch',
				'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
				403,
			);
		case 'tooOld':
		case 'fromTheFuture':
		case 'sessionExpired':
			return new AwsError('RequestExpired', 'Request has expired.');
		case 'unknownKey':
		case 'wrongToken':
		case 'wrongScope':
			return authFailure();
	}
}

function authFailure(): AwsError {
	return new AwsError('AuthFailure', 'AWS was not able to validate the provided access credentials', 401);
}
