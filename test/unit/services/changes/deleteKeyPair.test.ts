import assert from 'node:assert/strict';
import type { KeyPair } from '../../../../src/domain/keyPair';
import { deleteKeyPair } from '../../../../src/services/changes/deleteKeyPair';
import { FakeClock } from '../../../fakes/clock';
import { aDoubt, aFailure } from '../../../fakes/failures';
import { aKeyPair, aPublicKey, keyLines } from '../../../fakes/keys';
import { memoryLog } from '../../../fakes/log';
import { doesAndHangs, doesBut, FakeProvider, hangs, refuses } from '../../../fakes/provider';
import { fakeProviders } from '../../../fakes/vendors';
import { here } from '../imports/importing';

describe('deleteKeyPair', () => {
	let clock: FakeClock;
	let ec2: FakeProvider;
	const meant = aKeyPair({ name: 'deploy', id: 'key-1' });
	const withoutId = aKeyPair({ name: 'deploy', id: undefined, publicKey: undefined });

	beforeEach(() => {
		clock = new FakeClock();
		ec2 = new FakeProvider(clock);
	});

	const run = (keyPair: KeyPair = meant, signal = new AbortController().signal) =>
		deleteKeyPair(here, keyPair, { providers: fakeProviders([ec2]), clock, log: memoryLog() }, signal);
	const deletes = () => ec2.calls.filter((call) => call.startsWith('delete')).length;

	for (const keyPair of [meant, withoutId]) {
		it(`deletes the key pair that is meant (${keyPair.id ?? 'without an id'})`, async () => {
			ec2.put(here, keyPair, aKeyPair({ name: 'other', id: 'key-2' }));
			assert.deepEqual(await run(keyPair), { status: 'deleted', keyPair });
			assert.deepEqual(
				ec2.existing(here).map(({ name }) => name),
				['other'],
			);
		});
	}

	it('leaves another key pair alone that has the name by now', async () => {
		for (const other of [
			aKeyPair({ name: 'deploy', id: 'key-9' }),
			aKeyPair({ name: 'deploy', id: 'key-1' }, aPublicKey(keyLines.ops)),
			aKeyPair({ name: 'deploy', id: undefined }, aPublicKey(keyLines.ops)),
		]) {
			ec2 = new FakeProvider(clock);
			ec2.put(here, other);
			assert.deepEqual(await run(), { status: 'changed', keyPair: other });
			assert.equal(deletes(), 0);
		}
	});

	it('says that it is not there, before and after the request', async () => {
		assert.deepEqual(await run(), { status: 'notThere' });
		assert.equal(deletes(), 0);
		ec2.put(here, meant);
		ec2.next('delete', doesBut(aFailure('notFound')));
		assert.deepEqual(await run(), { status: 'notThere' });
	});

	it('says what the service refused', async () => {
		ec2.put(here, meant);
		ec2.next('delete', refuses(aFailure('keyPairInUse')));
		const outcome = await run();
		assert.ok(outcome.status === 'failed');
		assert.equal(outcome.failure.kind, 'keyPairInUse');
	});

	it('finds out what became of a request whose answer was lost, and does not send it again', async () => {
		for (const [behaviour, status] of [
			[doesBut(aDoubt('timedOut')), 'deleted'],
			[refuses(aDoubt('timedOut')), 'failed'],
		] as const) {
			ec2 = new FakeProvider(clock);
			ec2.put(here, meant);
			ec2.next('delete', behaviour);
			const outcome = await run();
			assert.equal(outcome.status, status);
			assert.equal('failure' in outcome && outcome.failure.outcomeUnknown, false);
			assert.equal(deletes(), 1);
		}
	});

	it('leaves open what can not be found out', async () => {
		ec2.put(here, meant);
		ec2.next('delete', doesBut(aDoubt('timedOut')));
		ec2.next('find', (perform) => perform(), refuses(aFailure('unreachable')));
		const outcome = await run();
		assert.ok(outcome.status === 'failed' && outcome.failure.outcomeUnknown);
	});

	it('deletes nothing that it could not look at before', async () => {
		ec2.put(here, meant);
		ec2.next('find', refuses(aDoubt('serverError')));
		const outcome = await run();
		assert.ok(outcome.status === 'failed' && !outcome.failure.outcomeUnknown);
		assert.equal(deletes(), 0);
	});

	it('looks at the target after a cancel, too', async () => {
		for (const [behaviour, status] of [
			[doesAndHangs, 'deleted'],
			[hangs, 'cancelled'],
		] as const) {
			ec2 = new FakeProvider(clock);
			ec2.put(here, meant);
			ec2.next('delete', behaviour);
			const abort = new AbortController();
			const running = run(meant, abort.signal);
			while (deletes() === 0) {
				await new Promise(setImmediate);
			}
			abort.abort();
			assert.equal((await running).status, status);
		}
	});

	it('sends nothing when it was cancelled before', async () => {
		ec2.put(here, meant);
		assert.equal((await run(meant, AbortSignal.abort())).status, 'cancelled');
		assert.equal(deletes(), 0);
	});
});
