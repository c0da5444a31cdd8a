import type { Accounts } from '../accounts/accounts';
import type { AccessKey } from '../accounts/credentials';
import type { HttpRequest } from '../http/message';
import { type Authorization, readAuthorization } from './authorization';
import { isSignedWith } from './signature';

/** Why a request is not let in. The services name these differently. */
export type Refusal =
	| 'missing'
	| 'incomplete'
	| 'unknownKey'
	| 'wrongToken'
	| 'signatureMismatch'
	/** The credential scope names another region or service than the host does. */
	| 'wrongScope'
	/** Signed more than 15 minutes ago, or a presigned request past its time. */
	| 'tooOld'
	/** Signed more than 15 minutes ahead. */
	| 'fromTheFuture'
	| 'sessionExpired';

/** A request whose signature holds. */
export interface Verified {
	readonly key: AccessKey;
	readonly authorization: Authorization;
}

/** What the request was sent to. */
export interface Endpoint {
	readonly service: string;
	/** Undefined when the host name says no region. */
	readonly region: string | undefined;
}

const toleranceMs = 15 * 60 * 1000;

/** The key that signed the request, or why it is refused. */
export function verify(
	request: HttpRequest,
	accounts: Accounts,
	endpoint: Endpoint,
	now: number,
): Verified | { readonly refusal: Refusal; readonly authorization?: Authorization } {
	const authorization = readAuthorization(request);
	if (authorization === 'missing' || authorization === 'incomplete') return { refusal: authorization };
	const key = accounts.accessKey(authorization.accessKeyId);
	const refusal =
		key === undefined || !key.active ? 'unknownKey' : refusalOf(request, authorization, key, endpoint, now);
	return refusal === undefined && key !== undefined
		? { key, authorization }
		: { refusal: refusal ?? 'unknownKey', authorization };
}

function refusalOf(
	request: HttpRequest,
	authorization: Authorization,
	key: AccessKey,
	endpoint: Endpoint,
	now: number,
): Refusal | undefined {
	const { service, region, timestamp, expires, sessionToken } = authorization;
	if (service !== endpoint.service || region !== (endpoint.region ?? region)) return 'wrongScope';
	if (!isSignedWith(key.secret, request, authorization)) return 'signatureMismatch';
	const signedAt = Date.parse(timestamp.replace(/^(....)(..)(..)T(..)(..)(..)Z$/, '$1-$2-$3T$4:$5:$6Z'));
	if (Number.isNaN(signedAt)) return 'incomplete';
	if (signedAt > now + toleranceMs) return 'fromTheFuture';
	if (signedAt < now - (expires === undefined ? toleranceMs : expires * 1000)) return 'tooOld';
	if (sessionToken !== key.session?.token) return 'wrongToken';
	return key.session !== undefined && key.session.expiration <= now ? 'sessionExpired' : undefined;
}
