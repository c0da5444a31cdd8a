import assert from 'node:assert/strict';
import { awsServices, failureIn, keyOf, lines, never, targetIn, useAwsTrap } from './awsTrap';

describe("Trap 10: a name that is taken may have been taken by one's own first try", () => {
	/** Longer than it is looked for after the first try. */
	const lagMs = 2_100;
	const trap = useAwsTrap({ consistencyLagMs: lagMs });

	for (const service of awsServices) {
		it(`sends a change once, whatever the SDK would do by itself (${service})`, async () => {
			trap().emulator.faults.set([{ operation: 'ImportKeyPair', effect: { kind: 'serverError' }, when: 'after' }]);
			const request = { keyName: 'laptop', publicKey: lines.rsa, tags: {}, dryRun: false };
			await assert.rejects(trap().provider(service).import(targetIn(service), request, never));
			assert.equal(trap().emulator.requests.count({ operation: 'ImportKeyPair' }), 1);
		});

		it(`takes its own key pair for imported when the second try finds the name taken (${service})`, async () => {
			const { emulator, account } = trap();
			// Made at the first try, and not to be seen until after the second.
			emulator.lightsail.of(account).operationMs = lagMs;
			emulator.faults.set([{ operation: 'ImportKeyPair', calls: [1], effect: { kind: 'serverError' }, when: 'after' }]);
			const outcome = await trap().import(service);
			assert.deepEqual([outcome.status, outcome.attempts], ['imported', 2]);
			const [, second] = emulator.requests.all({ operation: 'ImportKeyPair' });
			assert.equal(second?.code, service === 'ec2' ? 'InvalidKeyPair.Duplicate' : 'InvalidInputException');
			assert.deepEqual(trap().stored(service), ['laptop']);
		});

		it(`does not take another key for its own (${service})`, async () => {
			assert.equal((await trap().import(service, { key: keyOf(lines.ed25519) })).status, 'imported');
			assert.equal(failureIn(await trap().import(service)).kind, 'nameTaken');
		});
	}
});
