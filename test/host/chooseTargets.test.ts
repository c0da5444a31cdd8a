import assert from 'node:assert/strict';
import { ConfigurationTarget, commands, workspace } from 'vscode';
import { Cloud } from './support/cloud';
import { activated } from './support/extension';
import { givenUp } from './support/quickInput';

describe('the command cloudKeyPairs.chooseTargets', () => {
	let cloud: Cloud;
	const run = async (argument: unknown) =>
		commands.executeCommand<string[] | undefined>('cloudKeyPairs.chooseTargets', argument);
	const sets = () => workspace.getConfiguration('cloudKeyPairs').get('targetSets');

	before(async () => {
		await activated();
		cloud = await Cloud.start();
	});
	after(async () => {
		await workspace.getConfiguration('cloudKeyPairs').update('targetSets', undefined, ConfigurationTarget.Global);
		await cloud.close();
	});

	it('saves the targets of its argument as a set, in place of the one of that name', async () => {
		assert.deepEqual(await run({ targets: ['ec2/mel/us-east-1'], set: 'night' }), ['ec2/mel/us-east-1']);
		assert.deepEqual(await run({ targets: ['ec2/mel/*'], set: 'night' }), ['ec2/mel/*']);
		assert.deepEqual(sets(), { night: ['ec2/mel/*'] });
	});

	it('remembers the targets of its argument without a set, and leaves the sets alone', async () => {
		assert.deepEqual(await run({ targets: [' ec2/mel/eu-west-1 '] }), ['ec2/mel/eu-west-1']);
		assert.deepEqual(sets(), { night: ['ec2/mel/*'] });
	});

	for (const argument of [
		{ targets: [] },
		{ targets: 'ec2/mel/us-east-1' },
		{ targets: ['ec2/mel'] },
		{ targets: ['s3/mel/us-east-1'] },
		{ targets: ['ec2/mel/us-east-1'], set: ' ' },
	]) {
		it(`tells its caller what is wrong with ${JSON.stringify(argument)}`, async () => {
			await assert.rejects(run(argument), /cloudKeyPairs\.chooseTargets/);
			assert.deepEqual(sets(), { night: ['ec2/mel/*'] });
		});
	}

	it('changes nothing when it is given up', async () => {
		assert.equal(await givenUp(run(undefined)), undefined);
		assert.deepEqual(sets(), { night: ['ec2/mel/*'] });
	});
});
