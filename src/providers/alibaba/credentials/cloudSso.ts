import type { CloudSsoSettings } from '../configuration/credentialPlan';
import { credentialError } from './credentialFailures';
import { CredentialRefusal } from './credentialRefusal';
import { type Obtained, sessionOf, toObtained } from './obtained';
import { post } from './post';

/** Credentials through the token that `aliyun configure --mode CloudSSO` left, as the CLI exchanges it (cloudsso/refresh.go of aliyun/aliyun-cli).
 * @alicloud/credentials 2.4.7 leaves the account and the access configuration out of its request.
 * @throws {ProviderError} kind signInExpired, when there is no token that is good; configuration, for a URL that would not keep it secret; else CredentialRefusal, or what the network throws. */
export async function exchangeCloudSsoToken(settings: CloudSsoSettings): Promise<Obtained> {
	const { signInUrl, accountId, accessConfig, accessToken, accessTokenExpire = 0 } = settings;
	if (!accountId || !accessConfig || !accessToken || accessTokenExpire * 1000 <= Date.now()) {
		throw credentialError('signInExpired');
	}
	const url = new URL('/cloud-credentials', signInUrl);
	if (url.protocol !== 'https:' && !/^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(url.hostname)) {
		throw credentialError('configuration', {
			code: 'EndpointNotEncrypted',
			detail: 'cloud_sso_sign_in_url has to begin with https://: a token is sent there',
		});
	}
	const { status, data } = await post(url, {
		json: { AccountId: accountId, AccessConfigurationId: accessConfig },
		bearer: accessToken,
	});
	// Older endpoints answer with the credentials themselves.
	const session = status === 200 ? (sessionOf(data?.['CloudCredential']) ?? sessionOf(data)) : undefined;
	if (!session) {
		throw new CredentialRefusal(status, status === 200 ? undefined : data);
	}
	return toObtained(session);
}
