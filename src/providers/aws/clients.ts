import type { AwsContext } from './context';
import type { Identity } from './credentialSources';
import type { Credentials } from './credentials';
import { type EndpointSettings, endpointSettings } from './endpoint';
import type { RequestHandlerOptions } from './http';
import { environmentProfile, environmentSection } from './profiles';

/** The services that keep key pairs, as AWS spells them in endpoints and IAM actions. */
export type AwsService = 'ec2' | 'lightsail';

/** Whether a call only reads: the SDK then repeats it on throttling, 5xx and broken connections. A change it makes but
 * once. */
export type Use = 'read' | 'change';

/** What a client of any service is made with. */
export interface ClientSettings extends EndpointSettings {
	readonly region: string;
	readonly credentials: () => Promise<Identity>;
	readonly requestHandler: RequestHandlerOptions;
	readonly customUserAgent: [string, string][];
	readonly maxAttempts: number;
	readonly retryMode: 'standard';
	readonly defaultsMode: 'standard';
}

/** One service's clients: one for each profile, region and use, made at first need and kept until the profile is
 * forgotten. */
export class Clients<C> {
	private readonly clients = new Map<string, Map<string, Promise<C>>>();

	constructor(
		private readonly service: AwsService,
		private readonly create: (settings: ClientSettings) => C,
		private readonly context: AwsContext,
		private readonly credentials: Credentials,
	) {}

	/** @throws {ProviderError} kind configuration. */
	get(profile: string, region: string, use: Use): Promise<C> {
		const clients = this.clients.get(profile) ?? new Map<string, Promise<C>>();
		this.clients.set(profile, clients);
		const id = `${use}/${region}`;
		let client = clients.get(id);
		if (!client) {
			client = this.make(profile, region, use);
			client.catch(() => clients.delete(id));
			clients.set(id, client);
		}
		return client;
	}

	/** Forgets the clients of a profile, or of all. Connections are shared and stay. */
	forget(profile?: string): void {
		if (profile === undefined) {
			this.clients.clear();
		} else {
			this.clients.delete(profile);
		}
	}

	private async make(profile: string, region: string, use: Use): Promise<C> {
		const { requestHandler, customUserAgent, dependencies } = this.context;
		const { environment } = dependencies;
		const config = await this.context.config();
		const isEnvironment = profile === environmentProfile;
		const values = isEnvironment ? environmentSection(environment, config) : config.profiles.get(profile)?.values;
		return this.create({
			region,
			// Kept by `Credentials` for the clients of all services; a client would go on with what another has found expired.
			credentials: Object.assign(() => this.credentials.get(profile), { memoized: true }),
			requestHandler,
			customUserAgent,
			maxAttempts: use === 'read' ? 3 : 1,
			retryMode: 'standard',
			defaultsMode: 'standard',
			...endpointSettings(this.service, values, config, environment),
		});
	}
}
