import assert from 'node:assert/strict';
import type { FailureKind } from '../../../../src/providers/failure';
import { RemoteKeys } from '../../../../src/services/cloudKeys/remoteKeys';
import { checkPermission } from '../../../../src/services/imports/checkPermission';
import type { Effect } from '../../../emulator/faults/fault';
import { aPublicKey, keyLines } from '../../../fakes/keys';
import { AwsImporting } from './awsImporting';
import { assertFailed, serviceFailure } from './importing';

const mel = aPublicKey();
const ops = aPublicKey(keyLines.ops);

describe('importKey into an emulated EC2', () => {
	let aws: AwsImporting;
	beforeEach(async () => {
		aws = await AwsImporting.start();
	});
	afterEach(() => aws.close());

	for (const line of [keyLines.mel, keyLines.deploy]) {
		const key = aPublicKey(line);
		it(`imports ${key.type} with its tags, and tells the fingerprint that EC2 has`, async () => {
			const tags = { team: 'core', empty: '' };
			const outcome = await aws.one({ key, tags });

			assert.ok(outcome.status === 'imported');
			const stored = aws.stored();
			assert.deepEqual(
				[stored?.publicKey, stored?.id, stored?.fingerprint, Object.fromEntries(stored?.tags ?? [])],
				[key.publicKey, outcome.keyPair.id, key.fingerprints.ec2, tags],
			);
			assert.equal(outcome.keyPair.fingerprint, key.fingerprints.ec2);
		});
	}

	it('finds the same key there the second time', async () => {
		const first = await aws.one();
		const second = await aws.one();

		assert.ok(first.status === 'imported' && second.status === 'alreadyPresent');
		assert.equal(second.keyPair.id, first.keyPair.id);
		assert.equal(aws.importsDone(mel), 1);
	});

	it('fails where another key has the name, and says which', async () => {
		aws.put(aws.target(), ops);
		const outcome = await aws.one();

		assertFailed(outcome, 'nameTaken');
		assert.equal(serviceFailure(outcome).existing?.fingerprint, ops.fingerprints.ec2);
		assert.equal(aws.stored()?.publicKey, ops.publicKey);
	});

	it('replaces another key when that was asked for', async () => {
		aws.put(aws.target(), ops);
		const outcome = await aws.one({ ifExists: 'replace' });

		assert.ok(outcome.status === 'imported');
		assert.deepEqual([aws.stored()?.publicKey, aws.stored()?.id], [mel.publicKey, outcome.keyPair.id]);
	});

	it('asks for permission without importing', async () => {
		const denied = { ...aws.target(), profile: aws.subject.profiles.denied };
		const [permitted, refused] = await aws.all([aws.target(), denied], { dryRun: true });

		assert.equal(permitted?.status, 'permitted');
		assertFailed(refused ?? assert.fail(), 'notPermitted');
		assert.equal(aws.stored(), undefined);
	});

	it('finds out where an import is permitted, and which action is missing where it is not', async () => {
		const denied = { ...aws.target(), profile: aws.subject.profiles.denied };
		const { signal } = new AbortController();
		const checks = await checkPermission({ targets: [aws.target(), denied] }, aws, signal);

		assert.deepEqual(
			checks.map(({ status, action }) => [status, action]),
			[
				['permitted', undefined],
				['denied', 'ec2:ImportKeyPair'],
			],
		);
		assert.deepEqual(
			aws.requests.all({ operation: 'ImportKeyPair' }).map(({ parameters }) => parameters['DryRun']),
			['true', 'true'],
		);
	});

	describe('when calls go wrong', () => {
		it('imports once when it was throttled first', async () => {
			aws.faults.set([{ operation: 'ImportKeyPair', calls: [1], effect: { kind: 'throttle' } }]);
			assert.equal((await aws.one()).status, 'imported');
			assert.equal(aws.importsDone(mel), 1);
		});

		it('waits for a slow answer', async () => {
			aws.faults.set([{ operation: 'ImportKeyPair', effect: { kind: 'slowBody', overMs: 100 } }]);
			assert.equal((await aws.one()).status, 'imported');
		});
	});

	describe('cancelling', () => {
		async function cancelledOnArrival(when: 'before' | 'after') {
			aws.faults.set([{ operation: 'ImportKeyPair', when, effect: { kind: 'hang' } }]);
			const abort = new AbortController();
			const running = aws.one({}, abort.signal);
			while (aws.requests.count({ operation: 'ImportKeyPair' }) === 0) {
				await new Promise((resolve) => setTimeout(resolve, 5));
			}
			abort.abort();
			return running;
		}

		it('an import that is done already leaves it imported, and says so', async () => {
			assert.equal((await cancelledOnArrival('after')).status, 'imported');
			assert.equal(aws.stored()?.publicKey, mel.publicKey);
		});

		it('an import that is not done leaves nothing', async () => {
			assert.equal((await cancelledOnArrival('before')).status, 'cancelled');
			assert.equal(aws.stored(), undefined);
		});
	});

	describe('many regions', () => {
		it('are imported into at once, and one that does not answer delays none', async () => {
			const enabled = aws.subject.account.regions().filter(({ optInStatus }) => optInStatus !== 'not-opted-in');
			const targets = enabled.map(({ name }) => aws.target(name));
			aws.faults.set([{ region: 'sa-east-1', operation: 'ImportKeyPair', effect: { kind: 'hang' } }]);
			const abort = new AbortController();
			const told: (string | undefined)[] = [];
			const outcomes = await aws.all(targets, {}, abort.signal, ({ target }) => {
				told.push(target.region);
				if (told.length === targets.length - 1) {
					abort.abort();
				}
			});

			assert.equal(outcomes.length, targets.length);
			assert.equal(told.at(-1), 'sa-east-1');
			for (const { target, status } of outcomes) {
				assert.equal(status, target.region === 'sa-east-1' ? 'cancelled' : 'imported');
				assert.equal(aws.stored(target)?.publicKey, status === 'imported' ? mel.publicKey : undefined);
			}
		});

		it('that are not enabled fail, and the others do not', async () => {
			const [disabled, enabled] = await aws.all([aws.target('af-south-1'), aws.target()]);
			assert.equal(disabled?.status, 'failed');
			assert.equal(enabled?.status, 'imported');
		});
	});
});

describe('importKey into an emulated EC2 whose changes become visible late', () => {
	let aws: AwsImporting;
	beforeEach(async () => {
		aws = await AwsImporting.start({ consistencyLagMs: 1_500 });
	});
	afterEach(() => aws.close());

	it('finds what was imported in spite of an error', async () => {
		aws.faults.set([{ operation: 'ImportKeyPair', when: 'after', effect: { kind: 'serverError' } }]);
		assert.equal((await aws.one()).status, 'imported');
	});

	it('finds the key that has just been imported there already', async () => {
		await aws.one();
		assert.equal((await aws.one()).status, 'alreadyPresent');
	});

	it('replaces, although the deleted key pair stays visible', async () => {
		aws.put(aws.target(), ops);
		aws.faults.set([{ operation: 'ImportKeyPair', when: 'after', calls: [2], effect: { kind: 'drop' } }]);
		assert.equal((await aws.one({ ifExists: 'replace' })).status, 'imported');
		assert.equal(aws.stored()?.publicKey, mel.publicKey);
	});

	it('shows the new key pair in a listing that the service made too early', async () => {
		const remote = new RemoteKeys(aws.providers, aws.clock, aws.log);
		const outcome = await aws.one();
		assert.ok(outcome.status === 'imported');
		remote.add(outcome.target, outcome.keyPair);
		const early = await remote.list(outcome.target);
		assert.ok(early.status === 'listed');
		assert.deepEqual(
			early.keyPairs.map(({ id }) => id),
			[outcome.keyPair.id],
		);
		assert.deepEqual(remote.holders(mel).length, 1);

		aws.clock.time += 2_000;
		const later = await remote.reload(outcome.target);
		assert.ok(later.status === 'listed');
		assert.deepEqual(
			later.keyPairs.map(({ id, createdAt }) => [id, createdAt !== undefined]),
			[[outcome.keyPair.id, true]],
		);
	});
});

const faults: readonly (readonly [string, Effect, FailureKind])[] = [
	['an internal error', { kind: 'serverError' }, 'serverError'],
	['a broken connection', { kind: 'drop' }, 'unreachable'],
	['no answer in time', { kind: 'hang' }, 'timedOut'],
	["a portal's page", { kind: 'html', status: 200 }, 'notTheService'],
	["a gateway's page", { kind: 'html', status: 502 }, 'serverError'],
];

for (const [what, effect, kind] of faults) {
	describe(`importKey into an emulated EC2, met with ${what}`, function () {
		// Reads that hang are given up three times.
		this.timeout(15_000);
		let aws: AwsImporting;
		beforeEach(async () => {
			aws = await AwsImporting.start({ givesUpSoon: effect.kind === 'hang' });
		});
		afterEach(() => aws.close());

		it('is imported when it was done in spite of that', async () => {
			aws.faults.set([{ operation: 'ImportKeyPair', when: 'after', effect }]);
			const outcome = await aws.one({ tags: { team: 'core' } });

			assert.ok(outcome.status === 'imported');
			assert.equal(outcome.keyPair.id, aws.stored()?.id);
			assert.deepEqual(outcome.keyPair.tags, { team: 'core' });
			assert.equal(aws.importsDone(mel), 1);
		});

		it('is imported by the next attempt when that kept it from being done', async () => {
			aws.faults.set([{ operation: 'ImportKeyPair', when: 'before', calls: [1], effect }]);
			const outcome = await aws.one();
			assert.deepEqual([outcome.status, outcome.attempts], ['imported', 2]);
			assert.equal(aws.importsDone(mel), 1);
		});

		it('has failed for certain when that keeps it from being done each time', async () => {
			aws.faults.set([{ operation: 'ImportKeyPair', when: 'before', effect }]);
			const outcome = await aws.one();
			assertFailed(outcome, kind);
			assert.equal(aws.stored(), undefined);
			assert.equal(aws.requests.count({ operation: 'ImportKeyPair' }), outcome.attempts);
			assert.equal(outcome.attempts, 6);
		});

		it('leaves open what was done when a look ends so too, and a retry finds it', async () => {
			aws.faults.set([
				{ operation: 'ImportKeyPair', when: 'after', effect },
				{ operation: 'DescribeKeyPairs', effect },
			]);
			assertFailed(await aws.one(), kind, true);
			aws.faults.clear();
			assert.equal((await aws.one()).status, 'alreadyPresent');
			assert.equal(aws.importsDone(mel), 1);
		});

		it('replaces once in spite of that, after the deletion and after the import', async () => {
			aws.put(aws.target(), ops);
			aws.faults.set([
				{ operation: 'DeleteKeyPair', when: 'after', effect },
				{ operation: 'ImportKeyPair', when: 'after', calls: [2], effect },
			]);
			assert.equal((await aws.one({ ifExists: 'replace' })).status, 'imported');
			assert.equal(aws.stored()?.publicKey, mel.publicKey);
			assert.equal(aws.importsDone(mel), 1);
		});

		it('puts the replaced key pair back when that kept the new one out', async () => {
			aws.put(aws.target(), ops, { team: 'ops' });
			aws.faults.set([{ operation: 'ImportKeyPair', when: 'before', calls: [2, 3, 4, 5, 6, 7], effect }]);
			const outcome = await aws.one({ ifExists: 'replace' });

			assert.equal(serviceFailure(outcome).replaced, 'restored');
			assert.equal(aws.stored()?.publicKey, ops.publicKey);
			assert.deepEqual(Object.fromEntries(aws.stored()?.tags ?? []), { team: 'ops' });
			assert.equal(serviceFailure(outcome).existing?.id, aws.stored()?.id);
		});
	});
}
