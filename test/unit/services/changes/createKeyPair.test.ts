import assert from 'node:assert/strict';
import { createKeyPair, type KeyCreation } from '../../../../src/services/changes/createKeyPair';
import { FakeClock } from '../../../fakes/clock';
import { aDoubt, aFailure } from '../../../fakes/failures';
import { aKeyPair } from '../../../fakes/keys';
import { memoryLog } from '../../../fakes/log';
import { doesAndHangs, doesBut, FakeProvider, hangs, refuses } from '../../../fakes/provider';
import { fakeProviders } from '../../../fakes/vendors';
import { here } from '../imports/importing';

describe('createKeyPair', () => {
	let clock: FakeClock;
	let ec2: FakeProvider;
	const log = memoryLog();
	const creation: KeyCreation = { target: here, keyName: 'deploy', tags: { Owner: 'mel' }, type: 'rsa', format: 'pem' };

	beforeEach(() => {
		clock = new FakeClock();
		ec2 = new FakeProvider(clock);
	});

	const run = (overrides: Partial<KeyCreation> = {}, signal = new AbortController().signal) =>
		createKeyPair({ ...creation, ...overrides }, { providers: fakeProviders([ec2]), clock, log }, signal);
	const creates = () => ec2.calls.filter((call) => call.startsWith('create')).length;

	it('gives the key pair and its private key, which reaches no log', async () => {
		const outcome = await run();

		assert.ok(outcome.status === 'created');
		assert.equal(outcome.keyPair.name, 'deploy');
		assert.deepEqual(outcome.keyPair.tags, { Owner: 'mel' });
		assert.match(outcome.privateKey, /^-----BEGIN RSA PRIVATE KEY-----\n/);
		assert.deepEqual(ec2.calls, ['find us-east-1', 'create us-east-1']);
		const [, body = ''] = outcome.privateKey.split('\n');
		assert.ok(log.lines.length > 0);
		assert.ok(log.lines.every((line) => !line.includes(body) && !line.includes('PRIVATE KEY')));
	});

	it('sends nothing for a name or tags that break the rules', async () => {
		for (const overrides of [{ keyName: '' }, { keyName: ' x' }, { tags: { 'aws:x': '1' } }]) {
			assert.equal((await run(overrides)).status, 'refused');
		}
		assert.deepEqual(ec2.calls, []);
	});

	it('sends nothing when the name is taken, and says by which key pair', async () => {
		const existing = aKeyPair({ name: 'deploy' });
		ec2.put(here, existing);
		const outcome = await run();

		assert.ok(outcome.status === 'failed');
		assert.equal(outcome.failure.kind, 'nameTaken');
		assert.deepEqual(outcome.existing, existing);
		assert.equal(creates(), 0);
	});

	it('sends nothing when it can not be found out whether the name is free', async () => {
		ec2.next('find', refuses(aDoubt('serverError')));
		const outcome = await run();

		assert.ok(outcome.status === 'failed');
		assert.equal(outcome.failure.outcomeUnknown, false);
		assert.equal(creates(), 0);
	});

	it('goes on where the profile may create and not look', async () => {
		ec2.next('find', refuses(aFailure('notPermitted')));
		assert.equal((await run()).status, 'created');
	});

	it('says what the service refused', async () => {
		ec2.next('create', refuses(aFailure('pairLimit')));
		const outcome = await run();

		assert.ok(outcome.status === 'failed');
		assert.equal(outcome.failure.kind, 'pairLimit');
		assert.equal(creates(), 1);
	});

	for (const kind of ['timedOut', 'serverError', 'unreachable'] as const) {
		it(`finds a key pair whose private key was lost (${kind}), and does not send the request again`, async () => {
			ec2.next('create', doesBut(aDoubt(kind)));
			const outcome = await run();

			assert.ok(outcome.status === 'keyLost');
			assert.equal(outcome.keyPair.name, 'deploy');
			assert.equal(outcome.failure.kind, kind);
			assert.equal(creates(), 1);
			assert.equal(ec2.existing(here).length, 1);
		});

		it(`says that nothing was created when nothing is there afterwards (${kind}), and does not send the request again`, async () => {
			ec2.next('create', refuses(aDoubt(kind)));
			const outcome = await run();

			assert.ok(outcome.status === 'failed');
			assert.equal(outcome.failure.outcomeUnknown, false);
			assert.equal(creates(), 1);
		});
	}

	it('looks for a while: a new key pair may not be visible at once', async () => {
		ec2.next('create', doesBut(aDoubt('timedOut')));
		const unseen = () => undefined;
		ec2.next('find', unseen, unseen, unseen);
		assert.equal((await run()).status, 'keyLost');
		assert.ok(clock.waits.some((wait) => wait >= 500));
	});

	it('looks again when a look fails in passing', async () => {
		ec2.next('create', doesBut(aDoubt('timedOut')));
		const busy = refuses(aFailure('throttled', { retryable: true }));
		ec2.next('find', (perform) => perform(), busy, busy);
		assert.equal((await run()).status, 'keyLost');
	});

	it('leaves open what can not be found out', async () => {
		ec2.next('create', doesBut(aDoubt('timedOut')));
		ec2.next('find', (perform) => perform(), refuses(aFailure('unreachable')));
		const outcome = await run();

		assert.ok(outcome.status === 'failed');
		assert.equal(outcome.failure.outcomeUnknown, true);
	});

	it('tells by its age whose a key pair is where it could not look before', async () => {
		for (const [createdAt, status] of [
			[new Date(clock.time), 'keyLost'],
			// Some services tell whole minutes only.
			[new Date(clock.time - 100_000), 'keyLost'],
			[new Date(clock.time - 3_600_000), 'failed'],
			[undefined, 'failed'],
		] as const) {
			ec2 = new FakeProvider(clock);
			ec2.put(here, aKeyPair({ name: 'deploy', createdAt }));
			ec2.next('find', refuses(aFailure('notPermitted')));
			ec2.next('create', refuses(aDoubt('timedOut')));
			assert.equal((await run()).status, status);
		}
	});

	it('looks at the target after a cancel, too', async () => {
		for (const [behaviour, status] of [
			[doesAndHangs, 'keyLost'],
			[hangs, 'cancelled'],
		] as const) {
			ec2 = new FakeProvider(clock);
			ec2.next('create', behaviour);
			const abort = new AbortController();
			const running = run({}, abort.signal);
			while (creates() === 0) {
				await new Promise(setImmediate);
			}
			abort.abort();
			assert.equal((await running).status, status);
		}
	});

	it('sends nothing when it was cancelled before', async () => {
		assert.equal((await run({}, AbortSignal.abort())).status, 'cancelled');
		assert.equal(creates(), 0);
	});
});
