import type { Call } from '../../call';
import { type HttpReply, type HttpRequest, headerOf } from '../../http/message';
import { isoSeconds, newRequestId, type World } from '../../world';
import type { AlibabaAccounts } from '../accounts/accounts';
import { newText } from '../accounts/credentials';
import type { AlibabaRole } from '../accounts/roles';
import { startSession } from '../sts/session';
import { json, signInCall } from './call';

/** A sign-in, as `aliyun configure --mode OAuth` keeps it. */
export interface OAuthSignIn {
	readonly accessToken: string;
	readonly refreshToken: string;
	/** Seconds since 1970. */
	readonly accessTokenExpire: number;
}

interface Grant {
	readonly role: AlibabaRole;
	readonly clientId: string;
	readonly refreshToken: string;
	/** Milliseconds since 1970. */
	readonly expiration: number;
}

/** Alibaba Cloud's OAuth service: `POST /v1/token` with a refresh token, which is used up by it, and `POST /v1/exchange` of an access token for
 * credentials, as @alicloud/credentials 2.4.7 calls them. Refusals: RFC 6749, section 5.2, and RFC 6750, section 3.1. */
export class OAuth {
	readonly #world: World;
	readonly #accounts: AlibabaAccounts;
	/** By access token. */
	readonly #grants = new Map<string, Grant>();

	constructor(world: World, accounts: AlibabaAccounts) {
		this.#world = world;
		this.#accounts = accounts;
	}

	/** Signs somebody in as the role; the access token is good for `seconds`. */
	signIn(role: AlibabaRole, clientId: string, seconds = 3600): OAuthSignIn {
		const accessToken = newText(this.#world, 48);
		const refreshToken = newText(this.#world, 48);
		const expiration = this.#world.now() + seconds * 1000;
		this.#grants.set(accessToken, { role, clientId, refreshToken, expiration });
		return { accessToken, refreshToken, accessTokenExpire: Math.floor(expiration / 1000) };
	}

	/** What is asked, or undefined when the request is another service's. */
	call(request: HttpRequest): Call | undefined {
		const { method, path } = request;
		if (method !== 'POST') return undefined;
		if (path === '/v1/token') return signInCall('alibaba-oauth', 'RefreshToken', () => this.#refresh(request));
		if (path === '/v1/exchange') return signInCall('alibaba-oauth', 'Exchange', () => this.#exchange(request));
		return undefined;
	}

	#refresh({ body }: HttpRequest): HttpReply {
		const form = new URLSearchParams(body.toString('utf8'));
		if (form.get('grant_type') !== 'refresh_token') return json(400, { error: 'unsupported_grant_type' });
		const [accessToken, grant] =
			[...this.#grants].find(([, { refreshToken }]) => refreshToken === form.get('refresh_token')) ?? [];
		if (accessToken === undefined || grant === undefined || grant.clientId !== form.get('client_id')) {
			return json(400, { error: 'invalid_grant' });
		}
		this.#grants.delete(accessToken);
		const next = this.signIn(grant.role, grant.clientId);
		return json(200, {
			access_token: next.accessToken,
			refresh_token: next.refreshToken,
			token_type: 'Bearer',
			expires_in: 3600,
		});
	}

	#exchange(request: HttpRequest): HttpReply {
		const grant = this.#grants.get(headerOf(request, 'authorization')?.replace(/^Bearer /, '') ?? '');
		if (grant === undefined || grant.expiration <= this.#world.now()) return json(401, { error: 'invalid_token' });
		const { id, secret, session } = startSession(this.#accounts, grant.role, 'oauth', 3600);
		return json(200, {
			requestId: newRequestId(this.#world),
			accessKeyId: id,
			accessKeySecret: secret,
			securityToken: session.token,
			expiration: isoSeconds(session.expiration),
		});
	}
}
