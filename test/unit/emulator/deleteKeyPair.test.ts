import assert from 'node:assert/strict';
import { DeleteKeyPairCommand } from '@aws-sdk/client-ec2';
import { alterRequests, refuses, useEmulator } from './support';
import { ed25519Line } from './vectors';

describe('emulated DeleteKeyPair', () => {
	const fixture = useEmulator();

	it('deletes by name and by id, and returns the id', async () => {
		const { client, importKey, account } = fixture();
		for (const by of ['KeyName', 'KeyPairId'] as const) {
			await importKey('old', ed25519Line);
			const id = account.keyPairs('us-east-1').withName('old')?.id;
			const input = { [by]: by === 'KeyName' ? 'old' : id };
			const reply = await client().send(new DeleteKeyPairCommand(input));
			assert.deepEqual([reply.Return, reply.KeyPairId], [true, id]);
			assert.deepEqual(account.keyPairs('us-east-1').existing(), []);
		}
	});

	it('succeeds without an id when there is nothing to delete, and leaves other names alone', async () => {
		const { client, importKey, account } = fixture();
		await importKey('Old', ed25519Line);
		const reply = await client().send(new DeleteKeyPairCommand({ KeyName: 'old' }));
		assert.deepEqual([reply.Return, reply.KeyPairId], [true, undefined]);
		assert.equal(account.keyPairs('us-east-1').existing().length, 1);
	});

	it('refuses neither and both of name and id', async () => {
		const { client } = fixture();
		await refuses(client().send(new DeleteKeyPairCommand({ KeyName: undefined })), 'MissingParameter');
		const both = alterRequests(client(), (request) => {
			request.body += '&KeyPairId=key-0123456789abcdef0';
			request.headers['content-length'] = String(request.body.length);
		});
		await refuses(both.send(new DeleteKeyPairCommand({ KeyName: 'old' })), 'InvalidParameterCombination');
	});
});
