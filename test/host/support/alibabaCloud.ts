import { rm } from 'node:fs/promises';
import path from 'node:path';
import { ConfigurationTarget, commands, workspace } from 'vscode';
import type { AlibabaAccount } from '../../emulator/alibaba/accounts/account';
import type { Emulator } from '../../emulator/emulator';
import { home, writeHome } from './cloud';

/** An account of an emulated Alibaba Cloud, with a profile of its CLI. Started in `before`, closed in `after`. */
export class AlibabaCloud {
	private constructor(
		/** The account of profile `hangzhou`. */
		readonly account: AlibabaAccount,
	) {}

	/** Opens the account, with these resource groups besides the default one, and points the extension at the emulator. */
	static async start(emulator: Emulator, resourceGroups: readonly string[] = []): Promise<AlibabaCloud> {
		const account = emulator.alibaba.accounts.add({ resourceGroups: resourceGroups.map((name) => ({ name })) });
		const { id, secret } = account.addAccessKey();
		const profile = {
			...{ name: 'hangzhou', mode: 'AK', access_key_id: id, access_key_secret: secret },
			region_id: 'cn-hangzhou',
		};
		await writeHome('.aliyun/config.json', JSON.stringify({ current: 'hangzhou', profiles: [profile] }));
		const { url } = emulator;
		await setEndpoints({ ecs: url, ens: url, sts: url, resourcemanager: url });
		await commands.executeCommand('cloudKeyPairs.refresh');
		return new AlibabaCloud(account);
	}

	/** Takes the profile away, and the settings back. */
	async close(): Promise<void> {
		await setEndpoints(undefined);
		await rm(path.join(home, '.aliyun'), { recursive: true });
		await commands.executeCommand('cloudKeyPairs.refresh');
	}
}

async function setEndpoints(endpoints: Readonly<Record<string, string>> | undefined): Promise<void> {
	await workspace.getConfiguration('cloudKeyPairs').update('alibaba.endpoints', endpoints, ConfigurationTarget.Global);
}
