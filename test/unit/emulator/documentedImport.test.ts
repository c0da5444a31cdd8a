import assert from 'node:assert/strict';
import { ImportKeyPairCommand } from '@aws-sdk/client-ec2';
import { alterRequests, useEmulator } from './support';
import { rsaFingerprint, rsaLine } from './vectors';

// ImportKeyPair as the descriptions of the plain HTTP request have it: action and version in the query, everything else in the body.

describe('emulated ImportKeyPair as a plain HTTP request', () => {
	const fixture = useEmulator();

	it('takes action and version from the query and the fields from the body', async () => {
		const { client, emulator } = fixture();
		const altered = alterRequests(client(), (request) => {
			const body = request.body.split('&').filter((pair) => !/^(Action|Version)=/.test(pair));
			request.body = body.join('&');
			request.headers['content-length'] = String(Buffer.byteLength(request.body));
			Object.assign(request, { query: { Action: 'ImportKeyPair', Version: '2016-11-15' } });
		});
		const command = new ImportKeyPairCommand({
			KeyName: 'demo',
			PublicKeyMaterial: Buffer.from(rsaLine),
			TagSpecifications: [{ ResourceType: 'key-pair', Tags: [{ Key: 'owner', Value: 'mel' }] }],
		});
		const { KeyFingerprint, KeyName, KeyPairId, Tags } = await altered.send(command);
		assert.deepEqual([KeyName, KeyFingerprint, Tags], ['demo', rsaFingerprint, [{ Key: 'owner', Value: 'mel' }]]);
		assert.match(KeyPairId ?? '', /^key-/);
		const [entry] = emulator.requests.all({ operation: 'ImportKeyPair' });
		assert.doesNotMatch(entry?.body ?? '', /Action|Version/);
	});
});
