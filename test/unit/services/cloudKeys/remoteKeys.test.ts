import assert from 'node:assert/strict';
import { type Target, targetId } from '../../../../src/domain/target';
import { type Listing, RemoteKeys } from '../../../../src/services/cloudKeys/remoteKeys';
import { FakeClock } from '../../../fakes/clock';
import { aFailure } from '../../../fakes/failures';
import { aKeyPair, aPublicKey } from '../../../fakes/keys';
import { type MemoryLog, memoryLog } from '../../../fakes/log';
import { FakeProvider, gate, hangs, refuses } from '../../../fakes/provider';
import { aServiceManifest, aVendor, type FakeProviders, fakeProviders } from '../../../fakes/vendors';
import { here, settled, there } from '../imports/importing';

describe('RemoteKeys', () => {
	let clock: FakeClock;
	let ec2: FakeProvider;
	let log: MemoryLog;
	let providers: FakeProviders;
	let remote: RemoteKeys;
	let events: string[];

	beforeEach(() => {
		clock = new FakeClock();
		ec2 = new FakeProvider(clock);
		log = memoryLog();
		use(fakeProviders([ec2]));
	});

	function use(others: FakeProviders): void {
		providers = others;
		remote = new RemoteKeys(providers, clock, log);
		events = [];
		remote.onDidChange((target) => events.push(target ? targetId(target) : 'everything'));
	}

	/** The names of the listed key pairs, or the kind of the failure. */
	function told(listing: Listing | undefined): readonly string[] | string | undefined {
		return listing?.status === 'listed' ? listing.keyPairs.map(({ name }) => name) : listing?.failure.kind;
	}

	describe('list', () => {
		it('knows nothing, and loads nothing, before it is asked', () => {
			assert.deepEqual([remote.known(here), remote.isLoading(here), providers.asked.size], [undefined, false, 0]);
		});

		it("lists the target's key pairs and says when that was", async () => {
			ec2.put(here, aKeyPair());
			const listing = await remote.list(here);

			assert.deepEqual(listing, { status: 'listed', keyPairs: [aKeyPair()], at: clock.now() });
			assert.equal(remote.known(here), listing);
		});

		it('asks once for several callers, and not again for what is known', async () => {
			const [first, second] = await Promise.all([remote.list(here), remote.list({ ...here })]);
			assert.equal(first, second);
			assert.equal(await remote.list(here), first);
			assert.deepEqual(ec2.calls, ['list us-east-1']);
		});

		it('keeps targets apart', async () => {
			ec2.put(here, aKeyPair());
			await Promise.all([remote.list(here), remote.list(there)]);
			assert.deepEqual([told(remote.known(here)), told(remote.known(there))], [['mel'], []]);
		});

		it('keeps a failure too, until it is asked to list anew', async () => {
			ec2.next('list', refuses(aFailure('unreachable', { code: 'ENOTFOUND' })));
			assert.deepEqual(await remote.list(here), {
				status: 'failed',
				failure: aFailure('unreachable', { code: 'ENOTFOUND' }),
			});
			assert.equal(told(await remote.list(here)), 'unreachable');
			assert.deepEqual(told(await remote.reload(here)), []);
		});

		it("does not let one target's failure, or silence, touch another", async () => {
			ec2.nextIn('us-east-1', 'list', hangs);
			void remote.list(here);
			assert.deepEqual(told(await remote.list(there)), []);
		});

		it('tells of a bug as a failure and logs it', async () => {
			ec2.next('list', () => {
				throw new TypeError('a bug');
			});
			assert.deepEqual(await remote.list(here), {
				status: 'failed',
				failure: aFailure('unknown', { ...here }),
			});
			assert.deepEqual(log.lines, ['error: Unforeseen failure at ec2/prod/us-east-1']);
		});

		it('tells of a bundle that can not be loaded as a failure', async () => {
			use(fakeProviders([]));
			assert.equal(told(await remote.list(here)), 'unknown');
		});

		it('makes at most 24 calls at a time for one profile, and others for another', async () => {
			const slow = gate();
			const targets = Array.from({ length: 30 }, (_, index): Target => ({ ...here, region: `region-${index}` }));
			ec2.next('list', ...targets.slice(0, 24).map(() => slow.waits));
			const running = [...targets, { ...here, profile: 'other' }].map((target) => remote.list(target));
			await settled();
			assert.equal(ec2.calls.length, 25);
			slow.open();
			await Promise.all(running);
			assert.equal(ec2.calls.length, 31);
		});
	});

	it("does not let one vendor's profile wait for another vendor's profile of the same name", async () => {
		const ecs = new FakeProvider(clock, { service: 'ecs' });
		const alibaba = aVendor({ vendor: 'alibaba', services: [aServiceManifest({ service: 'ecs', vendor: 'alibaba' })] });
		use(fakeProviders([ec2, ecs], [aVendor(), alibaba]));
		const targets = Array.from({ length: 24 }, (_, index): Target => ({ ...here, region: `region-${index}` }));
		const slow = gate();
		ec2.next('list', ...targets.map(() => slow.waits));
		const running = targets.map((target) => remote.list(target));
		assert.deepEqual(told(await remote.list({ ...here, service: 'ecs' })), []);
		slow.open();
		await Promise.all(running);
	});

	describe('reload', () => {
		it('keeps the earlier listing known until the answer is there', async () => {
			ec2.put(here, aKeyPair());
			await remote.list(here);
			const slow = gate();
			ec2.put(here, aKeyPair({ name: 'new', id: 'key-2' }));
			ec2.next('list', slow.waits);
			const reloading = remote.reload(here);
			await settled();

			assert.deepEqual([told(remote.known(here)), remote.isLoading(here)], [['mel'], true]);
			slow.open();
			assert.deepEqual(told(await reloading), ['mel', 'new']);
			assert.deepEqual([told(remote.known(here)), remote.isLoading(here)], [['mel', 'new'], false]);
		});

		it('puts a failure in place of what was known, and the next answer in place of that', async () => {
			ec2.put(here, aKeyPair());
			await remote.list(here);
			ec2.next('list', refuses(aFailure('signInExpired')));
			await remote.reload(here);
			assert.equal(told(remote.known(here)), 'signInExpired');
			assert.deepEqual(remote.holders(aPublicKey()), []);
			await remote.reload(here);
			assert.deepEqual(told(remote.known(here)), ['mel']);
		});

		it('aborts an earlier call, whose callers get the answer of the later one', async () => {
			let aborted = false;
			ec2.next('list', (_, signal) => {
				signal.addEventListener('abort', () => {
					aborted = true;
				});
				return hangs(() => undefined, signal);
			});
			const first = remote.list(here);
			await settled();
			ec2.put(here, aKeyPair());
			const second = remote.reload(here);

			assert.deepEqual([told(await first), told(await second), aborted], [['mel'], ['mel'], true]);
		});

		it('takes no answer of an earlier call that can not be aborted, however late it comes', async () => {
			const late = gate();
			ec2.next('list', () => late.waits(() => [aKeyPair({ name: 'outdated' })]));
			const first = remote.reload(here);
			await settled();
			ec2.put(here, aKeyPair());
			const second = await remote.reload(here);
			late.open();

			assert.deepEqual([told(await first), told(second), told(remote.known(here))], [['mel'], ['mel'], ['mel']]);
		});

		it('has callers of list wait for it', async () => {
			await remote.list(here);
			ec2.put(here, aKeyPair());
			const reloading = remote.reload(here);
			assert.deepEqual(told(await remote.list(here)), ['mel']);
			await reloading;
		});
	});

	describe('events', () => {
		it('come when a call begins and when its answer is there', async () => {
			const listing = remote.list(here);
			assert.deepEqual(events, ['ec2/prod/us-east-1']);
			assert.equal(remote.isLoading(here), true);
			await listing;
			assert.deepEqual(events, ['ec2/prod/us-east-1', 'ec2/prod/us-east-1']);
		});

		it('do not come for what is known, nor for callers that share a call', async () => {
			await Promise.all([remote.list(here), remote.list(here)]);
			await remote.list(here);
			assert.equal(events.length, 2);
		});

		it('come with nothing loading any more', async () => {
			const states: boolean[] = [];
			remote.onDidChange((target) => states.push(target !== undefined && remote.isLoading(target)));
			await remote.list(here);
			assert.deepEqual(states, [true, false]);
		});

		it('do not come for the answer of an aborted call', async () => {
			ec2.next('list', hangs);
			const first = remote.list(here);
			await settled();
			await remote.reload(here);
			await first;
			assert.deepEqual(events, ['ec2/prod/us-east-1', 'ec2/prod/us-east-1', 'ec2/prod/us-east-1']);
		});

		it('come for a key pair that is put into a listing, and not where there is none', async () => {
			remote.add(here, aKeyPair());
			assert.deepEqual(events, []);
			await remote.list(here);
			events.length = 0;
			remote.add(here, aKeyPair({ name: 'other', id: 'key-other' }));
			assert.deepEqual(events, ['ec2/prod/us-east-1']);
		});

		it('end with it', async () => {
			remote.dispose();
			await remote.list(here);
			assert.deepEqual(events, []);
		});
	});

	describe('forget', () => {
		it('forgets listings and credentials of one profile', async () => {
			const other = { ...here, profile: 'other' };
			await Promise.all([remote.list(here), remote.list(other)]);
			await remote.forget('prod');

			assert.deepEqual([remote.known(here), told(remote.known(other))], [undefined, []]);
			assert.deepEqual(ec2.forgotten, ['prod']);
		});

		it('tells of one profile by its service, and of nothing when nothing was known', async () => {
			await Promise.all([remote.list(here), remote.list({ ...here, region: 'eu-west-1' })]);
			events.length = 0;
			await remote.forget('other');
			assert.deepEqual(events, []);
			await remote.forget('prod');
			assert.deepEqual(events, ['ec2/prod/']);
		});

		it('forgets everything of all', async () => {
			const other = { ...here, profile: 'other' };
			await Promise.all([remote.list(here), remote.list(other)]);
			await remote.forget();

			assert.deepEqual([remote.known(here), remote.known(other)], [undefined, undefined]);
			assert.deepEqual(ec2.forgotten, [undefined]);
		});

		it('says once that everything may have changed, when all of it is forgotten', async () => {
			await remote.list(here);
			events.length = 0;
			const seen: (Listing | undefined)[] = [];
			remote.onDidChange(() => seen.push(remote.known(here)));
			await remote.forget();
			assert.deepEqual([events, seen], [['everything'], [undefined]]);
		});

		it('loads no bundle, and is not stopped by one that can not be loaded', async () => {
			await remote.forget();
			assert.deepEqual([providers.asked.size, ec2.forgotten], [0, []]);

			use(fakeProviders([]));
			await remote.list(here);
			await remote.forget();
			assert.equal(remote.known(here), undefined);
		});

		it('aborts what is under way; who waits gets the answer of a new call, with new credentials', async () => {
			ec2.next('list', hangs);
			const waiting = remote.list(here);
			await settled();
			ec2.put(here, aKeyPair());
			let forgottenBefore = 0;
			ec2.next('list', (perform) => {
				forgottenBefore = ec2.forgotten.length;
				return perform();
			});
			await remote.forget('prod');

			assert.deepEqual(told(await waiting), ['mel']);
			assert.equal(forgottenBefore, 1);
			assert.deepEqual(told(remote.known(here)), ['mel']);
		});

		it('takes no answer that was got with the old credentials, however late it comes', async () => {
			const late = gate();
			ec2.next('list', () => late.waits(() => [aKeyPair({ name: 'of the old account' })]));
			const waiting = remote.list(here);
			await settled();
			await remote.forget();
			events.length = 0;
			late.open();

			assert.deepEqual(told(await waiting), []);
			assert.deepEqual(told(remote.known(here)), []);
			assert.deepEqual(events, ['ec2/prod/us-east-1', 'ec2/prod/us-east-1'], 'those of the new call');
		});
	});

	describe('dispose', () => {
		it('aborts what is under way, once and for all', async () => {
			ec2.next('list', hangs);
			const waiting = remote.list(here);
			await settled();
			remote.dispose();
			assert.equal(told(await waiting), 'cancelled');
			assert.deepEqual(ec2.calls, ['list us-east-1']);
		});
	});
});
