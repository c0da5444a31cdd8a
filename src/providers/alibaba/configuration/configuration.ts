import type { Environment } from '../../contract';
import { CliPlans, textOf } from './cliPlans';
import { type CliConfig, readCliConfig } from './configFile';
import { type CredentialPlan, isPlan, type PlanProblem } from './credentialPlan';
import {
	environmentInstanceRole,
	environmentKey,
	environmentOidc,
	environmentRegion,
	environmentUri,
	isTrue,
} from './environmentVariables';
import { type IniCredentials, readIniCredentials } from './iniFile';
import { planSection } from './iniPlan';

/** The name of the profile that stands for the access key in the environment variables. */
export const environmentProfile = '(environment)';

/** The name of the profile that stands for the vendor's own chain of sources. */
export const defaultChainProfile = '(default chain)';

/** What a profile says beside its credentials; the CLI's names are in brackets. */
export interface ProfileSettings {
	/** `region_id` */
	readonly region?: string;
	/** A host name (`endpoint`). */
	readonly endpoint?: string;
	/** `vpc`, or absent for the public network (`endpoint_type`). */
	readonly endpointType?: string;
	/** `china` or `international` (`site`). */
	readonly site?: string;
}

/** A profile of one of the files. Holds secrets: never leaves the provider. */
export interface ConfiguredProfile {
	readonly name: string;
	/** Absolute path. */
	readonly file: string;
	readonly plan: CredentialPlan | PlanProblem;
	readonly settings: ProfileSettings;
}

/** One place in the vendor's chain of sources. */
export interface ChainLink {
	readonly plan: CredentialPlan;
	/** Whether the environment asks for this source by name. */
	readonly isNamed: boolean;
}

/** What the files and the environment say together. Holds secrets: never leaves the provider. */
export interface AlibabaConfiguration {
	/** The files' profiles by name: those of the CLI first. */
	readonly profiles: ReadonlyMap<string, ConfiguredProfile>;
	/** The access key of the environment variables. */
	readonly environment: CredentialPlan | PlanProblem;
	/** The sources that Alibaba Cloud's SDKs try one after the other when none is named (`DefaultCredentialsProvider` of @alicloud/credentials). */
	readonly chain: readonly ChainLink[];
	/** What holds for the environment profile and the chain. */
	readonly environmentSettings: ProfileSettings;
}

/** Reads the files and the environment anew. Of two profiles with one name the CLI's counts, as in the vendor's own chain of sources, unless it can't
 * work and the other one can: the CLI leaves an empty `default` behind.
 * @throws {ProviderError} kind configuration, when a file can't be read or parsed. */
export async function readConfiguration(environment: Environment): Promise<AlibabaConfiguration> {
	const [cli, ini] = await Promise.all([readCliConfig(environment), readIniCredentials(environment)]);
	const profiles = new Map(cliProfiles(cli).map((profile) => [profile.name, profile]));
	for (const profile of iniProfiles(ini)) {
		const known = profiles.get(profile.name);
		if (!known || (!isPlan(known.plan) && isPlan(profile.plan))) {
			profiles.set(profile.name, profile);
		}
	}
	return {
		profiles,
		environment: environmentKey(environment.variables),
		chain: chainOf(environment, cli, ini),
		environmentSettings: environmentSettings(environment),
	};
}

function cliProfiles(cli: CliConfig): readonly ConfiguredProfile[] {
	const plans = new CliPlans(cli);
	return [...cli.profiles.values()].map(({ name, values }) => {
		const region = textOf(values, 'region_id');
		const endpoint = textOf(values, 'endpoint');
		const endpointType = textOf(values, 'endpoint_type');
		const site = textOf(values, 'site');
		return {
			name,
			file: cli.file,
			plan: plans.of(name),
			settings: settingsOf({ region, endpoint, endpointType, site }),
		};
	});
}

function iniProfiles(ini: IniCredentials): readonly ConfiguredProfile[] {
	return [...ini.sections.values()].map((section) => ({
		name: section.name,
		file: ini.file,
		plan: planSection(section),
		settings: settingsOf({ region: section.values.get('region_id') }),
	}));
}

function environmentSettings({ variables }: Environment): ProfileSettings {
	const { ALIBABA_CLOUD_ENDPOINT: endpoint, ALIBABA_CLOUD_ENDPOINT_TYPE: endpointType } = variables;
	return settingsOf({ region: environmentRegion(variables), endpoint, endpointType });
}

function settingsOf(settings: { readonly [K in keyof ProfileSettings]: string | undefined }): ProfileSettings {
	return Object.fromEntries(Object.entries(settings).filter(([, value]) => value));
}

function chainOf({ variables }: Environment, cli: CliConfig, ini: IniCredentials): readonly ChainLink[] {
	const { ALIBABA_CLOUD_PROFILE: wanted, ALIBABA_CLOUD_ECS_METADATA: machineRole } = variables;
	const current = isTrue(variables['ALIBABA_CLOUD_CLI_PROFILE_DISABLED']) ? undefined : wanted || cli.current;
	const section = ini.sections.get(wanted || 'default');
	const links = [
		{ plan: environmentKey(variables), isNamed: true },
		{ plan: environmentOidc(variables), isNamed: true },
		...(current === undefined ? [] : [{ plan: new CliPlans(cli).of(current), isNamed: false }]),
		...(section ? [{ plan: planSection(section), isNamed: false }] : []),
		{ plan: environmentInstanceRole(variables), isNamed: Boolean(machineRole) },
		{ plan: environmentUri(variables), isNamed: true },
	];
	return links.filter((link): link is ChainLink => isPlan(link.plan));
}
