import { ECSRAMRoleCredentialsProvider, URICredentialsProvider } from '@alicloud/credentials';
import type { AlibabaCredentials, CredentialPlan, RoleSettings } from '../configuration/credentialPlan';
import type { AlibabaContext } from '../context';
import { exchangeCloudSsoToken } from './cloudSso';
import { OAuthSignIn } from './oauth';
import { type Obtained, toObtained } from './obtained';
import { runCredentialProcess } from './processCredentials';
import { assumeRole, assumeRoleWithOidc } from './sts';

/** The ways to credentials. A provider of Alibaba Cloud's library is made anew each time: one that has failed keeps failing, and one that has not keeps
 * what it read. Every method rejects with whatever was thrown; `toCredentialError` makes something presentable of it. */
export class CredentialSources {
	private readonly oauth: OAuthSignIn;

	constructor(private readonly context: AlibabaContext) {
		this.oauth = new OAuthSignIn(context);
	}

	/** All ways but a role's, which starts from other credentials. */
	follow(plan: Exclude<CredentialPlan, { readonly via: 'role' }>): Promise<Obtained> {
		switch (plan.via) {
			case 'key':
				return Promise.resolve({ credentials: plan.key });
			case 'oidc':
				return assumeRoleWithOidc(plan.role, plan.providerArn, plan.tokenFile, this.context);
			case 'instanceRole':
				return this.instanceRole(plan.roleName);
			case 'uri':
				return this.uri(plan.uri);
			case 'process':
				return runCredentialProcess(plan.command, this.context.dependencies.environment);
			case 'cloudSso':
				return exchangeCloudSsoToken(plan.cloudSso);
			case 'oauth':
				return this.oauth.exchange(plan.profile, plan.site);
		}
	}

	/** The credentials of a role. */
	role(role: RoleSettings, source: AlibabaCredentials): Promise<Obtained> {
		return assumeRole(role, source, this.context);
	}

	private async instanceRole(roleName: string | undefined): Promise<Obtained> {
		const provider = ECSRAMRoleCredentialsProvider.builder();
		return toObtained(await (roleName === undefined ? provider : provider.withRoleName(roleName)).build().getSession());
	}

	private async uri(uri: string): Promise<Obtained> {
		return toObtained(await URICredentialsProvider.builder().withCredentialsURI(uri).build().getSession());
	}
}
