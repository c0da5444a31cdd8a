import type { ProviderDependencies } from '../contract';
import { type RequestHandlerOptions, requestHandlerOptions } from './http';
import { RegionStates } from './regionStates';
import { readSharedConfig, type SharedConfig } from './sharedConfig';

/** What AWS's providers share: the configuration, read once until it is forgotten, how requests are made, and what is
 * known of the accounts' regions. */
export class AwsContext {
	/** For the user agent: name and version. */
	readonly customUserAgent: [string, string][];
	readonly regionStates = new RegionStates();
	private reading: Promise<SharedConfig> | undefined;

	constructor(
		readonly dependencies: ProviderDependencies,
		readonly requestHandler: RequestHandlerOptions = requestHandlerOptions(),
	) {
		const [name = '', version = ''] = dependencies.userAgent.split('/');
		this.customUserAgent = [[name, version]];
	}

	/** The configuration files' contents. Holds secrets: never leaves the provider.
	 * @throws {ProviderError} kind configuration. */
	config(): Promise<SharedConfig> {
		if (!this.reading) {
			const reading = readSharedConfig(this.dependencies.environment);
			reading.catch(() => {
				if (this.reading === reading) {
					this.reading = undefined;
				}
			});
			this.reading = reading;
		}
		return this.reading;
	}

	/** Lets the next call read the files again. */
	forgetConfig(): void {
		this.reading = undefined;
	}
}
