import assert from 'node:assert/strict';
import { type Listing, RemoteKeys } from '../../../../src/services/cloudKeys/remoteKeys';
import { FakeClock } from '../../../fakes/clock';
import { aFailure } from '../../../fakes/failures';
import { aKeyPair, aPublicKey, keyLines } from '../../../fakes/keys';
import { memoryLog } from '../../../fakes/log';
import { FakeProvider, gate, refuses } from '../../../fakes/provider';
import { fakeProviders } from '../../../fakes/vendors';
import { here, settled, there } from '../imports/importing';

describe('what RemoteKeys knows without a call', () => {
	let clock: FakeClock;
	let ec2: FakeProvider;
	let remote: RemoteKeys;

	beforeEach(() => {
		clock = new FakeClock();
		ec2 = new FakeProvider(clock);
		remote = new RemoteKeys(fakeProviders([ec2]), clock, memoryLog());
	});

	/** The names of the listed key pairs, or the kind of the failure. */
	function told(listing: Listing | undefined): readonly string[] | string | undefined {
		return listing?.status === 'listed' ? listing.keyPairs.map(({ name }) => name) : listing?.failure.kind;
	}

	describe('add', () => {
		it('puts a key pair at its place by name, without a call', async () => {
			ec2.put(here, aKeyPair({ name: 'a' }), aKeyPair({ name: 'c' }));
			await remote.list(here);
			remote.add(here, aKeyPair({ name: 'b', id: 'key-b' }));

			assert.deepEqual(told(remote.known(here)), ['a', 'b', 'c']);
			assert.deepEqual(ec2.calls, ['list us-east-1']);
		});

		it('puts it in place of the one of its name', async () => {
			ec2.put(here, aKeyPair({ id: 'key-old' }, aPublicKey(keyLines.ops)));
			await remote.list(here);
			remote.add(here, aKeyPair({ id: 'key-new' }));

			const listing = remote.known(here);
			assert.ok(listing?.status === 'listed');
			assert.deepEqual(
				listing.keyPairs.map(({ id }) => id),
				['key-new'],
			);
			assert.equal(remote.holders(aPublicKey()).length, 1);
			assert.equal(remote.holders(aPublicKey(keyLines.ops)).length, 0);
		});

		it('does not make the rest of the listing younger than it is', async () => {
			const { at } = await listed();
			clock.time += 60_000;
			remote.add(here, aKeyPair());
			const listing = remote.known(here);
			assert.ok(listing?.status === 'listed');
			assert.equal(listing.at, at);
		});

		it('does not pass for a listing where there is none', async () => {
			remote.add(here, aKeyPair());
			assert.equal(remote.known(here), undefined);
			ec2.next('list', refuses(aFailure('throttled')));
			await remote.list(here);
			remote.add(here, aKeyPair());
			assert.equal(told(remote.known(here)), 'throttled');
		});

		it('outlives a list that was on its way, and one that the service made too early', async () => {
			const slow = gate();
			ec2.next('list', slow.waits);
			const running = remote.list(here);
			await settled();
			remote.add(here, aKeyPair());
			slow.open();
			assert.deepEqual(told(await running), ['mel']);

			clock.time += 4_000;
			assert.deepEqual(told(await remote.reload(here)), ['mel']);
		});

		it('gives way to what the service lists a while later', async () => {
			remote.add(here, aKeyPair());
			clock.time += 6_000;
			assert.deepEqual(told(await remote.list(here)), []);
			clock.time -= 6_000;
			assert.deepEqual(told(await remote.reload(here)), [], 'and does not come back');
		});

		it('gives way at once to what the service says of the same key pair, and not to one that it replaced', async () => {
			const tags = { team: 'core' };
			ec2.put(here, aKeyPair({ id: 'key-new', tags }));
			remote.add(here, aKeyPair({ id: 'key-new' }));
			ec2.put(there, aKeyPair({ id: 'key-old' }, aPublicKey(keyLines.ops)));
			remote.add(there, aKeyPair({ id: 'key-new' }));

			assert.deepEqual((await listed(here)).keyPairs, [aKeyPair({ id: 'key-new', tags })]);
			assert.deepEqual((await listed(there)).keyPairs, [aKeyPair({ id: 'key-new' })]);
		});

		it('keeps the tags that were changed while a list was on its way', async () => {
			const before = aKeyPair({ id: 'key-1', tags: { team: 'ops' } });
			ec2.put(here, before);
			const slow = gate();
			ec2.next('list', (perform) => {
				const early = perform();
				return slow.waits(() => early);
			});
			const running = remote.list(here);
			await settled();
			clock.time += 100;
			remote.add(here, { name: 'mel', id: 'key-1', tags: { team: 'core' } });
			slow.open();
			await running;

			assert.deepEqual((await listed(here)).keyPairs, [{ ...before, tags: { team: 'core' } }]);
		});

		async function listed(target = here) {
			const listing = await remote.list(target);
			assert.ok(listing.status === 'listed');
			return listing;
		}
	});

	describe('holders', () => {
		it('finds every listed key pair that holds a key, in all targets', async () => {
			ec2.put(here, aKeyPair({ name: 'one' }), aKeyPair({ name: 'two' }), aKeyPair({}, aPublicKey(keyLines.ops)));
			ec2.put(there, aKeyPair({ name: 'three' }));
			await Promise.all([remote.list(here), remote.list(there)]);

			assert.deepEqual(
				remote.holders(aPublicKey()).map(({ target, keyPair }) => [target.region, keyPair.name]),
				[
					['us-east-1', 'one'],
					['us-east-1', 'two'],
					['eu-west-1', 'three'],
				],
			);
			assert.deepEqual(remote.holders(aPublicKey(keyLines.deploy)), []);
		});

		it('goes by the fingerprint where the service does not give the key back', async () => {
			const rsa = aPublicKey(keyLines.deploy);
			ec2.put(here, aKeyPair({ publicKey: undefined }, rsa), aKeyPair({ name: 'two', publicKey: undefined }));
			await remote.list(here);

			assert.equal(remote.holders(rsa).length, 1);
			assert.equal(remote.holders(aPublicKey()).length, 1);
		});

		it('knows only what was listed', async () => {
			ec2.put(here, aKeyPair());
			assert.deepEqual(remote.holders(aPublicKey()), []);
			await remote.list(here);
			await remote.forget();
			assert.deepEqual(remote.holders(aPublicKey()), []);
		});
	});

	describe('remove', () => {
		const gone = aKeyPair({ name: 'b', id: 'key-b' });

		beforeEach(async () => {
			ec2.put(here, aKeyPair({ name: 'a', id: 'key-a' }), gone);
			await remote.list(here);
		});

		it('takes a key pair out, without a call', () => {
			remote.remove(here, gone);
			assert.deepEqual(told(remote.known(here)), ['a']);
			assert.deepEqual(ec2.calls, ['list us-east-1']);
		});

		it('keeps it out of a list that was asked for right after and has it still', async () => {
			remote.remove(here, gone);
			assert.deepEqual(told(await remote.reload(here)), ['a']);
			clock.time += 60_000;
			assert.deepEqual(told(await remote.reload(here)), ['a', 'b']);
		});

		it('leaves another key pair of its name alone, and one that is put in afterwards', async () => {
			remote.remove(here, aKeyPair({ name: 'b', id: 'key-of-before' }));
			assert.deepEqual(told(remote.known(here)), ['a', 'b']);
			remote.remove(here, gone);
			remote.add(here, aKeyPair({ name: 'b', id: 'key-new' }));
			assert.deepEqual(told(await remote.reload(here)), ['a', 'b']);
		});

		it('does not bring back what was put in before', async () => {
			const added = aKeyPair({ name: 'c', id: 'key-c' });
			remote.add(here, added);
			remote.remove(here, added);
			assert.deepEqual(told(remote.known(here)), ['a', 'b']);
			assert.deepEqual(told(await remote.reload(here)), ['a', 'b']);
		});
	});
});
