import { numberOf, textOf } from '../configuration/cliPlans';
import { readCliConfig } from '../configuration/configFile';
import type { OAuthSite } from '../configuration/credentialPlan';
import type { AlibabaContext } from '../context';
import { credentialError } from './credentialFailures';
import { CredentialRefusal } from './credentialRefusal';
import { type OAuthTokens, writeOAuthTokens } from './oauthTokens';
import { type Obtained, toObtained } from './obtained';
import { post } from './post';

/** The sign-in pages and the CLI's own id there (config/configure.go of aliyun/aliyun-cli; cli_profile.ts of @alicloud/credentials). */
const sites: { readonly [S in OAuthSite]: { readonly url: string; readonly clientId: string } } = {
	CN: { url: 'https://oauth.aliyun.com', clientId: '4038181954557748008' },
	INTL: { url: 'https://oauth.alibabacloud.com', clientId: '4103531455503354461' },
};

/** An access token is renewed this long before it expires, in milliseconds. Later than the library does it: each renewal writes config.json, and
 * whoever watches that reads everything again. */
const renewalMs = 60_000;

/** Credentials through the tokens that `aliyun configure --mode OAuth` left. A refresh token works once: the one that comes in its place is written into
 * config.json at once, before anything else can fail. */
export class OAuthSignIn {
	/** Tokens are renewed one after the other, so that none is used twice. */
	private renewing: Promise<unknown> = Promise.resolve();
	/** Tokens that could not be written, by the refresh token in whose place they came. */
	private readonly unwritten = new Map<string, OAuthTokens>();

	constructor(private readonly context: AlibabaContext) {}

	/** The credentials of the account that has signed in.
	 * @throws {ProviderError} kind signInExpired; else CredentialRefusal, or what the network throws. */
	async exchange(profile: string, site: OAuthSite): Promise<Obtained> {
		const renewed = this.renewing.then(() => this.tokens(profile, site));
		this.renewing = renewed.catch(() => {});
		const { accessToken } = await renewed;
		const { status, data } = await post(new URL('/v1/exchange', sites[site].url), { bearer: accessToken });
		const text = (key: string): string | undefined => textOf(data ?? {}, key);
		const [accessKeyId, accessKeySecret] = [text('accessKeyId'), text('accessKeySecret')];
		const securityToken = text('securityToken');
		if (status !== 200 || !accessKeyId || !accessKeySecret || !securityToken) {
			throw new CredentialRefusal(status, status === 200 ? undefined : data);
		}
		return toObtained({ accessKeyId, accessKeySecret, securityToken, expiration: text('expiration') });
	}

	/** Tokens that are good now, as the file has them or new ones. */
	private async tokens(profile: string, site: OAuthSite, refused?: string): Promise<OAuthTokens> {
		const { environment } = this.context.dependencies;
		const { profiles } = await readCliConfig(environment);
		const values = profiles.get(profile)?.values ?? {};
		const written = textOf(values, 'oauth_refresh_token');
		const kept = this.unwritten.get(written ?? '');
		const accessToken = kept?.accessToken ?? textOf(values, 'oauth_access_token');
		const accessTokenExpire = kept?.accessTokenExpire ?? numberOf(values, 'oauth_access_token_expire') ?? 0;
		const refreshToken = kept?.refreshToken ?? written;
		if (accessToken !== undefined && accessTokenExpire * 1000 - Date.now() > renewalMs) {
			return { accessToken, accessTokenExpire, refreshToken: refreshToken ?? '' };
		}
		if (written === undefined || refreshToken === undefined || refreshToken === refused) {
			throw credentialError('signInExpired');
		}
		const renewed = await renew(refreshToken, site);
		if (!renewed) {
			// Another program may have renewed it a moment ago, and have written what came in its place.
			return this.tokens(profile, site, refreshToken);
		}
		try {
			await writeOAuthTokens(environment, profile, renewed);
		} catch {
			this.context.dependencies.log.debug('The renewed OAuth tokens could not be written to config.json');
			this.unwritten.set(written, renewed);
		}
		return renewed;
	}
}

/** The tokens in place of those that have expired; undefined when the refresh token is refused. */
async function renew(refreshToken: string, site: OAuthSite): Promise<OAuthTokens | undefined> {
	const { url, clientId } = sites[site];
	const { status, data } = await post(new URL('/v1/token', url), {
		form: {
			grant_type: 'refresh_token',
			refresh_token: refreshToken,
			client_id: clientId,
			Timestamp: new Date().toISOString().replace(/\.\d+/, ''),
		},
	});
	if (data && status >= 400 && status < 500) {
		return undefined;
	}
	const [accessToken, next] = [textOf(data ?? {}, 'access_token'), textOf(data ?? {}, 'refresh_token')];
	if (status !== 200 || !data || !accessToken || !next) {
		throw new CredentialRefusal(status, undefined);
	}
	const lifeSeconds = numberOf(data, 'expires_in') ?? 3600;
	return { accessToken, refreshToken: next, accessTokenExpire: Math.floor(Date.now() / 1000) + lifeSeconds };
}
