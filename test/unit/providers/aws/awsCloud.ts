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
	provider(more?: Partial<ProviderDependencies>): KeyPairProvider;
	close(): Promise<void>;
}

/** Starts an emulated AWS for the providers of a build. */
export async function startAwsCloud(create: typeof createProviders): Promise<AwsCloud> {
	const emulator = await startEmulator();
	const account = emulator.accounts.add();
	const { id, secret } = account.addAccessKey();
	const home = await AwsHome.create({ AWS_ENDPOINT_URL: emulator.url });
	const lines: string[] = [];
	return {
		emulator,
		account,
		home,
		keys: `aws_access_key_id = ${id}\naws_secret_access_key = ${secret}\n`,
		lines,
		provider: (more = {}) => {
			const log = { debug: (line: string) => lines.push(line) };
			const [provider] = create({ ...testDependencies(home.environment, more), log });
			if (!provider) {
				throw new Error('The bundle has no provider');
			}
			return provider;
		},
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
