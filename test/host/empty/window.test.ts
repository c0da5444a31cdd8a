import assert from 'node:assert/strict';
import { commands, type Hover, Position, Uri, window, workspace } from 'vscode';
import type { ImportOutcome } from '../../../src/api';
import { keyLines } from '../../fakes/keys';
import { holdKeyPair } from '../../fakes/person';
import { Cloud, writeHome } from '../support/cloud';
import { eventually } from '../support/eventually';
import { type Activated, activated } from '../support/extension';
import { closeEditors, codeOf, problemsIn } from '../support/files';
import { rowsOf } from '../support/rows';

describe('a window without a folder', () => {
	let extension: Activated;
	let cloud: Cloud;
	const target = { service: 'ec2', profile: 'mel', region: 'eu-west-1' } as const;

	before(async () => {
		extension = await activated();
		cloud = await Cloud.start();
	});
	after(() => cloud.close());
	afterEach(() => closeEditors());

	it('has nothing open and activates the extension all the same', () => {
		assert.equal(workspace.workspaceFolders, undefined);
		assert.equal(extension.api.version, 1);
	});

	it('shows the keys and profiles of the person', async () => {
		await writeHome('.ssh/id_ed25519.pub', `${keyLines.mel}\n`);
		await commands.executeCommand('cloudKeyPairs.refresh');
		const labels = async (view: string) => (await rowsOf(extension.ui.view(view).rows)).map(({ label }) => label);
		assert.deepEqual(await labels('cloudKeyPairs.localKeys'), ['id_ed25519.pub']);
		assert.deepEqual(await labels('cloudKeyPairs.keyPairs'), ['mel']);
	});

	it('imports a key, and shows what went wrong on its line', async () => {
		const file = Uri.file(await writeHome('.ssh/laptop.pub', `${keyLines.mel}\n`));
		const run = () =>
			commands.executeCommand<ImportOutcome[]>('cloudKeyPairs.import', {
				publicKey: file,
				keyName: 'laptop',
				targets: [target],
			});
		holdKeyPair(cloud.account, target.region, 'laptop', keyLines.ops);
		assert.equal((await run())[0]?.status, 'failed');
		assert.deepEqual(problemsIn(file).map(codeOf), ['InvalidKeyPair.Duplicate']);
		const store = cloud.account.keyPairs(target.region);
		const other = store.withName('laptop');
		assert.ok(other);
		store.remove(other);
		assert.equal((await run())[0]?.status, 'imported');
		assert.deepEqual(problemsIn(file), []);
	});

	it('checks and explains a key that is in no file yet', async () => {
		const broken = keyLines.mel.replace('AAAAC3', 'AAAA*3');
		const document = await workspace.openTextDocument({
			language: 'ssh-public-key',
			content: `${keyLines.deploy}\n${broken}\n`,
		});
		await window.showTextDocument(document);
		await eventually(() => assert.deepEqual(problemsIn(document.uri).map(codeOf), ['base64Character']));
		const hovers = await commands.executeCommand<Hover[]>(
			'vscode.executeHoverProvider',
			document.uri,
			new Position(0, 20),
		);
		assert.equal(hovers.length, 1);
	});
});
