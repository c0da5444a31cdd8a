import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Target } from '../../src/api';
import type { Emulator } from '../emulator/emulator';
import { lightsailRegions } from '../emulator/lightsail/regions';
import { accessKeySettings, addSection } from '../fakes/person';

/** Many accounts at once, as somebody has them who looks after a company's. */
export interface Fleet {
	/** 133: 34 regions of EC2 in each of three accounts, 20 of Lightsail, 10 of ECS, and ENS. */
	readonly targets: readonly Target[];
	/** Of VS Code: they lead Alibaba Cloud's calls to the emulator. */
	readonly settings: Readonly<Record<string, unknown>>;
}

const awsAccounts = 3;
const ecsRegions = 10;

/** Opens the accounts and writes their profiles into a home folder. */
export async function createFleet(home: string, emulator: Emulator): Promise<Fleet> {
	const targets: Target[] = [];
	for (let index = 0; index < awsAccounts; index++) {
		const account = emulator.accounts.add();
		const regions = account.regions().map(({ name }) => name);
		for (const region of regions) {
			account.setOptIn(region, true);
		}
		const profile = `fleet-${index}`;
		await addSection(home, `profile ${profile}`, accessKeySettings(account, emulator.url));
		targets.push(...regions.map((region): Target => ({ service: 'ec2', profile, region })));
	}
	targets.push(
		...lightsailRegions.map(({ name: region }): Target => ({ service: 'lightsail', profile: 'fleet-0', region })),
	);
	const account = emulator.alibaba.accounts.add();
	await writeAlibabaProfile(home, 'fleet-alibaba', account.addAccessKey());
	const regions = account.regions().slice(0, ecsRegions);
	targets.push(...regions.map(({ id }): Target => ({ service: 'ecs', profile: 'fleet-alibaba', region: id })));
	targets.push({ service: 'ens', profile: 'fleet-alibaba' });
	const { url } = emulator;
	const endpoints = { ecs: url, ens: url, sts: url, resourcemanager: url };
	return { targets, settings: { 'cloudKeyPairs.alibaba.endpoints': endpoints } };
}

async function writeAlibabaProfile(
	home: string,
	name: string,
	{ id, secret }: { readonly id: string; readonly secret: string },
): Promise<void> {
	const profile = { name, mode: 'AK', access_key_id: id, access_key_secret: secret, region_id: 'cn-hangzhou' };
	await mkdir(path.join(home, '.aliyun'), { recursive: true });
	const file = path.join(home, '.aliyun', 'config.json');
	await writeFile(file, JSON.stringify({ current: name, profiles: [profile] }), { mode: 0o600 });
}
