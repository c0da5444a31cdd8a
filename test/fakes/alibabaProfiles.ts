import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { AlibabaAccount } from '../emulator/alibaba/accounts/account';

/** Writes the configuration of Alibaba Cloud's CLI, `~/.aliyun/config.json`, into a home folder: a profile for each account, by name, with a new access
 * key and cn-hangzhou as its region. The first one is the current profile. */
export async function writeAlibabaProfiles(
	home: string,
	accounts: Readonly<Record<string, AlibabaAccount>>,
): Promise<void> {
	const profiles = Object.entries(accounts).map(([name, account]) => {
		const { id, secret } = account.addAccessKey({ user: 'mel' });
		return { name, mode: 'AK', access_key_id: id, access_key_secret: secret, region_id: 'cn-hangzhou' };
	});
	const folder = path.join(home, '.aliyun');
	await mkdir(folder, { recursive: true });
	await writeFile(
		path.join(folder, 'config.json'),
		`${JSON.stringify({ current: profiles[0]?.name, profiles }, undefined, '\t')}\n`,
		{ mode: 0o600 },
	);
}

/** The settings that have the extension find all of Alibaba Cloud at this URL. */
export function alibabaEndpointSettings(url: string): Readonly<Record<string, unknown>> {
	return { 'cloudKeyPairs.alibaba.endpoints': { ecs: url, ens: url, sts: url, resourcemanager: url } };
}
