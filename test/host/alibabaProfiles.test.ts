import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { commands, window } from 'vscode';
import type { CloudKeyPairsApi } from '../../src/api';
import { home, writeHome } from './support/cloud';
import { eventually } from './support/eventually';
import { type Activated, activated } from './support/extension';
import { type Row, rowsOf } from './support/rows';

describe('the profiles of Alibaba Cloud in the tree', () => {
	let extension: Activated;
	let api: CloudKeyPairsApi;

	before(async () => {
		extension = await activated();
		({ api } = extension);
		await api.profiles();
	});
	after(async () => {
		await commands.executeCommand('workbench.action.closeAllEditors');
		await rm(path.join(home, '.aliyun'), { recursive: true, force: true });
		await commands.executeCommand('cloudKeyPairs.refresh');
	});

	const rows = () => rowsOf(extension.ui.view('cloudKeyPairs.keyPairs').rows);
	const write = (...profiles: readonly object[]) =>
		writeHome('.aliyun/config.json', JSON.stringify({ current: 'default', profiles }, null, '\t'));
	/** The rows, once they have the label. */
	const withRow = (label: string): Promise<readonly Row[]> =>
		eventually(async () => {
			const found = await rows();
			assert.ok(
				found.some((row) => row.label === label),
				found.map((row) => row.label).join(),
			);
			return found;
		});

	it('come by themselves with the file, each with how it gets its credentials, and change with it', async () => {
		const key = { access_key_id: 'LTAI', access_key_secret: 'secret' };
		const role = { ram_role_arn: 'acs:ram::1:role/x', ram_session_name: 'mel' };
		await write(
			{ name: 'ak', mode: 'AK', ...key, region_id: 'cn-hangzhou' },
			{ name: 'role', mode: 'RamRoleArn', ...key, ...role },
			{ name: 'machine', mode: 'EcsRamRole' },
			{ name: 'sso', mode: 'CloudSSO', cloud_sso_sign_in_url: 'https://signin.example.com' },
			{ name: 'web', mode: 'OAuth', oauth_site_type: 'CN' },
			{ name: 'rsa', mode: 'RsaKeyPair', private_key: 'a', key_pair_name: 'b' },
			{ name: 'loop', mode: 'ChainableRamRoleArn', ...role, source_profile: 'loop' },
		);
		const found = await withRow('loop');
		assert.deepEqual(
			found.map(({ label, description, icon }) => [label, description, icon]),
			[
				['ak', 'Alibaba Cloud · access key · cn-hangzhou', 'account'],
				['role', 'Alibaba Cloud · role', 'account'],
				['machine', "Alibaba Cloud · the machine's role", 'account'],
				['sso', 'Alibaba Cloud · SSO', 'account'],
				['web', 'Alibaba Cloud · console sign-in', 'account'],
				['rsa', 'Alibaba Cloud · mode RsaKeyPair is not supported', 'warning'],
				['loop', 'Alibaba Cloud · source_profile leads back to the profile itself', 'warning'],
			],
		);
		const rsa = found.find(({ label }) => label === 'rsa');
		assert.match(rsa?.tooltip ?? '', /config\.json\nAlibaba Cloud has deprecated/);
		assert.deepEqual(
			found.filter(({ flags }) => flags.includes('canSignIn')).map(({ label }) => label),
			['sso', 'web'],
		);
		await write({ name: 'other', mode: 'AK', ...key });
		assert.equal((await withRow('other')).length, 1);
	});

	it('are one row with the reason while the file is broken, which opens the file at the line', async () => {
		const file = await writeHome(
			'.aliyun/config.json',
			'{\n\t"profiles": [\n\t\t{"access_key_secret": "S3cr3t",}\n\t]\n}\n',
		);
		const row = (await withRow('Alibaba Cloud')).find(({ label }) => label === 'Alibaba Cloud');
		assert.ok(row);
		assert.ok(row.flags.includes('canConfigure'));
		assert.ok(row.tooltip.includes(`${file}, line 3: not valid JSON`), row.tooltip);
		assert.doesNotMatch(JSON.stringify([row, extension.ui.logLines, extension.ui.messages]), /S3cr3t/);
		await commands.executeCommand('_cloudKeyPairs.openConfiguration', row.node);
		assert.equal(window.activeTextEditor?.document.uri.fsPath, file);
		assert.equal(window.activeTextEditor?.selection.active.line, 2);
	});
});
