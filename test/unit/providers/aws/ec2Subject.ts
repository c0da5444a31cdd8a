import type { KeyPairProvider, ProviderDependencies } from '../../../../src/providers/contract';
import { serviceManifest } from '../../../../src/providers/registry';
import type { Account } from '../../../emulator/accounts/account';
import { type Emulator, type EmulatorOptions, startEmulator } from '../../../emulator/emulator';
import type { ContractSubject } from '../contract';
import { AwsHome, testDependencies } from './awsHome';

/** An emulated AWS with one account, and a provider with profiles for it. */
export interface Ec2Subject extends ContractSubject {
	readonly emulator: Emulator;
	readonly account: Account;
	readonly home: AwsHome;
	readonly lines: string[];
}

/** Starts an emulator and a provider from `createProviders`, whichever build it is from. */
export async function startEc2(
	createProviders: (dependencies: ProviderDependencies) => readonly KeyPairProvider[],
	options: EmulatorOptions = {},
): Promise<Ec2Subject> {
	const emulator = await startEmulator(options);
	const account = emulator.accounts.add({ optedIn: ['ap-east-1'] });
	const able = account.addAccessKey();
	const deniedActions = ['DescribeKeyPairs', 'DescribeRegions', 'ImportKeyPair', 'DeleteKeyPair'].map(
		(operation) => `ec2:${operation}`,
	);
	const denied = account.addAccessKey({ user: 'denied', deniedActions });
	const home = await AwsHome.create();
	await home.config(
		[
			...['[profile able]', 'region = eu-west-1', `endpoint_url = ${emulator.url}`],
			...['[profile denied]', 'region = eu-west-1', `endpoint_url = ${emulator.url}`],
		].join('\n'),
	);
	await home.credentials(
		[
			...['[able]', `aws_access_key_id = ${able.id}`, `aws_secret_access_key = ${able.secret}`],
			...['[denied]', `aws_access_key_id = ${denied.id}`, `aws_secret_access_key = ${denied.secret}`],
		].join('\n'),
	);
	const dependencies = testDependencies(home.environment);
	const [provider] = createProviders(dependencies);
	if (!provider) {
		throw new Error('The bundle has no provider');
	}
	return {
		provider,
		service: 'ec2',
		capabilities: serviceManifest('ec2').capabilities,
		profiles: { able: 'able', denied: 'denied' },
		regions: { usable: ['eu-west-1', 'ap-east-1'], disabled: 'af-south-1' },
		operations: { list: 'DescribeKeyPairs', import: 'ImportKeyPair', delete: 'DeleteKeyPair' },
		cloud: emulator,
		emulator,
		account,
		home,
		lines: dependencies.lines,
		close: async () => {
			await emulator.close();
			await home.remove();
		},
	};
}
