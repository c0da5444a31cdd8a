import type { CliConfig, CliProfile } from './configFile';
import {
	type CredentialPlan,
	instanceRolePlan,
	keyPlan,
	nothingUsable,
	oidcPlan,
	type PlanProblem,
	type RoleSettings,
	rolePlan,
	uriPlan,
} from './credentialPlan';

/** Every mode of the CLI (config/profile.go of aliyun/aliyun-cli), spelt as it writes them; it reads them in any case. */
const modes = [
	'AK',
	'StsToken',
	'RamRoleArn',
	'ChainableRamRoleArn',
	'EcsRamRole',
	'RamRoleArnWithRoleName',
	'OIDC',
	'External',
	'CloudSSO',
	'OAuth',
	'CredentialsURI',
	'RsaKeyPair',
	'BearerToken',
	'Anonymous',
] as const;

/** How the credentials of each profile of the CLI's configuration are got. */
export class CliPlans {
	private readonly plans = new Map<string, CredentialPlan | PlanProblem>();

	constructor(private readonly config: CliConfig) {}

	/** The profile's plan, or why there is none. Chains of source profiles are followed here, before any call; one that leads back to itself is a
	 * cycle. */
	of(name: string): CredentialPlan | PlanProblem {
		const chain: CliProfile[] = [];
		let next: string | undefined = name;
		while (next !== undefined && !this.plans.has(next)) {
			const profile = this.config.profiles.get(next);
			if (!profile) {
				break;
			}
			chain.push(profile);
			// Who finds this when it looks for its source has come full circle.
			this.plans.set(next, { problem: 'cycle' });
			next = sourceOf(profile);
		}
		for (const profile of chain.reverse()) {
			this.plans.set(profile.name, this.plan(profile));
		}
		return this.known(name);
	}

	private known(name: string): CredentialPlan | PlanProblem {
		return this.plans.get(name) ?? { problem: 'sourceMissing' };
	}

	private plan({ name, values }: CliProfile): CredentialPlan | PlanProblem {
		const text = (key: string): string | undefined => textOf(values, key);
		const [id, secret, token] = [text('access_key_id'), text('access_key_secret'), text('sts_token')];
		const mode = modeOf(values);
		switch (mode) {
			case 'AK':
				// A token there is left over from another mode.
				return keyPlan(id, secret);
			case 'StsToken':
				return token ? keyPlan(id, secret, token) : nothingUsable;
			case 'RamRoleArn':
				return rolePlan(roleOf(values), keyPlan(id, secret, token));
			case 'ChainableRamRoleArn': {
				const source = text('source_profile');
				return source ? rolePlan(roleOf(values), this.known(source), source) : nothingUsable;
			}
			case 'EcsRamRole':
				return instanceRolePlan(text('ram_role_name'));
			case 'RamRoleArnWithRoleName':
				return rolePlan(roleOf(values), instanceRolePlan(text('ram_role_name')));
			case 'OIDC':
				return oidcPlan(roleOf(values), text('oidc_provider_arn'), text('oidc_token_file'));
			case 'External': {
				const command = text('process_command');
				return command ? { via: 'process', command } : nothingUsable;
			}
			case 'CloudSSO':
				return cloudSsoPlan(values);
			case 'OAuth': {
				const site = text('oauth_site_type')?.toUpperCase();
				return site === 'CN' || site === 'INTL' ? { via: 'oauth', profile: name, site } : nothingUsable;
			}
			case 'CredentialsURI':
				return uriPlan(text('credentials_uri'));
			case undefined:
				return nothingUsable;
			default:
				return { problem: 'modeNotSupported', mode };
		}
	}
}

/** The profile that a chained role starts from. */
function sourceOf({ values }: CliProfile): string | undefined {
	return modeOf(values) === 'ChainableRamRoleArn' ? textOf(values, 'source_profile') : undefined;
}

/** The non-empty text of that key. */
export function textOf(values: CliProfile['values'], key: string): string | undefined {
	const value = values[key];
	return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The non-negative number of that key. */
export function numberOf(values: CliProfile['values'], key: string): number | undefined {
	const value = values[key];
	return typeof value === 'number' && value > 0 ? value : undefined;
}

/** The profile's mode as the CLI spells it, or as written when it is none of those. Where it is missing, the keys tell (AutoModeRecognition in the
 * CLI). */
function modeOf(values: CliProfile['values']): string | undefined {
	const written = textOf(values, 'mode');
	if (written !== undefined) {
		return modes.find((mode) => mode.toLowerCase() === written.toLowerCase()) ?? written;
	}
	const has = (...keys: readonly string[]): boolean => keys.every((key) => textOf(values, key) !== undefined);
	if (has('access_key_id', 'access_key_secret')) {
		return has('sts_token') ? 'StsToken' : has('ram_role_arn') ? 'RamRoleArn' : 'AK';
	}
	if (has('private_key', 'key_pair_name')) {
		return 'RsaKeyPair';
	}
	if (has('ram_role_name')) {
		return 'EcsRamRole';
	}
	if (has('process_command')) {
		return 'External';
	}
	if (has('oidc_provider_arn', 'oidc_token_file', 'ram_role_arn')) {
		return 'OIDC';
	}
	return has('cloud_sso_sign_in_url') ? 'CloudSSO' : has('bearer_token') ? 'BearerToken' : undefined;
}

function roleOf(values: CliProfile['values']): RoleSettings | undefined {
	const roleArn = textOf(values, 'ram_role_arn');
	if (roleArn === undefined) {
		return undefined;
	}
	const sessionName = textOf(values, 'ram_session_name');
	const durationSeconds = numberOf(values, 'expired_seconds');
	const externalId = textOf(values, 'external_id');
	const stsRegion = textOf(values, 'sts_region');
	const stsEndpoint = textOf(values, 'sts_endpoint');
	return {
		roleArn,
		...(sessionName === undefined ? {} : { sessionName }),
		...(durationSeconds === undefined ? {} : { durationSeconds }),
		...(externalId === undefined ? {} : { externalId }),
		...(stsRegion === undefined ? {} : { stsRegion }),
		...(stsEndpoint === undefined ? {} : { stsEndpoint }),
	};
}

function cloudSsoPlan(values: CliProfile['values']): CredentialPlan | PlanProblem {
	const signInUrl = textOf(values, 'cloud_sso_sign_in_url');
	if (signInUrl === undefined) {
		return nothingUsable;
	}
	const accountId = textOf(values, 'cloud_sso_account_id');
	const accessConfig = textOf(values, 'cloud_sso_access_config');
	const accessToken = textOf(values, 'access_token');
	const accessTokenExpire = numberOf(values, 'cloud_sso_access_token_expire');
	return {
		via: 'cloudSso',
		cloudSso: {
			signInUrl,
			...(accountId === undefined ? {} : { accountId }),
			...(accessConfig === undefined ? {} : { accessConfig }),
			...(accessToken === undefined ? {} : { accessToken }),
			...(accessTokenExpire === undefined ? {} : { accessTokenExpire }),
		},
	};
}
