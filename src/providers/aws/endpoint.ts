import type { Environment } from '../contract';
import { ProviderError } from '../failure';
import type { IniValues } from './iniFile';
import type { SharedConfig } from './sharedConfig';

/** A service as `services` sections and AWS_ENDPOINT_URL_… variables spell it ("Service-specific endpoints", AWS SDKs
 * and Tools Reference Guide). */
export type EndpointService = 'ec2' | 'lightsail' | 'sts' | 'sso' | 'sso_oidc' | 'signin';

/** Where a client of a profile sends its requests to. */
export interface EndpointSettings {
	/** Absent: the service's own endpoint. */
	readonly endpoint?: string;
	readonly useFipsEndpoint: boolean;
	readonly useDualstackEndpoint: boolean;
	/** Keeps the SDK from looking for an endpoint by itself: it would take the default profile's, whichever profile the
	 * client is for. */
	readonly ignoreConfiguredEndpointUrls: true;
}

/** The endpoint settings of one service for a profile whose section is `values`, in the order of the reference guide:
 * variable of the service, common variable, `services` section, `endpoint_url` of the profile.
 * @throws {ProviderError} kind configuration, when a `services` section is missing or a URL is none. */
export function endpointSettings(
	service: EndpointService,
	values: IniValues | undefined,
	config: SharedConfig,
	{ variables }: Environment,
): EndpointSettings {
	const endpoint = isIgnored(values, variables)
		? undefined
		: variables[`AWS_ENDPOINT_URL_${service.toUpperCase()}`] ||
			variables.AWS_ENDPOINT_URL ||
			configuredUrl(service, values, config);
	if (endpoint !== undefined && !isHttpUrl(endpoint)) {
		throw configurationError(config, 'endpointInvalid', `endpoint_url of ${service} is not an http or https URL`);
	}
	return {
		...(endpoint === undefined ? {} : { endpoint }),
		useFipsEndpoint: isTrue(variables.AWS_USE_FIPS_ENDPOINT ?? values?.get('use_fips_endpoint')),
		useDualstackEndpoint: isTrue(variables.AWS_USE_DUALSTACK_ENDPOINT ?? values?.get('use_dualstack_endpoint')),
		ignoreConfiguredEndpointUrls: true,
	};
}

function configuredUrl(service: string, values: IniValues | undefined, config: SharedConfig): string | undefined {
	const name = values?.get('services');
	if (name !== undefined) {
		const section = config.services.get(name);
		if (!section) {
			throw configurationError(config, 'servicesMissing', `There is no section [services ${name}]`);
		}
		const url = section.get(`${service}.endpoint_url`);
		if (url !== undefined) {
			return url;
		}
	}
	return values?.get('endpoint_url');
}

function isIgnored(values: IniValues | undefined, variables: Environment['variables']): boolean {
	return isTrue(variables.AWS_IGNORE_CONFIGURED_ENDPOINT_URLS ?? values?.get('ignore_configured_endpoint_urls'));
}

function isTrue(value: string | undefined): boolean {
	return value?.toLowerCase() === 'true';
}

function isHttpUrl(text: string): boolean {
	try {
		return /^https?:$/.test(new URL(text).protocol);
	} catch {
		return false;
	}
}

function configurationError({ files }: SharedConfig, code: string, detail: string): ProviderError {
	return new ProviderError({
		kind: 'configuration',
		code,
		file: files.config,
		detail,
		retryable: false,
		outcomeUnknown: false,
	});
}
