import assert from 'node:assert/strict';
import { commands, env, languages, type Uri, window, workspace } from 'vscode';
import type { ImportOutcome } from '../../../src/api';
import { keyLines } from '../../fakes/keys';
import { holdKeyPair } from '../../fakes/person';
import { Cloud } from '../support/cloud';
import { eventually } from '../support/eventually';
import { type Activated, activated } from '../support/extension';
import { clearWorkspace, writeWorkspace } from '../support/files';
import { messageOf } from '../support/messages';
import { rowsOf } from '../support/rows';

const chinese = /\p{Script=Han}/u;

describe('a window in Chinese', () => {
	let extension: Activated;
	let cloud: Cloud;
	const request = (publicKey: string | Uri) => ({
		publicKey,
		keyName: 'laptop',
		targets: [{ service: 'ec2', profile: 'mel', region: 'us-east-1' }] as const,
	});

	before(async () => {
		extension = await activated();
		cloud = await Cloud.start();
		holdKeyPair(cloud.account, 'us-east-1', 'laptop', keyLines.ops);
	});
	after(async () => {
		await clearWorkspace();
		await cloud.close();
	});

	it('has the titles of the commands in Chinese, names of products left as they are', () => {
		assert.equal(env.language, 'zh-cn');
		const { displayName, contributes } = extension.extension.packageJSON;
		const contributed: { command: string; title: unknown; category: unknown }[] = contributes.commands;
		assert.ok(contributed.length > 0);
		for (const { command, title, category } of contributed) {
			// As VS Code keeps them: { value, original }.
			assert.match(JSON.stringify(title), chinese, command);
			assert.match(JSON.stringify(category), chinese, command);
		}
		assert.equal(displayName, 'Cloud Key Pairs');
	});

	it('tells in Chinese what a service answered, with its own code, name and numbers', async () => {
		const uri = await writeWorkspace(`${keyLines.mel}\n`);
		let outcome: ImportOutcome | undefined;
		const message = await messageOf(extension.ui, async () => {
			[outcome] = await commands.executeCommand<ImportOutcome[]>('cloudKeyPairs.import', request(uri));
		});
		assert.match(message.text, chinese);
		assert.match(message.actions.join(), chinese);
		assert.match(outcome?.error?.message ?? '', chinese);
		assert.match(outcome?.error?.advice ?? '', chinese);
		assert.equal(outcome?.error?.code, 'InvalidKeyPair.Duplicate');
		const [problem] = await eventually(() => {
			const found = languages.getDiagnostics(uri);
			assert.equal(found.length, 1);
			return found;
		});
		assert.match(problem?.message ?? '', chinese);
		assert.match(problem?.message ?? '', /mel · EC2 · us-east-1.*2G07\+RiqU/);
		assert.match(problem?.source ?? '', chinese);
	});

	it('says in Chinese what is wrong with a key', async () => {
		const { problems } = extension.api.parsePublicKeys(keyLines.mel.replace('AAAAC3', 'AAAA*3'));
		assert.match(problems[0]?.message ?? '', chinese);
		const [outcome] = await extension.api.import(request(keyLines.ecdsa));
		assert.match(outcome?.error?.message ?? '', chinese);
		assert.equal(outcome?.error?.code, 'keyTypeRefused');
	});

	it('describes rows in Chinese', async () => {
		await window.showTextDocument(await workspace.openTextDocument(await writeWorkspace(keyLines.mel.slice(0, 50))));
		const [profile] = await rowsOf(extension.ui.view('cloudKeyPairs.keyPairs').rows);
		assert.equal(profile?.label, 'mel');
		assert.match(profile?.description ?? '', chinese);
	});
});
