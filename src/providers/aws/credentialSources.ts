import {
	fromEnv,
	fromHttp,
	fromInstanceMetadata,
	fromLoginCredentials,
	fromProcess,
	fromSSO,
	fromTemporaryCredentials,
	fromTokenFile,
} from '@aws-sdk/credential-providers';
import { within } from '../waiting';
import type { AwsContext } from './context';
import { toCredentialError, toProfileError } from './credentialFailures';
import type { CredentialService } from './credentialPlan';
import { type EndpointService, endpointSettings } from './endpoint';
import type { IniValues } from './iniFile';
import { mainRegionOfArn } from './partitions';
import { environmentCredentials, environmentRegion, environmentSection } from './profiles';
import type { SharedConfig } from './sharedConfig';

/** An access key and, for temporary credentials, a session token. Secret: never leaves the provider. */
export type Identity = Awaited<ReturnType<ReturnType<typeof fromEnv>>>;

/** A credential_process may open a browser and wait for its answer; longer nobody waits. In milliseconds. */
const processTimeoutMs = 120_000;

/** The metadata services are next door or not there at all. Timeout in milliseconds. */
const metadataOptions = { timeout: 1_000, maxRetries: 1 };

/** The ways to credentials, one method each, on AWS's own implementations. They get the profile's section from this
 * extension's reading of the files where they take it, and otherwise the files' paths, to be read anew. Every method
 * rejects with whatever the SDK throws. */
export class CredentialSources {
	constructor(private readonly context: AwsContext) {}

	/** The environment's own credentials. The SDK reads them from `process.env`. */
	async environment(config: SharedConfig): Promise<Identity> {
		const { environment } = this.context.dependencies;
		const kind = environmentCredentials(environment);
		const { AWS_WEB_IDENTITY_TOKEN_FILE, AWS_ROLE_ARN, AWS_ROLE_SESSION_NAME } = environment.variables;
		try {
			if (kind !== 'webIdentity' || !AWS_WEB_IDENTITY_TOKEN_FILE || !AWS_ROLE_ARN) {
				return await fromEnv()();
			}
			const region = environmentRegion(environment, config) ?? mainRegionOfArn(AWS_ROLE_ARN);
			return await fromTokenFile({
				webIdentityTokenFile: AWS_WEB_IDENTITY_TOKEN_FILE,
				roleArn: AWS_ROLE_ARN,
				...(AWS_ROLE_SESSION_NAME ? { roleSessionName: AWS_ROLE_SESSION_NAME } : {}),
				clientConfig: { region, ...this.client('sts', environmentSection(environment, config), config) },
			})();
		} catch (error) {
			throw toCredentialError(error, kind === 'webIdentity' ? 'webIdentity' : 'environment');
		}
	}

	/** Long-lived keys, or temporary ones with their token, as they stand in the section. */
	async static(_profile: string, values: IniValues): Promise<Identity> {
		const accessKeyId = values.get('aws_access_key_id');
		const secretAccessKey = values.get('aws_secret_access_key');
		if (accessKeyId === undefined || secretAccessKey === undefined) {
			throw toProfileError('nothingUsable');
		}
		const sessionToken = values.get('aws_session_token');
		const credentialScope = values.get('aws_credential_scope');
		return {
			accessKeyId,
			secretAccessKey,
			...(sessionToken === undefined ? {} : { sessionToken }),
			...(credentialScope === undefined ? {} : { credentialScope }),
		};
	}

	/** The credentials of a role; asks for the MFA device's code where the section names one. */
	async role(profile: string, values: IniValues, source: Identity, config: SharedConfig): Promise<Identity> {
		const roleArn = values.get('role_arn') ?? '';
		const device = values.get('mfa_serial');
		const externalId = values.get('external_id');
		const sessionName = values.get('role_session_name');
		return fromTemporaryCredentials({
			masterCredentials: source,
			params: {
				RoleArn: roleArn,
				...(sessionName === undefined ? {} : { RoleSessionName: sessionName }),
				...(externalId === undefined ? {} : { ExternalId: externalId }),
				...(device === undefined ? {} : { SerialNumber: device }),
				DurationSeconds: Number.parseInt(values.get('duration_seconds') ?? '3600', 10),
			},
			mfaCodeProvider: (serial) => this.context.dependencies.mfaCode(profile, serial),
			clientConfig: { region: stsRegion(values, roleArn), ...this.client('sts', values, config) },
		})();
	}

	async webIdentity(_profile: string, values: IniValues, config: SharedConfig): Promise<Identity> {
		const roleArn = values.get('role_arn') ?? '';
		const sessionName = values.get('role_session_name');
		return fromTokenFile({
			webIdentityTokenFile: values.get('web_identity_token_file') ?? '',
			roleArn,
			...(sessionName === undefined ? {} : { roleSessionName: sessionName }),
			clientConfig: { region: stsRegion(values, roleArn), ...this.client('sts', values, config) },
		})();
	}

	async process(profile: string, _values: IniValues, config: SharedConfig): Promise<Identity> {
		return within(fromProcess({ profile, ...this.files(config) })(), processTimeoutMs);
	}

	/** Through the token that `aws sso login` left; with an sso_session the SDK renews the token by itself. */
	async sso(profile: string, values: IniValues, config: SharedConfig): Promise<Identity> {
		const { endpoint, ignoreConfiguredEndpointUrls, ...client } = this.client('sso', values, config);
		// The SDK makes both clients from these settings: where their endpoints differ, it has to find them by itself.
		const isShared = endpoint === this.client('sso_oidc', values, config).endpoint;
		return fromSSO({
			profile,
			...this.files(config),
			clientConfig: isShared
				? { ...client, ignoreConfiguredEndpointUrls, ...(endpoint === undefined ? {} : { endpoint }) }
				: client,
		})();
	}

	/** Through the token that `aws login` left; the SDK renews it by itself. */
	async login(profile: string, values: IniValues, config: SharedConfig): Promise<Identity> {
		return fromLoginCredentials({
			profile,
			...this.files(config),
			clientConfig: this.client('signin', values, config),
		})();
	}

	/** What `credential_source` names. */
	async service(service: CredentialService, config: SharedConfig): Promise<Identity> {
		switch (service) {
			case 'Environment':
				return this.environment(config);
			case 'EcsContainer':
				return fromHttp(metadataOptions)();
			case 'Ec2InstanceMetadata':
				return fromInstanceMetadata(metadataOptions)();
		}
	}

	private client(service: EndpointService, values: IniValues | undefined, config: SharedConfig) {
		const { requestHandler, customUserAgent, dependencies } = this.context;
		return {
			requestHandler,
			customUserAgent,
			maxAttempts: 3,
			retryMode: 'standard',
			...endpointSettings(service, values, config, dependencies.environment),
		};
	}

	private files({ files }: SharedConfig) {
		return { filepath: files.credentials, configFilepath: files.config, ignoreCache: true };
	}
}

/** A role is assumed in the profile's own region, so that its tokens are good for opt-in regions too; else in the main
 * region of its partition. */
function stsRegion(values: IniValues, roleArn: string): string {
	return values.get('region') ?? mainRegionOfArn(roleArn);
}
