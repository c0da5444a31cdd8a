import assert from 'node:assert/strict';
import { ConfigurationTarget, commands, workspace } from 'vscode';
import { commandIds } from '../../src/ui/commands/ids';
import { FakeAgent, identityOf } from '../fakes/agent';
import { keyLines } from '../fakes/keys';
import { holdKeyPair } from '../fakes/person';
import { Cloud, writeHome } from './support/cloud';
import { eventually } from './support/eventually';
import { type Activated, activated } from './support/extension';
import { type Row, rowAt, rowsOf } from './support/rows';

describe('the keys of ssh-agent in Local Public Keys', () => {
	let extension: Activated;
	let cloud: Cloud;
	let agent: FakeAgent;

	before(async () => {
		extension = await activated();
		cloud = await Cloud.start();
		agent = await FakeAgent.start();
		process.env['SSH_AUTH_SOCK'] = agent.path;
		await writeHome('.ssh/mel.pub', `${keyLines.mel}\n`);
	});
	after(async () => {
		delete process.env['SSH_AUTH_SOCK'];
		await agent.close();
		await cloud.close();
	});
	beforeEach(async () => {
		agent.hold([identityOf(keyLines.mel, 'in the agent'), identityOf(keyLines.ops, 'work laptop')]);
		await commands.executeCommand(commandIds.refresh);
	});

	const rows = () => extension.ui.view('cloudKeyPairs.localKeys').rows;
	const agentRows = async (): Promise<readonly Row[]> =>
		(await rowsOf(rows())).filter(({ label }) => label === '(ssh-agent)');

	it('have a row when no file holds them, with all that a key can do', async () => {
		await eventually(async () => {
			const [row, ...others] = await agentRows();
			assert.deepEqual(others, []);
			assert.equal(row?.icon, 'key');
			assert.equal(row?.description, 'ED25519 · work laptop');
			assert.ok(row?.flags.includes('canImport'));
			assert.match(row?.spoken ?? '', /ssh-agent/);
		});
		const [row] = await agentRows();
		assert.equal(
			await commands.executeCommand(commandIds.copyPublicKey, row?.node),
			`${keyLines.ops.slice(0, -'ops@laptop'.length)}work laptop`,
		);
		assert.equal(
			await commands.executeCommand(commandIds.copyFingerprint, row?.node),
			'SHA256:2G07+RiqU/9zyYvLPcdyM+wwfki4d1VqdI99CbOFWeY',
		);
	});

	it('are local keys of the key pairs in the cloud', async () => {
		holdKeyPair(cloud.account, 'eu-west-1', 'work', keyLines.ops);
		const description = async (): Promise<string> =>
			(await rowAt(extension.ui.view('cloudKeyPairs.keyPairs').rows, 'mel', 'EC2', 'eu-west-1', 'work')).description;
		await eventually(async () => assert.match(await description(), /ED25519 · \(ssh-agent\)$/));
		agent.hold([]);
		await commands.executeCommand(commandIds.refresh);
		await eventually(async () => assert.match(await description(), /no local key$/));
	});

	it('are named in the row of the file that holds them', async () => {
		await eventually(async () =>
			assert.match((await rowAt(rows(), 'mel.pub')).description, /^ED25519 · mel@laptop · in ssh-agent/),
		);
	});

	it('are asked for again with a refresh', async () => {
		await eventually(async () => assert.equal((await agentRows()).length, 1));
		agent.hold([]);
		await commands.executeCommand(commandIds.refresh);
		await eventually(async () => {
			assert.deepEqual(await agentRows(), []);
			assert.doesNotMatch((await rowAt(rows(), 'mel.pub')).description, /ssh-agent/);
		});
	});

	it('hold up nothing: the files are there at once, and then why the agent is silent', async () => {
		agent.answer = () => undefined;
		await commands.executeCommand(commandIds.refresh);
		const start = performance.now();
		await rowAt(rows(), 'mel.pub');
		assert.ok(performance.now() - start < 1_500);
		await eventually(async () => {
			const [row] = await agentRows();
			assert.equal(row?.icon, 'warning');
			assert.match(row?.description ?? '', /2 seconds/);
		});
	});

	it('are left alone when the setting says so', async () => {
		const settings = workspace.getConfiguration('cloudKeyPairs');
		await settings.update('localKeys.agent', false, ConfigurationTarget.Global);
		try {
			await eventually(async () => assert.deepEqual(await agentRows(), []));
			const asked = agent.requests.length;
			await commands.executeCommand(commandIds.refresh);
			assert.deepEqual(await agentRows(), []);
			assert.equal(agent.requests.length, asked);
		} finally {
			await settings.update('localKeys.agent', undefined, ConfigurationTarget.Global);
		}
		await eventually(async () => assert.equal((await agentRows()).length, 1));
	});
});
