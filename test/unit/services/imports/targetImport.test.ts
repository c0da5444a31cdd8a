import assert from 'node:assert/strict';
import { aDoubt, aFailure } from '../../../fakes/failures';
import { aKeyPair, aPublicKey, keyLines } from '../../../fakes/keys';
import { answers, doesAndHangs, doesBut, hangs, refuses } from '../../../fakes/provider';
import { assertFailed, assertOutcome, here, Importing, serviceFailure, settled } from './importing';

const mel = aPublicKey();
const ops = aPublicKey(keyLines.ops);

/** So often a look that fails is tried. */
const blind = Array.from({ length: 4 }, () => refuses(aFailure('unreachable', { retryable: true })));

/** The ways in which a call can end without saying what was done. */
const doubts = ['serverError', 'timedOut', 'unreachable', 'notTheService', 'unknown'] as const;

describe('an import whose name is taken', () => {
	let importing: Importing;
	beforeEach(() => {
		importing = new Importing();
	});

	for (const ifExists of ['keep', 'replace'] as const) {
		it(`by the same key is done already (${ifExists})`, async () => {
			importing.ec2.put(here, aKeyPair({ id: 'key-old' }, mel));
			const outcome = await importing.one({ ifExists });

			assert.ok(outcome.status === 'alreadyPresent');
			assert.equal(outcome.keyPair.id, 'key-old');
			assert.deepEqual(importing.ec2.calls, ['import us-east-1', 'find us-east-1']);
		});
	}

	it('by the same key fails when that was asked for', async () => {
		const existing = aKeyPair({}, mel);
		importing.ec2.put(here, existing);
		const outcome = await importing.one({ ifExists: 'fail' });

		assertFailed(outcome, 'nameTaken');
		assert.deepEqual(serviceFailure(outcome).existing, existing);
	});

	for (const ifExists of ['keep', 'fail'] as const) {
		it(`by another key fails, and says by which (${ifExists})`, async () => {
			const existing = aKeyPair({}, ops);
			importing.ec2.put(here, existing);
			const outcome = await importing.one({ ifExists });

			assertFailed(outcome, 'nameTaken');
			assert.deepEqual(serviceFailure(outcome).existing, existing);
			assert.deepEqual(importing.keysHere(), { mel: ops.publicKey });
		});
	}

	it('is compared by the fingerprint where the service does not give the key back', async () => {
		importing.ec2.put(here, aKeyPair({ publicKey: undefined }, mel));
		assert.equal((await importing.one()).status, 'alreadyPresent');
	});

	it('by a key that can not be told fails', async () => {
		importing.ec2.put(here, aKeyPair({ publicKey: undefined, fingerprint: undefined }, mel));
		assertFailed(await importing.one(), 'nameTaken');
	});

	it('by a key pair that is not visible yet is looked for until it is', async () => {
		importing.ec2.put(here, aKeyPair({}, mel));
		importing.ec2.next('find', answers(undefined), answers(undefined));

		assert.equal((await importing.one()).status, 'alreadyPresent');
		assert.deepEqual(importing.clock.waits, [0, 500, 1500]);
	});

	it('by a key pair that stays invisible fails without saying by which', async () => {
		importing.ec2.next('import', refuses(aFailure('nameTaken')));
		const outcome = await importing.one();

		assertFailed(outcome, 'nameTaken');
		assert.equal(serviceFailure(outcome).existing, undefined);
	});

	it('fails as such when the key pair may not be looked at', async () => {
		importing.ec2.put(here, aKeyPair({}, mel));
		importing.ec2.next('find', refuses(aFailure('notPermitted')));
		assertFailed(await importing.one(), 'nameTaken');
	});
});

describe('an import that ends without an answer', () => {
	let importing: Importing;
	beforeEach(() => {
		importing = new Importing();
	});

	for (const kind of doubts) {
		it(`is imported when the key pair is there (${kind})`, async () => {
			importing.ec2.next('import', doesBut(aDoubt(kind)));
			const outcome = await importing.one();

			assert.ok(outcome.status === 'imported');
			assert.deepEqual(outcome.keyPair, importing.ec2.existing(here)[0]);
			assert.deepEqual(importing.ec2.calls, ['import us-east-1', 'find us-east-1']);
		});
	}

	it('that nobody foresaw has failed for certain when the key pair is not there, and is not asked for again', async () => {
		importing.ec2.next('import', refuses(aDoubt('unknown', { code: 'X', requestId: 'r-1' })));
		const outcome = await importing.one();

		assert.deepEqual(
			serviceFailure(outcome).failure,
			aFailure('unknown', { retryable: true, code: 'X', requestId: 'r-1' }),
		);
		assert.deepEqual([outcome.attempts, outcome.requestId, importing.ec2.imports.length], [1, 'r-1', 1]);
	});

	it('leaves open what was done when that can not be seen', async () => {
		importing.ec2.next('import', doesBut(aDoubt('timedOut')));
		importing.ec2.next('find', ...blind);
		assertFailed(await importing.one(), 'timedOut', true);
	});

	it('leaves it open when a later look fails, whatever the earlier ones saw', async () => {
		importing.ec2.next('import', refuses(aDoubt('serverError')));
		importing.ec2.next('find', answers(undefined), ...blind);
		assertFailed(await importing.one(), 'serverError', true);
	});

	it('is looked for again when a look fails in passing', async () => {
		importing.ec2.next('import', doesBut(aDoubt('serverError')));
		importing.ec2.next('find', ...blind.slice(0, 3));
		assert.equal((await importing.one()).status, 'imported');
		assert.equal(importing.ec2.imports.length, 1);
	});

	it('is imported when the key pair becomes visible late', async () => {
		importing.ec2.next('import', doesBut(aDoubt('serverError')));
		importing.ec2.next('find', answers(undefined), answers(undefined));

		assert.equal((await importing.one()).status, 'imported');
		assert.deepEqual(importing.clock.waits, [0, 500, 1500]);
	});

	it('has failed when another key has the name, and says which', async () => {
		const existing = aKeyPair({}, ops);
		importing.ec2.put(here, existing);
		importing.ec2.next('import', refuses(aDoubt('serverError')));
		const outcome = await importing.one();

		assertFailed(outcome, 'nameTaken');
		assert.deepEqual(serviceFailure(outcome).existing, existing);
	});

	it('has failed when a key pair whose key can not be told has the name since before', async () => {
		importing.ec2.put(here, aKeyPair({ publicKey: undefined, fingerprint: undefined }));
		importing.ec2.next('import', refuses(aDoubt('serverError')));
		assertFailed(await importing.one(), 'nameTaken');
	});

	it('leaves it open when a key pair whose key can not be told has had the name for no longer', async () => {
		const createdAt = new Date(importing.clock.now());
		importing.ec2.put(here, aKeyPair({ publicKey: undefined, fingerprint: undefined, createdAt }));
		importing.ec2.next('import', refuses(aDoubt('serverError')));
		assertFailed(await importing.one(), 'serverError', true);
	});

	it('found the key there already when the key pair is older than the import', async () => {
		const createdAt = new Date(importing.clock.now() - 121_000);
		importing.ec2.put(here, aKeyPair({ createdAt }, mel));
		importing.ec2.next('import', refuses(aDoubt('serverError')));
		assert.equal((await importing.one()).status, 'alreadyPresent');
	});

	it('is imported when the key pair seems older by no more than clocks differ', async () => {
		const createdAt = new Date(importing.clock.now() - 119_000);
		importing.ec2.put(here, aKeyPair({ createdAt }, mel));
		importing.ec2.next('import', refuses(aDoubt('serverError')));
		assert.equal((await importing.one()).status, 'imported');
	});

	it('is imported when the service does not say since when the key pair is there', async () => {
		importing.ec2.put(here, aKeyPair({ createdAt: undefined }, mel));
		importing.ec2.next('import', refuses(aDoubt('serverError')));
		assert.equal((await importing.one()).status, 'imported');
	});

	it('has failed when the key was there before and that was to be an error', async () => {
		const existing = aKeyPair({}, mel);
		importing.ec2.put(here, existing);
		importing.ec2.next('import', refuses(aDoubt('serverError')));
		const outcome = await importing.one({ ifExists: 'fail' });

		assertFailed(outcome, 'nameTaken');
		assert.deepEqual(serviceFailure(outcome).existing, existing);
	});
});

describe('an import that is cancelled on its way', () => {
	let importing: Importing;
	beforeEach(() => {
		importing = new Importing();
	});

	async function cancelled(request?: Parameters<Importing['one']>[0]) {
		const running = importing.one(request);
		await settled();
		importing.abort.abort();
		return running;
	}

	it('is cancelled when it was not done', async () => {
		importing.ec2.next('import', hangs);
		assertOutcome(await cancelled(), here, 'cancelled');
	});

	it('is imported when it was done', async () => {
		importing.ec2.next('import', doesAndHangs);
		assert.equal((await cancelled()).status, 'imported');
	});

	it('has failed, and leaves open what was done, when that can not be seen', async () => {
		importing.ec2.next('import', doesAndHangs);
		importing.ec2.next('find', ...blind);
		assertFailed(await cancelled(), 'cancelled', true);
	});

	it('is cancelled when another key has the name', async () => {
		importing.ec2.put(here, aKeyPair({}, ops));
		importing.ec2.next('import', hangs);
		assert.equal((await cancelled()).status, 'cancelled');
	});
});
