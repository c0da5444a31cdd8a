import assert from 'node:assert/strict';
import { failureOf } from '../providers/failing';
import { awsServices, failureIn, never, targetIn, useAwsTrap } from './awsTrap';

describe('Trap 7: a page of HTML with status 200 looks like an empty answer', () => {
	const trap = useAwsTrap();
	beforeEach(() => trap().emulator.faults.set([{ effect: { kind: 'html', status: 200 } }]));

	for (const service of awsServices) {
		it(`is no listing without key pairs, and no region (${service})`, async () => {
			const provider = trap().provider(service);
			assert.equal((await failureOf(provider.list(targetIn(service), never))).kind, 'notTheService');
			assert.equal((await failureOf(provider.find(targetIn(service), 'laptop', never))).kind, 'notTheService');
			assert.equal((await failureOf(provider.regions('able', never))).kind, 'notTheService');
		});

		it(`is no key pair that was imported, created or deleted (${service})`, async () => {
			const provider = trap().provider(service);
			const creating = { keyName: 'made', tags: {}, type: 'rsa', format: 'pem' } as const;
			for (const change of [
				provider.create(targetIn(service), creating, never),
				provider.delete(targetIn(service), { name: 'laptop', id: 'key-0' }, never),
				provider.changeTags(targetIn(service), { name: 'laptop', id: 'key-0' }, { set: { a: 'b' }, remove: [] }, never),
			]) {
				const failure = await failureOf(change);
				assert.deepEqual([failure.kind, failure.outcomeUnknown], ['notTheService', true]);
			}
			const imported = failureIn(await trap().import(service));
			assert.deepEqual([imported.kind, imported.outcomeUnknown], ['notTheService', true]);
			assert.deepEqual(trap().stored(service), []);
		});
	}
});
