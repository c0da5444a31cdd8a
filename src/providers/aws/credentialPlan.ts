import type { ProfileProblem } from '../../domain/profile';
import type { IniValues } from './iniFile';
import type { SharedConfig } from './sharedConfig';

/** Where a profile's credentials come from. Holds secrets: never leaves the provider. */
export type CredentialPlan =
	| { readonly via: 'static' | 'webIdentity' | 'process' | 'sso' | 'login'; readonly values: IniValues }
	| { readonly via: 'role'; readonly values: IniValues; readonly source: RoleSource }
	/** A profile that is there only as the source of another one's role. */
	| { readonly via: 'service'; readonly service: CredentialService };

/** What a role is assumed with. */
export type RoleSource =
	| { readonly profile: string; readonly plan: CredentialPlan }
	| { readonly service: CredentialService };

/** The values of `credential_source`. */
export type CredentialService = 'Environment' | 'Ec2InstanceMetadata' | 'EcsContainer';

/** How AWS's SDK would get the credentials of a profile (resolveProfileData.js of @aws-sdk/credential-provider-ini
 * 3.972), or why it could not. */
export function planCredentials(
	profile: string,
	config: Pick<SharedConfig, 'profiles' | 'ssoSessions'>,
	visited: readonly string[] = [],
): CredentialPlan | ProfileProblem {
	const values = config.profiles.get(profile)?.values;
	if (!values) {
		return 'nothingUsable';
	}
	const isSource = visited.length > 0;
	const isStatic = values.has('aws_access_key_id') && values.has('aws_secret_access_key');
	// Also a profile that has keys and is its own source comes to an end here.
	if (isSource && isStatic) {
		return { via: 'static', values };
	}
	const sourceProfile = values.get('source_profile');
	const service = values.get('credential_source');
	if (isSource && service !== undefined && !values.has('role_arn')) {
		return isService(service) ? { via: 'service', service } : 'nothingUsable';
	}
	if (values.has('role_arn') && (sourceProfile === undefined) !== (service === undefined)) {
		return planRole(values, sourceProfile, service, config, visited);
	}
	if (isStatic) {
		return { via: 'static', values };
	}
	if (values.has('role_arn') && values.has('web_identity_token_file')) {
		return { via: 'webIdentity', values };
	}
	if (values.has('credential_process')) {
		return { via: 'process', values };
	}
	if (ssoKeys.some((key) => values.has(key))) {
		return isCompleteSso(values, config) ? { via: 'sso', values } : 'nothingUsable';
	}
	return values.has('login_session') ? { via: 'login', values } : 'nothingUsable';
}

function planRole(
	values: IniValues,
	sourceProfile: string | undefined,
	service: string | undefined,
	config: Pick<SharedConfig, 'profiles' | 'ssoSessions'>,
	visited: readonly string[],
): CredentialPlan | ProfileProblem {
	if (sourceProfile === undefined) {
		return isService(service) ? { via: 'role', values, source: { service } } : 'nothingUsable';
	}
	if (visited.includes(sourceProfile)) {
		return 'cycle';
	}
	if (!config.profiles.has(sourceProfile)) {
		return 'sourceMissing';
	}
	const plan = planCredentials(sourceProfile, config, [...visited, sourceProfile]);
	return typeof plan === 'string' ? plan : { via: 'role', values, source: { profile: sourceProfile, plan } };
}

const ssoKeys = ['sso_start_url', 'sso_account_id', 'sso_session', 'sso_region', 'sso_role_name'];

function isCompleteSso(values: IniValues, config: Pick<SharedConfig, 'ssoSessions'>): boolean {
	const name = values.get('sso_session');
	const session = name === undefined ? values : config.ssoSessions.get(name);
	return (
		values.has('sso_account_id') &&
		values.has('sso_role_name') &&
		(session?.has('sso_start_url') ?? false) &&
		(session?.has('sso_region') ?? false)
	);
}

function isService(name: string | undefined): name is CredentialService {
	return name === 'Environment' || name === 'Ec2InstanceMetadata' || name === 'EcsContainer';
}
