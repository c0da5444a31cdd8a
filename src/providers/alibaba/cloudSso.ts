import { credentialError } from './credentialFailures';
import type { CloudSsoSettings } from './credentialPlan';
import { CredentialRefusal } from './credentialRefusal';
import { type Obtained, sessionOf, toObtained } from './obtained';
import { post } from './post';

/** Credentials through the token that `aliyun configure --mode CloudSSO` left, as the CLI exchanges it (cloudsso/refresh.go of aliyun/aliyun-cli).
 * @alicloud/credentials 2.4.7 leaves the account and the access configuration out of its request.
 * @throws {ProviderError} kind signInExpired, when there is no token that is good; else CredentialRefusal, or what the network throws. */
export async function exchangeCloudSsoToken(settings: CloudSsoSettings): Promise<Obtained> {
	const { signInUrl, accountId, accessConfig, accessToken, accessTokenExpire = 0 } = settings;
	if (!accountId || !accessConfig || !accessToken || accessTokenExpire * 1000 <= Date.now()) {
		throw credentialError('signInExpired');
	}
	const { status, data } = await post(new URL('/cloud-credentials', signInUrl), {
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
