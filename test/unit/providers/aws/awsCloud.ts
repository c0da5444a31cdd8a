import type { Service } from '../../../../src/domain/target';
import type { createProviders } from '../../../../src/providers/aws/bundle';
import type { KeyPairProvider, ProviderDependencies } from '../../../../src/providers/contract';
import type { Account } from '../../../emulator/accounts/account';
import { type Emulator, startEmulator } from '../../../emulator/emulator';
import { AwsHome, testDependencies } from './awsHome';

/** An emulated AWS with one account and one user, and a home directory without any profile; every service's endpoint is
 * the emulator. */
export interface AwsCloud {
	readonly emulator: Emulator;
	readonly account: Account;
	readonly home: AwsHome;
	/** The lines of a profile's section that hold the user's keys. */
	readonly keys: string;
	/** The log of every provider made here. */
	readonly lines: string[];
	/** EC2's. */
	provider(more?: Partial<ProviderDependencies>): KeyPairProvider;
	/** Those of both services, which share what they share in the extension. */
	providers(more?: Partial<ProviderDependencies>): Readonly<Record<'ec2' | 'lightsail', KeyPairProvider>>;
	close(): Promise<void>;
}

/** Starts an emulated AWS for the providers of a build. */
export async function startAwsCloud(create: typeof createProviders): Promise<AwsCloud> {
	const emulator = await startEmulator();
	const account = emulator.accounts.add();
	const { id, secret } = account.addAccessKey();
	const home = await AwsHome.create({ AWS_ENDPOINT_URL: emulator.url });
	const lines: string[] = [];
	const providers = (more: Partial<ProviderDependencies> = {}) => {
		const log = { debug: (line: string) => lines.push(line) };
		const made = create({ ...testDependencies(home.environment, more), log });
		const find = (service: Service) => {
			const provider = made.find((candidate) => candidate.service === service);
			if (!provider) {
				throw new Error(`The bundle has no provider of ${service}`);
			}
			return provider;
		};
		return { ec2: find('ec2'), lightsail: find('lightsail') };
	};
	return {
		emulator,
		account,
		home,
		keys: `aws_access_key_id = ${id}\naws_secret_access_key = ${secret}\n`,
		lines,
		provider: (more) => providers(more).ec2,
		providers,
		close: async () => {
			await emulator.close();
			await home.remove();
		},
	};
}

const never = new AbortController().signal;

/** Lists the profile's key pairs in one region; returns the access key that signed the request. */
export async function signingKey(cloud: AwsCloud, provider: KeyPairProvider, profile: string): Promise<string> {
	cloud.emulator.requests.clear();
	await provider.list({ service: 'ec2', profile, region: 'eu-west-1' }, never);
	return cloud.emulator.requests.all({ operation: 'DescribeKeyPairs' })[0]?.accessKeyId ?? '';
}
