import { dirname } from 'node:path';
import type { Profile, ProfileKind } from '../../../domain/profile';
import type { Environment } from '../../contract';
import { cliConfigFile } from './configFile';
import {
	type AlibabaConfiguration,
	type ConfiguredProfile,
	defaultChainProfile,
	environmentProfile,
	readConfiguration,
} from './configuration';
import { type CredentialPlan, isPlan } from './credentialPlan';
import { iniCredentialsFile } from './iniFile';

/** Every profile of Alibaba Cloud: the environment's own credentials first, where there are any, then those of the CLI's configuration, of the credentials
 * file, and the access keys that were entered by hand. A key that was entered by hand hides a profile of the same name: it could not be removed
 * otherwise.
 * @throws {ProviderError} kind configuration, when a file can't be read or parsed. */
export async function readProfiles(environment: Environment): Promise<readonly Profile[]> {
	const [configuration, saved] = await Promise.all([
		readConfiguration(environment),
		environment.accessKeys.all('alibaba'),
	]);
	const profiles = new Map<string, Profile>();
	for (const profile of [...environmentProfiles(configuration), ...fileProfiles(configuration)]) {
		profiles.set(profile.name, profile);
	}
	for (const { name, region } of saved) {
		profiles.delete(name);
		const source = 'secretStorage';
		profiles.set(name, { vendor: 'alibaba', name, ...(region ? { region } : {}), source, kind: 'saved' });
	}
	return [...profiles.values()];
}

/** The CLI's configuration and the credentials file. */
export function profileFiles(environment: Environment): readonly string[] {
	return [cliConfigFile(environment), iniCredentialsFile(environment)];
}

/** The folder of the CLI's configuration: signing in leaves its tokens in that file. */
export function signInFolders(environment: Environment): readonly string[] {
	return [dirname(cliConfigFile(environment))];
}

/** The CLI's command that signs the profile in. Undefined where there is nothing to sign in, or where the name would need quoting. */
export function signInCommand({ signIn }: Profile): readonly string[] | undefined {
	if (!signIn || !/^\w[\w@+.:/-]*$/.test(signIn.profile)) {
		return undefined;
	}
	const mode = signIn.kind === 'sso' ? 'CloudSSO' : 'OAuth';
	return ['aliyun', 'configure', '--profile', signIn.profile, '--mode', mode];
}

/** The key of the environment variables; and the vendor's chain of sources where the environment asks for one of those that are no profile by
 * themselves, and no key goes before it. */
function environmentProfiles({ environment, chain, environmentSettings }: AlibabaConfiguration): readonly Profile[] {
	const { region } = environmentSettings;
	const base = { vendor: 'alibaba' as const, ...(region ? { region } : {}), source: 'environment' };
	if (isPlan(environment)) {
		return [{ ...base, name: environmentProfile, kind: 'environment' }];
	}
	return chain.some(({ isNamed }) => isNamed) ? [{ ...base, name: defaultChainProfile, kind: 'defaultChain' }] : [];
}

function fileProfiles({ profiles }: AlibabaConfiguration): readonly Profile[] {
	return [...profiles.values()].map(({ name, file, plan, settings: { region } }): Profile => {
		const base = { vendor: 'alibaba' as const, name, ...(region ? { region } : {}), source: file };
		if (!isPlan(plan)) {
			return { ...base, kind: 'broken', ...plan };
		}
		const signIn = signInOf(name, plan);
		return { ...base, kind: kindOf(plan), ...(signIn ? { signIn } : {}) };
	});
}

const kinds: { readonly [V in Exclude<CredentialPlan['via'], 'key'>]: ProfileKind } = {
	role: 'assumedRole',
	oidc: 'webIdentity',
	instanceRole: 'instanceRole',
	uri: 'credentialsUri',
	process: 'process',
	cloudSso: 'sso',
	oauth: 'login',
};

function kindOf(plan: CredentialPlan): ProfileKind {
	return plan.via === 'key' ? (plan.key.securityToken === undefined ? 'static' : 'session') : kinds[plan.via];
}

function signInOf(profile: ConfiguredProfile['name'], plan: CredentialPlan): Profile['signIn'] {
	switch (plan.via) {
		case 'cloudSso':
			return { profile, kind: 'sso' };
		case 'oauth':
			return { profile, kind: 'login' };
		case 'role':
			return signInOf(plan.source.start.profile ?? profile, plan.source.start.plan);
		default:
			return undefined;
	}
}
