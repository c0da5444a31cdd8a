import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { commands, workspace } from 'vscode';
import type { ImportOutcome } from '../../../src/api';
import { keyLines } from '../../fakes/keys';
import { Cloud, home, writeHome } from '../support/cloud';
import { eventually } from '../support/eventually';
import { type Activated, activated } from '../support/extension';
import { clearWorkspace, writeWorkspace } from '../support/files';
import { rowsOf } from '../support/rows';
import { setWorkspaceSettings } from '../support/workspaceSettings';

describe('a folder that is not trusted', () => {
	let extension: Activated;
	let cloud: Cloud;

	before(async () => {
		extension = await activated();
		cloud = await Cloud.start();
	});
	after(async () => {
		await clearWorkspace();
		await cloud.close();
	});

	const localKeys = async () =>
		(await rowsOf(extension.ui.view('cloudKeyPairs.localKeys').rows)).map(({ label }) => label);

	it('lets the extension work', async () => {
		assert.equal(workspace.isTrusted, false);
		assert.deepEqual(
			(await extension.api.profiles()).map(({ name }) => name),
			['mel'],
		);
	});

	it('can not choose where keys are looked for', async () => {
		const folder = path.join(home, 'elsewhere');
		await mkdir(folder, { recursive: true });
		await writeFile(path.join(folder, 'elsewhere.pub'), keyLines.ops);
		await writeHome('.ssh/own.pub', keyLines.mel);
		await setWorkspaceSettings({ 'cloudKeyPairs.localKeys.folders': [folder] });
		await commands.executeCommand('cloudKeyPairs.refresh');
		await eventually(async () => assert.ok((await localKeys()).includes('own.pub')));
		assert.ok(!(await localKeys()).includes('elsewhere.pub'));
		assert.deepEqual(workspace.getConfiguration('cloudKeyPairs').get('localKeys.folders'), ['~/.ssh']);
	});

	it('has its keys listed, and they can be imported', async () => {
		const uri = await writeWorkspace(`${keyLines.deploy}\n`, 'theirs.pub');
		await commands.executeCommand('cloudKeyPairs.refresh');
		await eventually(async () => assert.ok((await localKeys()).includes('theirs.pub')));
		const [outcome] = await commands.executeCommand<ImportOutcome[]>('cloudKeyPairs.import', {
			publicKey: uri,
			keyName: 'theirs',
			targets: [{ service: 'ec2', profile: 'mel', region: 'us-east-1' }],
		});
		assert.equal(outcome?.status, 'imported');
	});
});
