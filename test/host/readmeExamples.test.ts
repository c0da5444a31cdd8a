import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { commands, tasks, Uri, workspace } from 'vscode';
import type { Account } from '../emulator/accounts/account';
import { Cloud } from './support/cloud';
import { eventually } from './support/eventually';
import { type Activated, activated } from './support/extension';
import { messageOf } from './support/messages';

describe('the examples of the README', () => {
	let extension: Activated;
	let cloud: Cloud;
	let account: Account;
	let readme: string;

	before(async () => {
		extension = await activated();
		readme = await readFile(path.join(extension.extension.extensionPath, 'README.md'), 'utf8');
		cloud = await Cloud.start();
	});
	after(() => cloud.close());
	beforeEach(async () => {
		account = cloud.emulator.accounts.add();
		await cloud.setProfiles(`[profile prod]\nregion = us-east-1\n${cloud.keys(account)}`);
	});

	it('import a key by a keybinding', async () => {
		const { command, args } = JSON.parse(codeBlock('"key": "ctrl+alt+i"'));
		await messageOf(extension.ui, async () => commands.executeCommand(command, args));
		for (const region of ['us-east-1', 'eu-central-1']) {
			assert.ok(account.keyPairs(region).withName('laptop'), region);
		}
	});

	it('import a key by a task', async () => {
		const text = codeBlock('"tasks":');
		const [label] = JSON.parse(text).tasks.map((task: { label: string }) => task.label);
		const [folder] = workspace.workspaceFolders ?? [];
		assert.ok(folder && label);
		const settings = Uri.joinPath(folder.uri, '.vscode');
		await workspace.fs.writeFile(Uri.joinPath(settings, 'tasks.json'), Buffer.from(text));
		try {
			const task = await eventually(async () => {
				const found = (await tasks.fetchTasks()).find(({ name }) => name === label);
				assert.ok(found);
				return found;
			});
			const { severity } = await messageOf(extension.ui, async () => void tasks.executeTask(task));
			assert.equal(severity, 'Information');
			assert.ok(account.keyPairs('us-east-1').withName('laptop'));
		} finally {
			await workspace.fs.delete(settings, { recursive: true });
		}
	});

	function codeBlock(part: string): string {
		const blocks = [...readme.matchAll(/^```json\n([\s\S]*?)^```$/gm)].map(([, code = '']) => code);
		const found = blocks.find((code) => code.includes(part));
		assert.ok(found, part);
		return found;
	}
});
