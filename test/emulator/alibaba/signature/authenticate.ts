import type { HttpRequest } from '../../http/message';
import type { QueryParameters } from '../../query';
import type { AlibabaAccount } from '../accounts/account';
import type { AlibabaAccessKey } from '../accounts/credentials';
import type { AlibabaCloud } from '../alibabaCloud';
import { AlibabaError } from '../alibabaError';
import { type Claim, readClaim } from './credentials';

/** Who calls. */
export interface Caller {
	readonly key: AlibabaAccessKey;
	readonly account: AlibabaAccount;
}

const toleranceMs = 15 * 60 * 1000;

/** The caller of a signed request, in either signature method.
 * Codes: "Common error codes" of the API references, and the FAQ on STS; statuses: as quoted in public reports of live calls.
 * @throws {AlibabaError} when the request is not let in. */
export function authenticate(request: HttpRequest, parameters: QueryParameters, cloud: AlibabaCloud): Caller {
	const claim = readClaim(request, parameters);
	checkDate(claim.date, cloud.now());
	const key = cloud.accounts.accessKey(claim.accessKeyId);
	const account = key === undefined ? undefined : cloud.accounts.get(key.principal.account);
	if (key === undefined || account === undefined) {
		throw new AlibabaError('InvalidAccessKeyId.NotFound', 'Specified access key is not found.', 404);
	}
	if (!key.active) throw new AlibabaError('InvalidAccessKeyId.Inactive', 'Specified access key is disabled.');
	checkToken(claim, key, cloud);
	if (!claim.isSignedWith(key.secret)) {
		throw new AlibabaError(
			'SignatureDoesNotMatch',
			`Specified signature is not matched with our calculation. server string to sign is:${claim.stringToSign}`,
		);
	}
	if (claim.nonce === '')
		throw new AlibabaError('MissingSignatureNonce', 'SignatureNonce is mandatory for this action.');
	if (!cloud.nonces.use(key.id, claim.nonce, cloud.now(), 2 * toleranceMs)) {
		throw new AlibabaError('SignatureNonceUsed', 'Specified signature nonce was used already.');
	}
	return { key, account };
}

function checkDate(date: string, now: number): void {
	const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(date) ? Date.parse(date) : Number.NaN;
	if (Number.isNaN(time)) {
		throw new AlibabaError('InvalidTimeStamp.Format', 'Specified time stamp or date value is not well formatted.');
	}
	if (Math.abs(time - now) > toleranceMs) {
		throw new AlibabaError('InvalidTimeStamp.Expired', 'Specified time stamp or date value is expired.');
	}
}

function checkToken({ securityToken }: Claim, key: AlibabaAccessKey, cloud: AlibabaCloud): void {
	if (securityToken === undefined) {
		if (key.session === undefined) return;
		throw new AlibabaError('MissingSecurityToken', 'SecurityToken is mandatory for this action.');
	}
	const owner = cloud.accounts.sessionKey(securityToken);
	if (owner === undefined) {
		throw new AlibabaError('InvalidSecurityToken.Malformed', 'Specified SecurityToken is malformed.');
	}
	if (owner !== key) {
		throw new AlibabaError(
			'InvalidSecurityToken.MismatchWithAccessKey',
			'Specified SecurityToken mismatch with the AccessKey.',
		);
	}
	if (key.session !== undefined && key.session.expiration <= cloud.now()) {
		throw new AlibabaError('InvalidSecurityToken.Expired', 'Specified SecurityToken is expired.');
	}
}
