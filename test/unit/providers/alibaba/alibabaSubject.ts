import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { KeyPairProvider, ProviderDependencies } from '../../../../src/providers/contract';
import { serviceManifest } from '../../../../src/providers/registry';
import type { AlibabaAccount } from '../../../emulator/alibaba/accounts/account';
import { type Emulator, type EmulatorOptions, startEmulator } from '../../../emulator/emulator';
import { noAccessKeys } from '../../../fakes/vendors';
import type { ContractSubject } from '../contract';

/** Makes the providers, whichever build it is from. */
export type CreateProviders = (dependencies: ProviderDependencies) => readonly KeyPairProvider[];

/** An emulated Alibaba Cloud with one account, and a provider with profiles for it. */
export interface AlibabaSubject extends ContractSubject {
	readonly emulator: Emulator;
	readonly account: AlibabaAccount;
	/** The secret of profile `able`. */
	readonly secret: string;
	/** The providers of all of Alibaba Cloud's services. */
	readonly providers: readonly KeyPairProvider[];
	/** The person's own settings; may be changed at any time. */
	readonly settings: Record<string, unknown>;
	/** Writes the CLI's configuration anew: profiles `able` and `denied`, the first of them with more keys. */
	configure(more: Readonly<Record<string, string>>): Promise<void>;
}

interface ServiceFacts extends Pick<ContractSubject, 'service' | 'regions' | 'operations'> {
	/** The permissions that profile `denied` lacks. */
	readonly denied: readonly string[];
}

const operations = {
	list: 'DescribeKeyPairs',
	import: 'ImportKeyPair',
	create: 'CreateKeyPair',
	delete: 'DeleteKeyPairs',
};
const tags = { set: 'TagResources', remove: 'UntagResources' };
const ecsDenied = [...Object.values(operations), ...Object.values(tags), 'DescribeRegions'].map(
	(name) => `ecs:${name}`,
);

/** Starts an emulated Alibaba Cloud and the provider of ECS. It takes ED25519 keys, which ECS's list of types does not have, and has a resource group besides
 * the default one. */
export function startEcs(createProviders: CreateProviders, options: EmulatorOptions = {}): Promise<AlibabaSubject> {
	const facts: ServiceFacts = {
		service: 'ecs',
		regions: { usable: ['cn-hangzhou', 'eu-central-1'] },
		operations: { ...operations, tags },
		denied: [...ecsDenied, 'resourcemanager:ListResourceGroups'],
	};
	return start(facts, createProviders, options);
}

/** Starts an emulated Alibaba Cloud and the provider of ENS. */
export function startEns(createProviders: CreateProviders, options: EmulatorOptions = {}): Promise<AlibabaSubject> {
	const denied = Object.values(operations).map((name) => `ens:${name}`);
	return start({ service: 'ens', operations, denied }, createProviders, options);
}

async function start(
	{ denied: deniedActions, ...facts }: ServiceFacts,
	createProviders: CreateProviders,
	options: EmulatorOptions,
): Promise<AlibabaSubject> {
	const emulator = await startEmulator(options);
	emulator.alibaba.choices.ecsTakesEd25519 = true;
	const account = emulator.alibaba.accounts.add({ resourceGroups: [{ name: 'platform' }] });
	const able = account.addAccessKey();
	const denied = account.addAccessKey({ user: 'denied', deniedActions });
	const home = await mkdtemp(join(tmpdir(), 'alibaba-home-'));
	const configure = async (more: Readonly<Record<string, string>>) => {
		const profile = (name: string, key: typeof able) => ({
			name,
			mode: 'AK',
			access_key_id: key.id,
			access_key_secret: key.secret,
			region_id: 'cn-hangzhou',
		});
		const profiles = [{ ...profile('able', able), ...more }, profile('denied', denied)];
		await mkdir(join(home, '.aliyun'), { recursive: true });
		await writeFile(join(home, '.aliyun', 'config.json'), JSON.stringify({ current: 'able', profiles }));
	};
	await configure({});
	const { url } = emulator;
	const settings: Record<string, unknown> = { endpoints: { ecs: url, ens: url, sts: url, resourcemanager: url } };
	const lines: string[] = [];
	const providers = createProviders({
		environment: { variables: {}, home, accessKeys: noAccessKeys },
		log: { debug: (message) => lines.push(message) },
		mfaCode: () => Promise.reject(new Error('No MFA code was to be asked for')),
		userAgent: 'cloud-key-pairs/1.2.3',
		settings: () => settings,
	});
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
		secret: able.secret,
		settings,
		configure,
		lines,
		close: async () => {
			await emulator.close();
			await rm(home, { recursive: true, force: true });
		},
	};
}
