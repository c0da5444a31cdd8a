import assert from 'node:assert/strict';
import { useAwsTrap } from './awsTrap';

describe("Trap 11: what was just imported can't be seen yet", () => {
	const trap = useAwsTrap({ consistencyLagMs: 1_200 });

	it('looks again before it calls an import of EC2 lost', async () => {
		const { emulator } = trap();
		emulator.faults.set([{ operation: 'ImportKeyPair', calls: [1], effect: { kind: 'drop' }, when: 'after' }]);
		const outcome = await trap().import('ec2');
		assert.deepEqual([outcome.status, outcome.attempts], ['imported', 1]);
		assert.ok(emulator.requests.count({ operation: 'DescribeKeyPairs' }) > 1);
	});

	it('waits for the end of the operation of Lightsail before it asks for the key pair', async () => {
		const { emulator, account } = trap();
		emulator.lightsail.of(account).operationMs = 250;
		const outcome = await trap().import('lightsail');
		assert.equal(outcome.status, 'imported');
		assert.match(outcome.keyPair.fingerprint ?? '', /^[0-9a-f:]{47}$/);
		const asked = emulator.requests.all().map(({ operation }) => operation);
		const firstWait = asked.indexOf('GetOperation');
		assert.ok(firstWait > asked.indexOf('ImportKeyPair'));
		assert.ok(asked.lastIndexOf('GetKeyPair') > asked.lastIndexOf('GetOperation'));
	});

	it('does not take an operation of Lightsail that fails after all for an import', async () => {
		const { emulator, account, stored } = trap();
		const failure = { errorCode: 'InternalError', errorDetails: 'The key could not be stored.' };
		emulator.lightsail.of(account).failures.set('ImportKeyPair', failure);
		const outcome = await trap().import('lightsail');
		assert.ok(outcome.status === 'failed' && outcome.failure.by === 'service');
		const { kind, code, outcomeUnknown } = outcome.failure.failure;
		assert.deepEqual([kind, code, outcomeUnknown], ['operationFailed', 'InternalError', false]);
		assert.deepEqual(stored('lightsail'), []);
	});
});
