import assert from 'node:assert/strict';
import { commands, workspace } from 'vscode';
import type { Deletion } from '../../src/ui/commands/delete';
import { keyLines } from '../fakes/keys';
import { holdKeyPair } from '../fakes/person';
import { Cloud } from './support/cloud';
import { answerDialogs } from './support/dialogs';
import { eventually } from './support/eventually';
import { type Activated, activated } from './support/extension';
import { messageOf } from './support/messages';
import { rowAt } from './support/rows';

describe('the command cloudKeyPairs.delete', () => {
	let extension: Activated;
	let cloud: Cloud;
	const target = { service: 'ec2', profile: 'mel', region: 'us-west-2' } as const;
	const fingerprint = 'JWFTprBYALUuL8QyB5pv7xhXc8y1A1W4ZzjtwAPLc2M=';
	const run = async (argument: unknown) =>
		commands.executeCommand<Deletion | undefined>('cloudKeyPairs.delete', argument);
	const held = (name: string) => cloud.account.keyPairs('us-west-2').withName(name);
	const deletes = () => cloud.emulator.requests.all({ operation: 'DeleteKeyPair' });
	const row = (...labels: readonly string[]) => rowAt(extension.ui.view('cloudKeyPairs.keyPairs').rows, ...labels);

	before(async () => {
		extension = await activated();
	});
	beforeEach(async () => {
		cloud = await Cloud.start();
		holdKeyPair(cloud.account, 'us-west-2', 'mel', keyLines.mel);
		holdKeyPair(cloud.account, 'us-west-2', 'ops', keyLines.ops);
	});
	afterEach(() => cloud.close());

	it('asks with target, name and fingerprint, deletes by id, and takes the row away', async () => {
		const node = await eventually(async () => (await row('mel', 'EC2', 'us-west-2', 'mel')).node);
		const id = held('mel')?.id;
		const dialogs = answerDialogs('Delete');
		try {
			let deletion: Deletion | undefined;
			const message = await messageOf(extension.ui, async () => {
				deletion = await run(node);
			});
			const [{ text = '', detail = '', buttons = [] } = {}, ...others] = dialogs.asked;
			assert.deepEqual(others, []);
			assert.equal(text, 'Delete mel from mel · EC2 · us-west-2?');
			assert.ok(detail.includes(fingerprint) && detail.includes('Instances'));
			assert.deepEqual(buttons, ['Delete']);
			assert.equal(deletion?.status, 'deleted');
			assert.equal(deletion?.keyPair?.id, id);
			assert.equal(message.text, 'Deleted mel from mel · EC2 · us-west-2.');
			assert.equal(held('mel'), undefined);
			assert.ok(held('ops'));
			assert.equal(deletes()[0]?.parameters['KeyPairId'], id);
			await eventually(() => assert.rejects(row('mel', 'EC2', 'us-west-2', 'mel')));
		} finally {
			dialogs.stop();
		}
	});

	it('deletes nothing without a yes', async () => {
		const dialogs = answerDialogs(undefined);
		try {
			assert.equal(await run({ target, keyName: 'mel' }), undefined);
			assert.equal(dialogs.asked.length, 1);
			assert.deepEqual(deletes(), []);
		} finally {
			dialogs.stop();
		}
	});

	it('deletes no key pair with another fingerprint than the one that was given', async () => {
		const dialogs = answerDialogs();
		try {
			let deletion: Deletion | undefined;
			const message = await messageOf(extension.ui, async () => {
				deletion = await run({ target, keyName: 'ops', fingerprint });
			});
			assert.equal(deletion?.status, 'changed');
			assert.match(message.text, /Nothing was deleted: ops/);
			assert.deepEqual(dialogs.asked, []);
			assert.deepEqual(deletes(), []);
		} finally {
			dialogs.stop();
		}
	});

	it('looks right before: a key pair that took the name meanwhile is left alone', async () => {
		const dialogs = answerDialogs(() => {
			const before = held('mel');
			assert.ok(before);
			cloud.account.keyPairs('us-west-2').remove(before);
			holdKeyPair(cloud.account, 'us-west-2', 'mel', keyLines.deploy);
			return 'Delete';
		});
		try {
			assert.equal((await run({ target, keyName: 'mel', fingerprint }))?.status, 'changed');
			assert.deepEqual(deletes(), []);
			assert.ok(held('mel'));
		} finally {
			dialogs.stop();
		}
	});

	it('says what the service refused', async () => {
		cloud.emulator.faults.set([
			{ operation: 'DeleteKeyPair', effect: { kind: 'error', code: 'UnauthorizedOperation', status: 403 } },
		]);
		const dialogs = answerDialogs('Delete');
		try {
			const message = await messageOf(extension.ui, async () => {
				assert.equal((await run({ target, keyName: 'mel' }))?.status, 'failed');
			});
			assert.match(message.text, /mel was not deleted from mel · EC2 · us-west-2\. .*permission/);
		} finally {
			dialogs.stop();
		}
	});

	it('has the name typed for a protected profile', async () => {
		const patterns = workspace.getConfiguration('cloudKeyPairs').inspect<string[]>('protectedProfiles')?.defaultValue;
		assert.deepEqual(patterns, ['*prod*']);
		await cloud.setProfiles(`[profile my-PROD]\nregion = us-west-2\n${cloud.keys()}`);
		const dialogs = answerDialogs('Delete', 'Delete');
		try {
			const asked = run({ target: { ...target, profile: 'my-PROD' }, keyName: 'mel' });
			await eventually(() => assert.equal(dialogs.asked.length, 1));
			let settled = false;
			void asked.finally(() => {
				settled = true;
			});
			await eventually(async () => {
				// Escape, as often as it takes for the box to be there.
				await commands.executeCommand('workbench.action.closeQuickOpen');
				assert.ok(settled);
			});
			assert.equal(await asked, undefined);
			assert.deepEqual(deletes(), []);
			assert.ok(held('mel'));
		} finally {
			dialogs.stop();
		}
	});

	it('refuses an argument that names no key pair', async () => {
		for (const argument of [undefined, 'mel', { keyName: 'mel' }, { target, keyName: 'mel', fingerprint: 1 }]) {
			await assert.rejects(run(argument));
		}
		assert.deepEqual(deletes(), []);
	});
});
