import assert from 'node:assert/strict';
import { commands, Uri } from 'vscode';
import type { ImportOutcome } from '../../src/api';
import { keyLines } from '../fakes/keys';
import { holdKeyPair } from '../fakes/person';
import { Cloud, writeHome } from './support/cloud';
import { type Activated, activated } from './support/extension';
import { clearWorkspace, problemsIn, writeWorkspace } from './support/files';
import { messageOf } from './support/messages';
import { givenUp } from './support/quickInput';

describe('the command cloudKeyPairs.import', () => {
	let extension: Activated;
	let cloud: Cloud;
	const run = async (argument: unknown) =>
		commands.executeCommand<ImportOutcome[] | undefined>('cloudKeyPairs.import', argument);
	const at = (region: string) => ({ service: 'ec2', profile: 'mel', region }) as const;

	before(async () => {
		extension = await activated();
		cloud = await Cloud.start();
	});
	after(async () => {
		await clearWorkspace();
		await cloud.close();
	});
	beforeEach(() => cloud.emulator.requests.clear());

	const told = (action: () => Promise<unknown>) => messageOf(extension.ui, action);

	it('runs a complete request without a question and returns what came of each target', async () => {
		const targets = [at('us-east-1'), at('us-west-1')];
		let outcomes: ImportOutcome[] | undefined;
		const message = await told(async () => {
			outcomes = await run({ publicKey: keyLines.mel, keyName: 'mel', targets, tags: { Owner: 'mel' } });
		});
		assert.deepEqual(
			outcomes?.map(({ target, status }) => ({ target, status })),
			targets.map((target) => ({ target, status: 'imported' })),
		);
		assert.deepEqual(Object.fromEntries(cloud.account.keyPairs('us-west-1').withName('mel')?.tags ?? []), {
			Owner: 'mel',
		});
		assert.equal(message.severity, 'Information');
		assert.match(message.text, /mel.*2 imported/);
		assert.deepEqual(message.actions, ['Show Key Pair', 'Show Details']);
	});

	it('says so, and is no error, when the key is there already', async () => {
		holdKeyPair(cloud.account, 'eu-north-1', 'mel', keyLines.mel);
		let outcomes: ImportOutcome[] | undefined;
		const message = await told(async () => {
			outcomes = await run({ publicKey: keyLines.mel, keyName: 'mel', targets: [at('eu-north-1')] });
		});
		assert.equal(outcomes?.[0]?.status, 'alreadyPresent');
		assert.equal(message.severity, 'Information');
		assert.match(message.text, /mel.*already.*mel · EC2 · eu-north-1/);
	});

	it('tells of a failure once: cause, place and what to do', async () => {
		holdKeyPair(cloud.account, 'eu-south-2', 'mel', keyLines.ops);
		cloud.account.setOptIn('eu-south-2', true);
		const uri = await writeWorkspace(`${keyLines.mel}\n`);
		let outcomes: ImportOutcome[] | undefined;
		const message = await told(async () => {
			outcomes = await run({ publicKey: uri, keyName: 'mel', targets: [at('eu-south-2'), at('eu-north-1')] });
		});
		assert.deepEqual(
			outcomes?.map(({ status }) => status),
			['failed', 'alreadyPresent'],
		);
		assert.equal(message.severity, 'Error');
		assert.match(message.text, /mel · EC2 · eu-south-2/);
		assert.deepEqual(message.actions, ['Show Details', 'Show Problems']);
		assert.equal(problemsIn(uri).length, 1);
	});

	it('makes no call for a private key', async () => {
		const file = await writeHome('.ssh/id_x', '-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEA\n');
		let outcomes: ImportOutcome[] | undefined;
		const message = await told(async () => {
			outcomes = await run({ publicKey: Uri.file(file), keyName: 'x', targets: [at('us-east-1')] });
		});
		assert.equal(outcomes?.[0]?.error?.code, 'privateKey');
		assert.equal(message.severity, 'Error');
		assert.deepEqual(cloud.emulator.requests.all(), []);
	});

	it('tells its caller which part of a request is wrong', async () => {
		const before = extension.ui.messages.length;
		await assert.rejects(run({ publicKey: keyLines.mel, keyName: 5, targets: [] }), /keyName/);
		await assert.rejects(run({ publicKey: keyLines.mel, keyName: 'x', targets: [{ service: 's3' }] }), /targets/);
		assert.equal(extension.ui.messages.length, before);
	});

	it('changes nothing when its question is given up', async () => {
		const before = extension.ui.messages.length;
		for (const argument of [undefined, Uri.file(await writeHome('.ssh/id.pub', keyLines.mel)), { keyName: 'x' }]) {
			assert.equal(await givenUp(run(argument)), undefined);
		}
		assert.deepEqual(cloud.imports(), []);
		assert.equal(extension.ui.messages.length, before);
	});
});
