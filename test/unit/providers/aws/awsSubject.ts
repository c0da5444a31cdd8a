import type { KeyPairProvider, ProviderDependencies } from '../../../../src/providers/contract';
import { serviceManifest } from '../../../../src/providers/registry';
import type { Account } from '../../../emulator/accounts/account';
import { type Emulator, type EmulatorOptions, startEmulator } from '../../../emulator/emulator';
import type { ContractSubject } from '../contract';
import { AwsHome, testDependencies } from './awsHome';

/** An emulated AWS with one account, and a provider with profiles for it. */
export interface AwsSubject extends ContractSubject {
	readonly emulator: Emulator;
	readonly account: Account;
	readonly home: AwsHome;
	/** The providers of all of AWS's services. */
	readonly providers: readonly KeyPairProvider[];
}

/** What differs between AWS's services. */
export interface AwsServiceFacts extends Pick<ContractSubject, 'service' | 'regions' | 'operations'> {
	/** The API operations that profile `denied` may not call. */
	readonly denied: readonly string[];
}

/** Makes the providers, whichever build it is from. */
export type CreateProviders = (dependencies: ProviderDependencies) => readonly KeyPairProvider[];

/** Starts an emulator of AWS and the provider of one service, with profiles `able` and `denied` in eu-west-1; ap-east-1
 * is enabled. */
export async function startAwsSubject(
	{ denied: operations, ...facts }: AwsServiceFacts,
	createProviders: CreateProviders,
	options: EmulatorOptions,
): Promise<AwsSubject> {
	const emulator = await startEmulator(options);
	const account = emulator.accounts.add({ optedIn: ['ap-east-1'] });
	const able = account.addAccessKey();
	const deniedActions = operations.map((operation) => `${facts.service}:${operation}`);
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
	const providers = createProviders(dependencies);
	const provider = providers.find(({ service }) => service === facts.service);
	if (!provider) {
		throw new Error(`The bundle has no provider of ${facts.service}`);
	}
	return {
		...facts,
		provider,
		providers,
		manifest: serviceManifest(facts.service),
		profiles: { able: 'able', denied: 'denied' },
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
