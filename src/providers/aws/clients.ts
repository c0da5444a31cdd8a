import { EC2Client } from '@aws-sdk/client-ec2';
import type { AwsContext } from './context';
import type { Credentials } from './credentials';
import { endpointSettings } from './endpoint';
import { environmentProfile, environmentSection } from './profiles';

/** Whether a call only reads: the SDK then repeats it on throttling, 5xx and broken connections. A change it makes but
 * once. */
export type Use = 'read' | 'change';

/** EC2's clients: one for each profile, region and use, made at first need and kept until the profile is forgotten. */
export class Ec2Clients {
	private readonly clients = new Map<string, Map<string, Promise<EC2Client>>>();

	constructor(
		private readonly context: AwsContext,
		private readonly credentials: Credentials,
	) {}

	/** @throws {ProviderError} kind configuration. */
	get(profile: string, region: string, use: Use): Promise<EC2Client> {
		const clients = this.clients.get(profile) ?? new Map<string, Promise<EC2Client>>();
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

	private async make(profile: string, region: string, use: Use): Promise<EC2Client> {
		const { requestHandler, customUserAgent, dependencies } = this.context;
		const { environment } = dependencies;
		const config = await this.context.config();
		const isEnvironment = profile === environmentProfile;
		const values = isEnvironment ? environmentSection(environment, config) : config.profiles.get(profile)?.values;
		return new EC2Client({
			region,
			credentials: () => this.credentials.get(profile),
			requestHandler,
			customUserAgent,
			maxAttempts: use === 'read' ? 3 : 1,
			retryMode: 'standard',
			defaultsMode: 'standard',
			...endpointSettings('ec2', values, config, environment),
		});
	}
}
