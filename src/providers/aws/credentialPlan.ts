import type { ProfileProblem } from '../../domain/profile';
import type { IniValues } from './iniFile';
import type { SharedConfig } from './sharedConfig';

/** Where a profile's credentials come from. Holds secrets: never leaves the provider. */
export type CredentialPlan =
	| { readonly via: 'static' | 'webIdentity' | 'process' | 'sso' | 'login'; readonly values: IniValues }
	| RolePlan
	/** A profile that is there only as the source of another one's role. */
	| { readonly via: 'service'; readonly service: CredentialService };

export interface RolePlan {
	readonly via: 'role';
	readonly values: IniValues;
	readonly source: RoleSource;
	/** The profile that the chain of roles begins with; absent where it begins with a service. */
	readonly origin?: PlannedProfile;
	/** One of the chain's roles is assumed with the code of an MFA device, or begins with a program that may ask. */
	readonly mayAsk: boolean;
}

/** What a role is assumed with. */
export type RoleSource = PlannedProfile | { readonly service: CredentialService };

/** A profile and where its credentials come from. */
export interface PlannedProfile {
	readonly profile: string;
	readonly plan: CredentialPlan;
}

/** The values of `credential_source`. */
export type CredentialService = 'Environment' | 'Ec2InstanceMetadata' | 'EcsContainer';

/** What the plans are made from. */
type Config = Pick<SharedConfig, 'profiles' | 'ssoSessions'>;

/** How AWS's SDK would get the credentials of profiles (resolveProfileData.js of @aws-sdk/credential-provider-ini 3.972), or why it could not. Each profile is
 * read twice at most, however long the chains of roles are: for itself, and as a source. */
export class CredentialPlans {
	/** By profile, as sources of other profiles' roles. */
	private readonly sources = new Map<string, CredentialPlan | ProfileProblem>();

	constructor(private readonly config: Config) {}

	of(profile: string): CredentialPlan | ProfileProblem {
		const step = planAlone(profile, this.config, false);
		return isRoleOfProfile(step) ? planRole(step, this.source(step.sourceProfile)) : step;
	}

	/** Follows the chain to its end, or to where it was followed before, and makes the plans on the way back. */
	private source(profile: string): CredentialPlan | ProfileProblem {
		const chain = new Map<string, RoleOfProfile>();
		let next = profile;
		let plan: CredentialPlan | ProfileProblem | undefined;
		while (plan === undefined) {
			const step = this.sources.get(next) ?? (chain.has(next) ? 'cycle' : planAlone(next, this.config, true));
			if (isRoleOfProfile(step)) {
				chain.set(next, step);
				next = step.sourceProfile;
			} else {
				plan = step;
				if (!chain.has(next)) {
					this.sources.set(next, plan);
				}
			}
		}
		for (const [name, step] of [...chain].reverse()) {
			plan = planRole(step, plan);
			this.sources.set(name, plan);
		}
		return plan;
	}
}

/** The plan of one profile. */
export function planCredentials(profile: string, config: Config): CredentialPlan | ProfileProblem {
	return new CredentialPlans(config).of(profile);
}

/** Whether getting the credentials may put a question to the person. */
export function mayAsk(plan: CredentialPlan): boolean {
	return plan.via === 'role' ? plan.mayAsk : plan.via === 'process';
}

/** A role that is assumed with another profile. */
interface RoleOfProfile {
	readonly values: IniValues;
	readonly sourceProfile: string;
}

function isRoleOfProfile(step: CredentialPlan | ProfileProblem | RoleOfProfile): step is RoleOfProfile {
	return typeof step === 'object' && 'sourceProfile' in step;
}

/** As far as it can be told from the profile's own section. */
function planAlone(
	profile: string,
	config: Config,
	isSource: boolean,
): CredentialPlan | ProfileProblem | RoleOfProfile {
	const values = config.profiles.get(profile)?.values;
	if (!values) {
		return isSource ? 'sourceMissing' : 'nothingUsable';
	}
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
		if (sourceProfile !== undefined) {
			return { values, sourceProfile };
		}
		return isService(service)
			? { via: 'role', values, source: { service }, mayAsk: values.has('mfa_serial') }
			: 'nothingUsable';
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
	{ values, sourceProfile }: RoleOfProfile,
	plan: CredentialPlan | ProfileProblem,
): RolePlan | ProfileProblem {
	if (typeof plan === 'string') {
		return plan;
	}
	const source = { profile: sourceProfile, plan };
	const origin = plan.via === 'role' ? plan.origin : source;
	return {
		via: 'role',
		values,
		source,
		...(origin && { origin }),
		mayAsk: values.has('mfa_serial') || mayAsk(plan),
	};
}

const ssoKeys = ['sso_start_url', 'sso_account_id', 'sso_session', 'sso_region', 'sso_role_name'];

function isCompleteSso(values: IniValues, config: Pick<Config, 'ssoSessions'>): boolean {
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
