import type { ProviderDependencies } from '../contract';
import { type RequestHandlerOptions, requestHandlerOptions } from './http';
import { readSharedConfig, type SharedConfig } from './sharedConfig';

/** What AWS's providers share: the configuration, read once until it is forgotten, and how requests are made. */
export class AwsContext {
	/** For the user agent: name and version. */
	readonly customUserAgent: [string, string][];
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
