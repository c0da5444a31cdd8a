import { ProviderError } from '../failure';

/** The APIs that are called. */
export type Api = 'ecs' | 'ens' | 'sts' | 'resourcemanager';

/** What decides where requests go. */
export interface EndpointSettings {
	/** The person's own settings, as `ProviderDependencies.settings` gives them: `endpoints` and `ensSite`. */
	readonly settings: Readonly<Record<string, unknown>>;
	/** What the profile says, in the words of Alibaba Cloud CLI's configuration. */
	readonly profile: {
		readonly region?: string;
		/** A host for every product. */
		readonly endpoint?: string;
		/** `vpc`, or anything else for the public endpoints. */
		readonly endpointType?: string;
		/** `china` or `international`. */
		readonly site?: string;
	};
}

/** Where DescribeRegions is asked when a profile has no region. */
export const mainRegion = 'cn-hangzhou';

/** Regions whose public endpoint is not `ecs.<region>.aliyuncs.com` (the endpoint map of @alicloud/ecs20140526). */
const sharedEndpoint: ReadonlySet<string> = new Set([mainRegion, 'cn-shanghai-finance-1', 'cn-shenzhen-finance-1']);

/** The endpoint of ECS in a region: the setting's, the profile's, the VPC's, what DescribeRegions said (`known`), or by name. A host or a URL.
 * @throws {ProviderError} kind configuration for a setting that is no endpoint; regionUnknown for a region that can't be part of a host's name. */
export function ecsEndpoint(from: EndpointSettings, region: string, known?: string): string {
	const chosen = chosenEndpoint('ecs', from);
	if (chosen !== undefined) {
		return chosen;
	}
	checkRegion(region);
	if (from.profile.endpointType === 'vpc') {
		return `ecs-vpc.${region}.aliyuncs.com`;
	}
	return known ?? (sharedEndpoint.has(region) ? 'ecs-cn-hangzhou.aliyuncs.com' : `ecs.${region}.aliyuncs.com`);
}

/** The endpoint of ENS, which has two sites and no regions: the setting's, the profile's, or the site's. A host or a URL.
 * @throws {ProviderError} kind configuration for a setting that is no endpoint. */
export function ensEndpoint(from: EndpointSettings): string {
	const chosen = chosenEndpoint('ens', from);
	if (chosen !== undefined) {
		return chosen;
	}
	const site = ensSite(from);
	if (from.profile.endpointType === 'vpc') {
		if (site === 'international') {
			return 'ens-vpc.ap-southeast-1.aliyuncs.com';
		}
		return from.profile.region === 'cn-zhangjiakou'
			? 'ens-vpc.cn-zhangjiakou.aliyuncs.com'
			: 'ens.vpc-proxy.aliyuncs.com';
	}
	return site === 'international' ? 'ens.ap-southeast-1.aliyuncs.com' : 'ens.aliyuncs.com';
}

/** The endpoint of ResourceManager, which has one for all regions. A host or a URL.
 * @throws {ProviderError} kind configuration for a setting that is no endpoint. */
export function resourceManagerEndpoint(from: EndpointSettings): string {
	return configuredEndpoint('resourcemanager', from.settings) ?? 'resourcemanager.aliyuncs.com';
}

/** What the setting `cloudKeyPairs.alibaba.endpoints` says of an API, if anything: a host, or a URL without a path.
 * @throws {ProviderError} kind configuration, for what is neither, or would send requests in the clear to another machine. */
export function configuredEndpoint(api: Api, settings: EndpointSettings['settings']): string | undefined {
	const { endpoints } = settings;
	const value: unknown = typeof endpoints === 'object' && endpoints !== null ? Reflect.get(endpoints, api) : undefined;
	return value === undefined || value === ''
		? undefined
		: checkEndpoint(value, `cloudKeyPairs.alibaba.endpoints: ${api}`);
}

function chosenEndpoint(api: Api, { settings, profile }: EndpointSettings): string | undefined {
	const configured = configuredEndpoint(api, settings);
	if (configured !== undefined || profile.endpoint === undefined || profile.endpoint === '') {
		return configured;
	}
	const endpoint = checkEndpoint(profile.endpoint, 'endpoint');
	// One key for all products: a public host of another product can't be meant for this one.
	const product = /^(?:https?:\/\/)?([a-z]+)[\w.-]*\.aliyuncs\.com(?::\d+)?\/*$/.exec(endpoint)?.[1];
	return product === undefined || product === api ? endpoint : undefined;
}

/** Which of ENS's two sites an account belongs to. The setting `auto` leaves it to the profile: its own word, the region it names, else China. */
function ensSite({ settings, profile }: EndpointSettings): 'china' | 'international' {
	const { ensSite: setting } = settings;
	if (setting === 'china' || setting === 'international') {
		return setting;
	}
	const { site, region } = profile;
	if (region !== undefined && region !== '') {
		// Alibaba Cloud CLI writes `china` into every profile, so that a region outside says more.
		return region.startsWith('cn-') ? siteOf(site) : 'international';
	}
	return siteOf(site);
}

function siteOf(site: string | undefined): 'china' | 'international' {
	return /^(?:intl|international)/i.test(site ?? '') ? 'international' : 'china';
}

function checkEndpoint(value: unknown, place: string): string {
	const text = typeof value === 'string' ? value.trim() : '';
	const [, protocol, host] =
		/^(?:(https?):\/\/)?((?:[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?)\/*$/.exec(text) ?? [];
	if (host === undefined) {
		throw configurationError('EndpointInvalid', `${place} is neither a host nor a URL without a path`);
	}
	if (protocol === 'http' && !/^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?::|$)/.test(host)) {
		throw configurationError(
			'EndpointNotEncrypted',
			`${place} has to begin with https://, save for this machine itself`,
		);
	}
	return protocol === undefined ? host : `${protocol}://${host}`;
}

function configurationError(code: string, detail: string): ProviderError {
	return new ProviderError({ kind: 'configuration', code, detail, retryable: false, outcomeUnknown: false });
}

/** A region becomes part of a host's name, to which signed requests are sent. */
function checkRegion(region: string): void {
	if (!/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(region)) {
		throw new ProviderError({ kind: 'regionUnknown', region, retryable: false, outcomeUnknown: false });
	}
}
