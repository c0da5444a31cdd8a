import assert from 'node:assert/strict';
import { targetId } from '../../../../src/domain/target';
import { RemoteKeys } from '../../../../src/services/cloudKeys/remoteKeys';
import { FakeClock } from '../../../fakes/clock';
import { aFailure } from '../../../fakes/failures';
import { memoryLog } from '../../../fakes/log';
import { FakeProvider, gate, hangs, refuses } from '../../../fakes/provider';
import { aProfile, fakeProviders } from '../../../fakes/vendors';
import { settled } from '../imports/importing';

const profile = aProfile();
const regions = [
	{ name: 'eu-west-1', usable: true },
	{ name: 'us-east-1', usable: true },
];

describe('regions of RemoteKeys', () => {
	let clock: FakeClock;
	let ec2: FakeProvider;
	let remote: RemoteKeys;
	let events: string[];

	beforeEach(() => {
		clock = new FakeClock();
		ec2 = new FakeProvider(clock);
		remote = new RemoteKeys(fakeProviders([ec2]), clock, memoryLog());
		events = [];
		remote.onDidChange((target) => events.push(target ? targetId(target) : 'everything'));
	});

	it('are asked for once, for all who want to know, and then known', async () => {
		assert.equal(remote.knownRegions(profile, 'ec2'), undefined);
		const [first, second] = await Promise.all([remote.regions(profile, 'ec2'), remote.regions(aProfile(), 'ec2')]);

		assert.deepEqual(first, { regions });
		assert.equal(second, first);
		assert.equal(await remote.regions(profile, 'ec2'), first);
		assert.equal(remote.knownRegions(profile, 'ec2'), first);
		assert.deepEqual(ec2.calls, ['regions prod']);
	});

	it('are kept apart by profile', async () => {
		await remote.regions(profile, 'ec2');
		await remote.regions(aProfile({ name: 'other' }), 'ec2');
		assert.deepEqual(ec2.calls, ['regions prod', 'regions other']);
	});

	it("are the profile's own one when it may not list them", async () => {
		const failure = aFailure('notPermitted', { action: 'ec2:DescribeRegions' });
		ec2.next('regions', refuses(failure));
		const own = aProfile({ region: 'eu-central-1' });
		assert.deepEqual(await remote.regions(own, 'ec2'), { regions: [{ name: 'eu-central-1', usable: true }], failure });
	});

	it('are none when it may not list them and has none of its own', async () => {
		const { region: _, ...without } = profile;
		ec2.next('regions', refuses(aFailure('notPermitted')));
		assert.deepEqual(await remote.regions(without, 'ec2'), { regions: [], failure: aFailure('notPermitted') });
	});

	for (const kind of ['signInExpired', 'unreachable', 'credentialsRejected'] as const) {
		it(`are none when they can not be listed otherwise (${kind})`, async () => {
			ec2.next('regions', refuses(aFailure(kind)));
			assert.deepEqual(await remote.regions(profile, 'ec2'), { regions: [], failure: aFailure(kind) });
		});
	}

	it('are none when the bundle can not be loaded', async () => {
		remote = new RemoteKeys(fakeProviders([]), clock, memoryLog());
		const { failure } = await remote.regions(profile, 'ec2');
		assert.deepEqual(failure, aFailure('unknown', { service: 'ec2', profile: 'prod' }));
	});

	it('are not asked for again right after a failure: a view that is drawn anew for it would ask for ever', async () => {
		ec2.next('regions', refuses(aFailure('unreachable')));
		const failed = await remote.regions(profile, 'ec2');
		clock.time += 9_999;
		assert.equal(await remote.regions(profile, 'ec2'), failed);
		assert.deepEqual(ec2.calls, ['regions prod']);
	});

	it('are asked for again some seconds after a failure', async () => {
		ec2.next('regions', refuses(aFailure('unreachable')));
		await remote.regions(profile, 'ec2');
		clock.time += 10_000;
		assert.deepEqual(await remote.regions(profile, 'ec2'), { regions });
		assert.deepEqual(remote.knownRegions(profile, 'ec2'), { regions });
	});

	it('are asked for again at once when they are forgotten', async () => {
		ec2.next('regions', refuses(aFailure('signInExpired')));
		await remote.regions(profile, 'ec2');
		await remote.forget('prod');
		assert.equal(remote.knownRegions(profile, 'ec2'), undefined);
		assert.deepEqual(await remote.regions(profile, 'ec2'), { regions });
	});

	it('tell which profiles are signed out, until those are forgotten', async () => {
		const expired = refuses(aFailure('signInExpired'));
		ec2.next('regions', expired, expired, refuses(aFailure('unreachable')));
		await remote.regions(profile, 'ec2');
		await remote.regions({ ...profile, name: 'dev' }, 'ec2');
		await remote.regions({ ...profile, name: 'far' }, 'ec2');
		ec2.next('list', expired);
		await remote.list({ service: 'ec2', profile: 'role', region: 'eu-west-1' });
		assert.deepEqual([...remote.signedOut()], ['prod', 'dev', 'role']);
		await remote.forget('dev');
		assert.deepEqual([...remote.signedOut()], ['prod', 'role']);
	});

	it('stay when another profile is forgotten', async () => {
		await remote.regions(profile, 'ec2');
		await remote.forget('other');
		await remote.regions(profile, 'ec2');
		assert.deepEqual(ec2.calls, ['regions prod']);
	});

	it('tell of a change when they can not be listed, otherwise not, or again', async () => {
		await remote.regions(profile, 'ec2');
		assert.deepEqual(events, []);
		await remote.forget();
		events.length = 0;

		const steps = [];
		for (const kind of ['unreachable', 'unreachable', 'signInExpired', undefined, undefined] as const) {
			if (kind) {
				ec2.next('regions', refuses(aFailure(kind)));
			}
			clock.time += 10_000;
			await remote.regions(profile, 'ec2');
			steps.push(events.splice(0).length);
		}
		assert.deepEqual(steps, [1, 0, 1, 1, 0]);
	});

	it('tell of a change by the target without a region', async () => {
		ec2.next('regions', refuses(aFailure('unreachable')));
		await remote.regions(profile, 'ec2');
		assert.deepEqual(events, ['ec2/prod/']);
	});

	it('are told from a new call to who still waits when they are forgotten', async () => {
		ec2.next('regions', hangs);
		const waiting = remote.regions(profile, 'ec2');
		await settled();
		await remote.forget('prod');

		assert.deepEqual(await waiting, { regions });
		assert.deepEqual(events, ['ec2/prod/']);
	});

	it('are not those that were got with the old credentials, however late they come', async () => {
		const late = gate();
		ec2.next('regions', () => late.waits(() => [{ name: 'old', usable: true }]));
		const waiting = remote.regions(profile, 'ec2');
		await settled();
		await remote.forget();
		late.open();

		assert.deepEqual(await waiting, { regions });
		assert.deepEqual(remote.knownRegions(profile, 'ec2'), { regions });
	});

	it('do not hold up the listing of key pairs', async () => {
		ec2.next('regions', hangs);
		void remote.regions(profile, 'ec2');
		const listing = await remote.list({ service: 'ec2', profile: 'prod', region: 'us-east-1' });
		assert.equal(listing.status, 'listed');
	});

	it('are given up when it is disposed', async () => {
		ec2.next('regions', hangs);
		const waiting = remote.regions(profile, 'ec2');
		await settled();
		remote.dispose();
		assert.equal((await waiting).failure?.kind, 'cancelled');
	});
});
