import assert from 'node:assert/strict';
import { commands } from 'vscode';
import type { KeyPair } from '../../src/domain/keyPair';
import { keyLines } from '../fakes/keys';
import { holdKeyPair } from '../fakes/person';
import { Cloud } from './support/cloud';
import { type Activated, activated } from './support/extension';
import { messageOf } from './support/messages';
import { givenUp } from './support/quickInput';

describe('the command cloudKeyPairs.editTags', () => {
	let extension: Activated;
	let cloud: Cloud;
	const target = { service: 'ec2', profile: 'mel', region: 'us-west-2' } as const;
	const run = async (argument: unknown) =>
		commands.executeCommand<KeyPair | undefined>('cloudKeyPairs.editTags', argument);
	const tags = () => Object.fromEntries(cloud.account.keyPairs('us-west-2').withName('mel')?.tags ?? []);
	const changes = () =>
		cloud.emulator.requests.all().filter(({ operation }) => ['CreateTags', 'DeleteTags'].includes(operation));

	before(async () => {
		extension = await activated();
	});
	beforeEach(async () => {
		cloud = await Cloud.start();
		holdKeyPair(cloud.account, 'us-west-2', 'mel', keyLines.mel);
	});
	afterEach(() => cloud.close());

	it('sets and removes tags without a question, and sends only the difference', async () => {
		const first = await run({ target, keyName: 'mel', set: { Owner: 'mel', Team: 'ops' } });
		assert.deepEqual(first?.tags, { Owner: 'mel', Team: 'ops' });
		assert.deepEqual(tags(), { Owner: 'mel', Team: 'ops' });
		const before = changes().length;
		const second = await run({ target, keyName: 'mel', set: { Owner: 'mel' }, remove: ['Team', 'Gone'] });
		assert.deepEqual(second?.tags, { Owner: 'mel' });
		assert.deepEqual(
			changes()
				.slice(before)
				.map(({ operation }) => operation),
			['DeleteTags'],
		);
	});

	it('sends nothing that breaks the rules, and says which', async () => {
		const message = await messageOf(extension.ui, async () => {
			assert.equal(await run({ target, keyName: 'mel', set: { 'aws:x': 'y' } }), undefined);
		});
		assert.match(message.text, /aws:/);
		assert.deepEqual(changes(), []);
	});

	it('says what the service refused', async () => {
		cloud.emulator.faults.set([
			{ operation: 'CreateTags', effect: { kind: 'error', code: 'UnauthorizedOperation', status: 403 } },
		]);
		const message = await messageOf(extension.ui, async () => {
			assert.equal(await run({ target, keyName: 'mel', set: { a: 'b' } }), undefined);
		});
		assert.match(message.text, /tags of mel were not changed.*permission/);
	});

	it('says that a key pair is gone', async () => {
		const message = await messageOf(extension.ui, async () => {
			assert.equal(await run({ target, keyName: 'gone', set: { a: 'b' } }), undefined);
		});
		assert.match(message.text, /gone no longer exists/);
	});

	it('changes nothing when the list is given up', async () => {
		assert.equal(await givenUp(run({ target, keyName: 'mel' })), undefined);
		assert.deepEqual(changes(), []);
	});

	it('refuses an argument of other types, naming the field', async () => {
		await assert.rejects(run({ target, keyName: 'mel', set: { a: 1 } }), /set/);
		await assert.rejects(run({ target, keyName: 'mel', remove: 'a' }), /remove/);
	});
});
