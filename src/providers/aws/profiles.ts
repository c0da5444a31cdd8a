import { join } from 'node:path';
import type { Profile, ProfileKind } from '../../domain/profile';
import type { Environment } from '../contract';
import { type CredentialPlan, CredentialPlans, mayAsk } from './credentialPlan';
import type { IniValues } from './iniFile';
import { homeFolder, readSharedConfig, type SharedConfig, sharedFiles } from './sharedConfig';

/** The name of the profile that stands for the environment's own credentials. */
export const environmentProfile = '(environment)';

/** Every AWS profile: the environment's own credentials first, where there are any, then those of the configuration
 * files in their order.
 * @throws {ProviderError} kind configuration, when a file can't be read or parsed. */
export async function readProfiles(environment: Environment): Promise<readonly Profile[]> {
	const config = await readSharedConfig(environment);
	const profiles: Profile[] = [];
	if (environmentCredentials(environment)) {
		const region = environmentRegion(environment, config);
		profiles.push({
			vendor: 'aws',
			name: environmentProfile,
			...(region ? { region } : {}),
			source: 'environment',
			kind: 'environment',
		});
	}
	const plans = new CredentialPlans(config);
	for (const [name, { values, file }] of config.profiles) {
		const region = values.get('region');
		const base = { vendor: 'aws' as const, name, ...(region ? { region } : {}), source: file };
		const plan = plans.of(name);
		if (typeof plan === 'string') {
			profiles.push({ ...base, kind: 'broken', problem: plan });
		} else {
			const signIn = signInOf(name, plan);
			profiles.push({
				...base,
				kind: kindOf(plan),
				...(signIn ? { signIn } : {}),
				...(mayAsk(plan) && { mayAsk: true }),
			});
		}
	}
	for (const { name, file } of config.notSupported) {
		profiles.push({ vendor: 'aws', name, source: file, kind: 'broken', problem: 'nameNotSupported' });
	}
	return profiles;
}

/** How the environment itself gives credentials, if it does. A key counts before a token file, as with AWS's SDK. */
export function environmentCredentials({ variables }: Environment): 'static' | 'webIdentity' | undefined {
	if (variables.AWS_ACCESS_KEY_ID && variables.AWS_SECRET_ACCESS_KEY) {
		return 'static';
	}
	return variables.AWS_WEB_IDENTITY_TOKEN_FILE && variables.AWS_ROLE_ARN ? 'webIdentity' : undefined;
}

/** The section that holds the settings (not the credentials) of the environment profile: that of AWS_PROFILE or the
 * default one. */
export function environmentSection({ variables }: Environment, config: SharedConfig): IniValues | undefined {
	return config.profiles.get(variables.AWS_PROFILE || 'default')?.values;
}

/** The region that a profile names: its own section's, or for the environment profile the environment's. */
export function regionOfProfile(profile: string, config: SharedConfig, environment: Environment): string | undefined {
	return profile === environmentProfile
		? environmentRegion(environment, config)
		: config.profiles.get(profile)?.values.get('region');
}

/** The region of the environment profile, where one is set. */
export function environmentRegion(environment: Environment, config: SharedConfig): string | undefined {
	const { AWS_REGION, AWS_DEFAULT_REGION } = environment.variables;
	return AWS_REGION || AWS_DEFAULT_REGION || environmentSection(environment, config)?.get('region');
}

/** The configuration and the credentials file. */
export function profileFiles(environment: Environment): readonly string[] {
	const { config, credentials } = sharedFiles(environment);
	return [config, credentials];
}

/** The folders that hold the tokens of `aws sso login` and `aws login`. */
export function signInFolders(environment: Environment): readonly string[] {
	const { AWS_LOGIN_CACHE_DIRECTORY } = environment.variables;
	return [
		join(homeFolder(environment), '.aws', 'sso', 'cache'),
		AWS_LOGIN_CACHE_DIRECTORY || join(environment.home, '.aws', 'login', 'cache'),
	];
}

/** The AWS CLI's command that signs the profile in. Undefined where there is nothing to sign in, or where the name
 * would need quoting. */
export function signInCommand({ signIn }: Profile): readonly string[] | undefined {
	if (!signIn || !/^\w[\w@+.:/-]*$/.test(signIn.profile)) {
		return undefined;
	}
	return ['aws', ...(signIn.kind === 'sso' ? ['sso', 'login'] : ['login']), '--profile', signIn.profile];
}

function kindOf(plan: CredentialPlan): ProfileKind {
	switch (plan.via) {
		case 'static':
			return plan.values.has('aws_session_token') ? 'session' : 'static';
		case 'role':
			return 'assumedRole';
		case 'service':
			return 'environment';
		default:
			return plan.via;
	}
}

function signInOf(profile: string, plan: CredentialPlan): Profile['signIn'] {
	const origin = plan.via === 'role' ? plan.origin : { profile, plan };
	if (origin?.plan.via === 'sso' || origin?.plan.via === 'login') {
		return { profile: origin.profile, kind: origin.plan.via };
	}
	return undefined;
}
