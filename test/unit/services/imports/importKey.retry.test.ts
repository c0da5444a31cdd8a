import assert from 'node:assert/strict';
import type { KeyPair } from '../../../../src/domain/keyPair';
import { type Target, targetId } from '../../../../src/domain/target';
import { importKey } from '../../../../src/services/imports/importKey';
import type { KeyImport, TargetOutcome } from '../../../../src/services/imports/keyImport';
import { aDoubt, aFailure, refusal } from '../../../fakes/failures';
import { aKeyPair, aPublicKey, keyLines } from '../../../fakes/keys';
import { answers, doesBut, FakeProvider, refuses } from '../../../fakes/provider';
import { aServiceManifest, aVendor, fakeProviders } from '../../../fakes/vendors';
import { assertFailed, here, Importing, serviceFailure, settled, there } from './importing';

const mel = aPublicKey();
const ops = aPublicKey(keyLines.ops);
const throttled = aFailure('throttled', { retryable: true, requestId: 'r-throttled' });
const times = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value);

describe('importKey, when calls fail in passing', () => {
	let importing: Importing;
	beforeEach(() => {
		importing = new Importing();
	});

	it('imports at last, and says after how many attempts, by which request and when', async () => {
		importing.ec2.next('import', refuses(throttled), refuses(aDoubt('serverError')));
		const outcome = await importing.one();

		assert.ok(outcome.status === 'imported');
		const { attempts, requestId, at } = outcome;
		assert.deepEqual([attempts, requestId, at], [3, 'request-1', importing.clock.time]);
		assert.equal(importing.ec2.existing(here).length, 1);
	});

	it('gives up after six attempts, with the last failure and its request', async () => {
		importing.ec2.next('import', ...times(6, refuses(throttled)));
		const outcome = await importing.one();

		assertFailed(outcome, 'throttled');
		assert.deepEqual([outcome.attempts, outcome.requestId], [6, 'r-throttled']);
	});

	it('gives up after a minute, however few attempts that was', async () => {
		importing.ec2.next('import', ...times(6, refuses({ ...throttled, retryAfterMs: 25_000 })));
		const started = importing.clock.time;
		const outcome = await importing.one();

		assertFailed(outcome, 'throttled');
		assert.equal(outcome.attempts, 3);
		assert.ok(importing.clock.time - started <= 60_000);
	});

	it('waits as long as the service asks for', async () => {
		importing.ec2.next('import', refuses({ ...throttled, retryAfterMs: 12_000 }));
		const started = importing.clock.time;
		assert.equal((await importing.one()).status, 'imported');
		assert.ok(importing.clock.time - started >= 12_000);
	});

	it('does not repeat what will not pass', async () => {
		importing.ec2.next('import', refuses(aFailure('pairLimit')));
		assert.equal((await importing.one()).attempts, 1);
	});

	it('repeats a dry run without a look: nothing can be there', async () => {
		importing.ec2.next('import', refuses(aFailure('timedOut', { retryable: true })));
		assert.equal((await importing.one({ dryRun: true })).status, 'permitted');
		assert.deepEqual(importing.ec2.calls, ['import us-east-1', 'import us-east-1']);
	});

	it('takes its own earlier call, done late, for imported', async () => {
		importing.ec2.next('import', doesBut(aDoubt('timedOut')));
		// Not visible in any of the three looks.
		importing.ec2.next('find', ...times(3, answers(undefined)));
		const outcome = await importing.one();

		assert.ok(outcome.status === 'imported');
		assert.deepEqual([outcome.attempts, outcome.keyPair.id], [2, importing.ec2.existing(here)[0]?.id]);
	});

	it('leaves open whose the name is when it never becomes visible after a call of its own without an answer', async () => {
		importing.ec2.next('import', doesBut(aDoubt('timedOut')));
		importing.ec2.next('find', ...times(7, answers(undefined)));
		assertFailed(await importing.one(), 'nameTaken', true);
	});

	it('takes a key pair that was there before for already present, also on a later attempt', async () => {
		importing.ec2.put(here, aKeyPair({ id: 'key-old' }, mel));
		importing.ec2.next('import', refuses(throttled));
		assert.equal((await importing.one()).status, 'alreadyPresent');
	});

	it('replaces after it was throttled', async () => {
		importing.ec2.put(here, aKeyPair({ id: 'key-old' }, ops));
		importing.ec2.next('import', refuses(throttled), refuses(aFailure('nameTaken')), refuses(throttled));
		const outcome = await importing.one({ ifExists: 'replace' });

		assert.ok(outcome.status === 'imported');
		assert.equal(outcome.attempts, 4);
	});

	it('looks once more when another failure follows a call without an answer: that may have been carried out since', async () => {
		importing.ec2.next('import', refuses(aDoubt('timedOut')), () => {
			importing.ec2.put(here, aKeyPair({ id: 'key-late', createdAt: new Date(importing.clock.time) }, mel));
			throw refusal('notPermitted');
		});
		const outcome = await importing.one();

		assert.ok(outcome.status === 'imported');
		assert.deepEqual([outcome.keyPair.id, outcome.attempts], ['key-late', 2]);
	});

	it('leaves it open when that look says nothing', async () => {
		importing.ec2.next('import', refuses(aDoubt('timedOut')), refuses(aFailure('notPermitted')));
		importing.ec2.next('find', ...times(3, answers(undefined)), refuses(aFailure('unreachable')));
		assertFailed(await importing.one(), 'notPermitted', true);
	});

	it('looks longest after the last attempt', async () => {
		importing.ec2.next('import', ...times(5, refuses(aDoubt('serverError'))), doesBut(aDoubt('serverError')));
		importing.ec2.next('find', ...times(5 * 3 + 3, answers(undefined)));
		assert.equal((await importing.one()).status, 'imported');
	});

	it('tells what it does while it does it', async () => {
		const told: string[] = [];
		importing.ec2.nextIn('us-east-1', 'import', refuses(throttled));
		const started = importing.clock.time;
		await importing.all(
			[here],
			{},
			{
				started: ({ region }) => told.push(`started ${region}`),
				waiting: ({ region }, until, { kind }) => told.push(`waiting ${region} ${until - started} ${kind}`),
				done: ({ target, status }) => told.push(`${status} ${target.region}`),
			},
		);
		assert.deepEqual(told, [
			'started us-east-1',
			'waiting us-east-1 500 throttled',
			'started us-east-1',
			'imported us-east-1',
		]);
	});

	describe('in one of several targets', () => {
		it('imports into the others meanwhile', async () => {
			importing.ec2.nextIn('us-east-1', 'import', ...times(6, refuses(aDoubt('serverError'))));
			const told: (string | undefined)[] = [];
			await importing.all([here, there], {}, { done: ({ target, status }) => told.push(`${status} ${target.region}`) });
			assert.deepEqual(told, ['imported eu-west-1', 'failed us-east-1']);
		});

		it('lets others of the same account wait when it is throttled, and not those of another', async () => {
			const told: string[] = [];
			const many = Array.from({ length: 10 }, (_, index): Target => ({ ...here, region: `many-${index}` }));
			const other: Target = { ...here, profile: 'other', region: 'elsewhere' };
			importing.ec2.nextIn('many-0', 'import', refuses({ ...throttled, retryAfterMs: 5_000 }));
			const waits: (() => void)[] = [];
			importing.clock.wait = () => new Promise((resolve) => waits.push(resolve));
			const waiting = ({ profile, region }: Target) => told.push(`${profile}/${region}`);
			const running = importing.all([...many, other], {}, { waiting });
			await settled();
			importing.clock.time += 10_000;
			for (const end of waits) {
				end();
			}
			await running;
			assert.ok(told.includes('prod/many-9'), 'one that was not sent yet');
			assert.ok(!told.includes('other/elsewhere'));
		});
	});

	describe('and it is cancelled', () => {
		/** Cancels at the first wait that the import itself makes. */
		function cancelAtWait(): void {
			importing.clock.onWait = () => importing.abort.abort();
		}

		it('while it waits, is cancelled at once', async () => {
			importing.ec2.next('import', refuses(throttled));
			cancelAtWait();
			const outcome = await importing.one();

			assert.deepEqual([outcome.status, outcome.attempts], ['cancelled', 1]);
			assert.deepEqual(importing.ec2.calls, ['import us-east-1']);
		});

		it('while it waits after a call without an answer, looks once more', async () => {
			const doubt = aDoubt('serverError', { retryAfterMs: 10_000 });
			importing.ec2.next('import', doesBut(doubt));
			importing.ec2.next('find', ...times(3, answers(undefined)));
			let waits = 0;
			importing.clock.onWait = () => {
				// Three for the looks, then that for the next attempt.
				if (++waits === 4) {
					importing.abort.abort();
				}
			};
			const outcome = await importing.one();

			assert.deepEqual([outcome.status, outcome.attempts], ['imported', 1]);
		});

		it('leaves those that wait for their account undone', async () => {
			const many = Array.from({ length: 60 }, (_, index): Target => ({ ...here, region: `many-${index}` }));
			const late = async () => {
				await settled();
				return refuses({ ...throttled, retryAfterMs: 30_000 })();
			};
			importing.ec2.next('import', ...times(40, late));
			cancelAtWait();
			const outcomes = await importing.all(many);

			assert.ok(outcomes.every(({ status }) => status === 'cancelled'));
			assert.equal(importing.ec2.imports.length, 40);
		});
	});
});

describe('importKey, with choices for single targets', () => {
	let importing: Importing;
	beforeEach(() => {
		importing = new Importing();
	});

	it('gives a target its own name, and tells it', async () => {
		const choices = new Map([[targetId(there), { keyName: 'mel-2' }]]);
		const outcomes = await importing.all([here, there], { choices });

		assert.deepEqual(
			outcomes.map(({ keyName }) => keyName),
			['mel', 'mel-2'],
		);
		assert.deepEqual(
			importing.ec2.existing(there).map(({ name }) => name),
			['mel-2'],
		);
	});

	it('leaves tags out where that was chosen', async () => {
		const choices = new Map([[targetId(there), { withoutTags: true as const }]]);
		await importing.all([here, there], { tags: { team: 'core' }, choices });

		assert.deepEqual(
			importing.ec2.imports.map(({ tags }) => tags),
			[{ team: 'core' }, {}],
		);
	});

	it("puts a target's own resource group before that of all", async () => {
		const choices = new Map([[targetId(there), { resourceGroupId: 'rg-2' }]]);
		await importing.all([here, there], { resourceGroupId: 'rg-1', choices });

		assert.deepEqual(
			importing.ec2.imports.map(({ resourceGroupId }) => resourceGroupId),
			['rg-1', 'rg-2'],
		);
	});

	describe('of which key pair is replaced', () => {
		const old = aKeyPair({ id: 'key-old' }, ops);
		const replacing = (replaces: string): Partial<KeyImport> => ({
			choices: new Map([[targetId(here), { ifExists: 'replace', replaces }]]),
		});

		it('replaces that one, and tells which it was, with its public key', async () => {
			importing.ec2.put(here, old);
			const outcome = await importing.one(replacing('key-old'));

			assert.ok(outcome.status === 'imported');
			assert.deepEqual(outcome.replacedKeyPair, old);
			assert.deepEqual(importing.keysHere(), { mel: mel.publicKey });
		});

		it('does not touch another one that has the name by then', async () => {
			importing.ec2.put(here, old);
			const outcome = await importing.one(replacing('key-older'));

			assertFailed(outcome, 'nameTaken');
			assert.deepEqual(serviceFailure(outcome).existing, old);
			assert.deepEqual(importing.keysHere(), { mel: ops.publicKey });
		});

		it('goes by the fingerprint where there are no ids', async () => {
			const { id, ...without } = old;
			importing.ec2.put(here, without);
			assertFailed(await importing.one(replacing('key-old')), 'nameTaken');
			assert.equal((await importing.one(replacing(ops.fingerprints.ec2 ?? ''))).status, 'imported');
		});

		it('leaves other targets as they are', async () => {
			importing.ec2.put(here, old);
			importing.ec2.put(there, old);
			const [, other] = await importing.all([here, there], replacing('key-old'));

			assertFailed(other ?? assert.fail(), 'nameTaken');
		});
	});
});

/** A service that gives no key back and whose fingerprints say nothing, as Lightsail and ENS. */
describe('importKey into a service that does not say which key it holds', () => {
	const opaque = { publicKey: undefined, fingerprint: 'f0' } as const;
	let importing: Importing;
	let lightsail: FakeProvider;
	const place: Target = { ...here, service: 'lightsail' };
	beforeEach(() => {
		importing = new Importing();
		lightsail = new FakeProvider(importing.clock, { service: 'lightsail' });
	});

	async function all(targets: readonly Target[], request: Partial<KeyImport> = {}): Promise<readonly TargetOutcome[]> {
		const capabilities = { ...aServiceManifest().capabilities, dryRun: false, publicKeyReadable: false };
		const services = [aServiceManifest({ service: 'lightsail', capabilities })];
		const providers = fakeProviders([lightsail], [aVendor({ services })]);
		const defaults = { key: mel, keyName: 'mel', tags: {}, dryRun: false, ifExists: 'keep' } as const;
		return importKey({ ...defaults, ...request, targets }, { ...importing, providers }, importing.abort.signal);
	}

	async function one(request: Partial<KeyImport> = {}): Promise<TargetOutcome> {
		const [outcome] = await all([place], request);
		assert.ok(outcome);
		return outcome;
	}

	/** The import is done, and nobody hears of it. */
	function doesInSilence(): void {
		lightsail.next('import', () => {
			lightsail.put(place, made());
			return refuses(aDoubt('timedOut'))();
		});
	}

	/** As the service would show what was made now. */
	function made(overrides: Partial<KeyPair> = {}): KeyPair {
		return aKeyPair({ ...opaque, id: 'key-made', createdAt: new Date(importing.clock.time), ...overrides });
	}

	it('imports, after a look', async () => {
		assert.equal((await one()).status, 'imported');
		assert.deepEqual(lightsail.calls, ['find us-east-1', 'import us-east-1']);
	});

	it('sends nothing when the name is taken', async () => {
		const existing = aKeyPair(opaque);
		lightsail.put(place, existing);
		const outcome = await one();

		assertFailed(outcome, 'nameTaken');
		assert.deepEqual(serviceFailure(outcome).existing, existing);
		assert.equal(outcome.attempts, 0);
		assert.equal(lightsail.imports.length, 0);
	});

	it('imports also when it may not look', async () => {
		lightsail.next('find', refuses(aFailure('notPermitted')));
		assert.equal((await one()).status, 'imported');
	});

	it('is imported when the name was free before and is taken after a call without an answer', async () => {
		doesInSilence();
		assert.equal((await one()).status, 'imported');
		assert.equal(lightsail.imports.length, 1);
	});

	it('is imported when the name was free before, however much the clocks differ', async () => {
		lightsail.next('import', () => {
			lightsail.put(place, made({ createdAt: new Date(importing.clock.time - 3_600_000) }));
			return refuses(aDoubt('timedOut'))();
		});
		assert.equal((await one()).status, 'imported');
	});

	it('leaves it open when nobody saw that the name was free before', async () => {
		lightsail.next('find', refuses(aFailure('notPermitted')));
		doesInSilence();
		assertFailed(await one(), 'timedOut', true);
	});

	it('knows the key by the fingerprint that the service gave to it elsewhere', async () => {
		const elsewhere: Target = { ...place, region: 'eu-west-1' };
		const keyPair = made();
		lightsail.nextIn('eu-west-1', 'import', answers({ keyPair }));
		lightsail.nextIn('us-east-1', 'find', refuses(aFailure('notPermitted')));
		doesInSilence();
		lightsail.nextIn('us-east-1', 'find', answers(undefined));
		const outcomes = await all([elsewhere, place]);
		assert.deepEqual(
			outcomes.map(({ status }) => status),
			['imported', 'imported'],
		);
	});

	it('is not asked for permission: it has no way to', async () => {
		const outcome = await one({ dryRun: true });
		assertFailed(outcome, 'unsupported');
		assert.deepEqual(lightsail.calls, []);
		assert.equal(outcome.attempts, 0);
	});

	it('replaces what the person agreed to', async () => {
		const { id, ...old } = aKeyPair({ ...opaque, fingerprint: 'f1' });
		lightsail.put(place, old);
		const choices = new Map([[targetId(place), { ifExists: 'replace', replaces: 'f1' } as const]]);
		const outcome = await one({ choices });

		assert.ok(outcome.status === 'imported');
		assert.deepEqual(outcome.replacedKeyPair, old);
	});

	it('leaves open what was done when a bug follows the deletion, though no import was sent', async () => {
		lightsail.put(place, aKeyPair({ ...opaque, id: 'key-old' }));
		lightsail.next('delete', (perform) => {
			perform();
			throw new Error('a bug');
		});
		const outcome = await one({ ifExists: 'replace' });

		assertFailed(outcome, 'unknown', true);
		assert.equal(outcome.attempts, 0);
	});

	it("does not take another's key pair for its own when that got the name right after the deletion", async () => {
		const old = aKeyPair({ ...opaque, id: 'key-old', createdAt: new Date(importing.clock.time - 3_600_000) });
		const theirs = made({ id: 'key-theirs', fingerprint: 'f1' });
		lightsail.put(place, old);
		lightsail.next('find', refuses(aFailure('notPermitted')));
		lightsail.next('import', refuses(aDoubt('serverError')), refuses(aFailure('nameTaken')));
		lightsail.next('delete', (perform) => {
			perform();
			lightsail.put(place, theirs);
			return undefined;
		});
		const outcome = await one({ ifExists: 'replace' });

		assertFailed(outcome, 'nameTaken');
		assert.equal(serviceFailure(outcome).replaced, 'lost');
	});

	describe('and sets tags by a call of their own', () => {
		const tags = { team: 'core' };

		it('sets those that are missing after a call without an answer', async () => {
			doesInSilence();
			const outcome = await one({ tags });

			assert.ok(outcome.status === 'imported');
			assert.deepEqual(outcome.keyPair.tags, tags);
			assert.deepEqual(lightsail.existing(place)[0]?.tags, tags);
			assert.equal(outcome.tagFailure, undefined);
		});

		it('says why they are not there, and that the key is', async () => {
			doesInSilence();
			lightsail.next('changeTags', refuses(aFailure('notPermitted', { action: 'lightsail:TagResource' })));
			const outcome = await one({ tags });

			assert.ok(outcome.status === 'imported');
			assert.deepEqual(outcome.tagFailure, aFailure('notPermitted', { action: 'lightsail:TagResource' }));
		});

		it('sets those that the provider could not set, and does not import again', async () => {
			lightsail.next('import', () => {
				lightsail.put(place, made());
				return refuses(aFailure('tagsMissing', { operation: 'TagResource' }))();
			});
			const outcome = await one({ tags });

			assert.ok(outcome.status === 'imported');
			assert.deepEqual([outcome.tagFailure, lightsail.existing(place)[0]?.tags], [undefined, tags]);
			assert.equal(lightsail.imports.length, 1);
		});

		it('waits for those that were on their way when it was cancelled', async () => {
			lightsail.next('import', () => {
				lightsail.put(place, made({ tags }));
				importing.abort.abort();
				return refuses(aFailure('tagsMissing', { operation: 'TagResource' }))();
			});
			lightsail.next('find', answers(undefined), answers(made({ tags: {} })));
			const outcome = await one({ tags });

			assert.ok(outcome.status === 'imported');
			assert.deepEqual([outcome.tagFailure, outcome.keyPair.tags], [undefined, tags]);
		});

		it('says that they are missing when it was cancelled before they were sent', async () => {
			lightsail.next('import', () => {
				lightsail.put(place, made());
				importing.abort.abort();
				return refuses(aFailure('tagsMissing', { operation: 'TagResource' }))();
			});
			const outcome = await one({ tags });

			assert.ok(outcome.status === 'imported');
			assert.deepEqual([outcome.tagFailure?.kind, outcome.keyPair.tags], ['cancelled', {}]);
		});

		it('is imported without tags also where the key pair can not be seen', async () => {
			const tagsMissing = aFailure('tagsMissing', { operation: 'TagResource', requestId: 'r-2' });
			lightsail.next('import', refuses(tagsMissing));
			lightsail.next('find', answers(undefined), refuses(aFailure('notPermitted')));
			const outcome = await one({ tags });

			assert.ok(outcome.status === 'imported');
			assert.deepEqual(outcome.keyPair, { name: 'mel', publicKey: mel.publicKey });
			assert.deepEqual(outcome.tagFailure, tagsMissing);
		});

		it('finds out that they were set although no answer said so', async () => {
			doesInSilence();
			lightsail.next('changeTags', ...times(6, doesBut(aDoubt('timedOut'))));
			const outcome = await one({ tags });

			assert.ok(outcome.status === 'imported');
			assert.deepEqual([outcome.tagFailure, outcome.keyPair.tags], [undefined, tags]);
		});

		it('says for certain that they were not set when that can be seen', async () => {
			doesInSilence();
			lightsail.next('changeTags', ...times(6, refuses(aDoubt('timedOut'))));
			const outcome = await one({ tags });

			assert.ok(outcome.status === 'imported');
			assert.deepEqual([outcome.tagFailure?.kind, outcome.tagFailure?.outcomeUnknown], ['timedOut', false]);
		});

		it('tries again when that fails in passing', async () => {
			doesInSilence();
			lightsail.next('changeTags', refuses(throttled), refuses(aDoubt('timedOut')));
			const outcome = await one({ tags });

			assert.ok(outcome.status === 'imported');
			assert.equal(outcome.tagFailure, undefined);
			assert.deepEqual(lightsail.existing(place)[0]?.tags, tags);
		});
	});
});
