import assert from 'node:assert/strict';
import { CreateKeyPairCommand, DescribeKeyPairsCommand, ImportKeyPairCommand } from '@aws-sdk/client-ec2';
import { refuses, sdkCredentials, useEmulator } from './support';
import { ed25519Line } from './vectors';

describe('emulated EC2: permissions and dry runs', () => {
	const fixture = useEmulator();
	const importCommand = (input: object = {}) =>
		new ImportKeyPairCommand({ KeyName: 'demo', PublicKeyMaterial: Buffer.from(ed25519Line), ...input });
	const tagged = { TagSpecifications: [{ ResourceType: 'key-pair', Tags: [{ Key: 'a', Value: 'b' }] }] };

	it('refuses an action that the account denies, with user, action, resource and an encoded message', async () => {
		const { client, account } = fixture();
		account.deniedActions.add('ec2:ImportKeyPair');
		assert.match(
			await refuses(client().send(importCommand()), 'UnauthorizedOperation', 403),
			/^You are not authorized to perform this operation\. User: arn:aws:iam::111122223333:user\/mel is not authorized to perform: ec2:ImportKeyPair on resource: arn:aws:ec2:us-east-1:111122223333:key-pair\/demo with an explicit deny in an identity-based policy\. Encoded authorization failure message: [\w-]{300,}$/,
		);
		assert.deepEqual(account.keyPairs('us-east-1').existing(), []);
		assert.deepEqual((await client().send(new DescribeKeyPairsCommand({}))).KeyPairs, []);
	});

	it('has no encoded message for describe operations', async () => {
		const { client, account } = fixture();
		account.deniedActions.add('ec2:DescribeKeyPairs');
		const call = client().send(new DescribeKeyPairsCommand({}));
		assert.match(await refuses(call, 'UnauthorizedOperation', 403), /ec2:DescribeKeyPairs with an explicit deny/);
	});

	it('denies to one user and one role what others may do', async () => {
		const { client, account } = fixture();
		const deniedActions = ['ec2:ImportKeyPair'];
		const user = account.addAccessKey({ user: 'ann', deniedActions });
		const session = account.startSession(account.addRole('Viewer', { deniedActions }), 'mel', 900);
		for (const key of [user, session]) {
			const denied = client({ credentials: sdkCredentials(key) });
			const message = await refuses(denied.send(importCommand()), 'UnauthorizedOperation', 403);
			assert.ok(message.includes(key.principal.arn));
		}
		assert.equal((await client().send(importCommand())).KeyName, 'demo');
	});

	it('needs CreateTags for an import with tags only', async () => {
		const { client, account } = fixture();
		account.deniedActions.add('ec2:CreateTags');
		const message = await refuses(client().send(importCommand(tagged)), 'UnauthorizedOperation', 403);
		assert.match(message, /perform: ec2:CreateTags on resource/);
		assert.equal((await client().send(importCommand())).KeyName, 'demo');
	});

	it('answers a dry run with DryRunOperation where permitted and does nothing', async () => {
		const { client, account } = fixture();
		const message = await refuses(client().send(importCommand({ DryRun: true })), 'DryRunOperation', 412);
		assert.equal(message, 'Request would have succeeded, but DryRun flag is set.');
		await refuses(client().send(new CreateKeyPairCommand({ KeyName: 'made', DryRun: true })), 'DryRunOperation', 412);
		assert.deepEqual(account.keyPairs('us-east-1').existing(), []);
	});

	it('answers a dry run with UnauthorizedOperation where not', async () => {
		const { client, account } = fixture();
		account.deniedActions.add('ec2:CreateTags');
		await refuses(client().send(importCommand({ ...tagged, DryRun: true })), 'UnauthorizedOperation', 403);
	});
});
