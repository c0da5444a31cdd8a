import assert from 'node:assert/strict';
import type { Target } from '../../../../src/domain/target';
import { ec2Rules } from '../../../../src/providers/aws/rules';
import { importKey } from '../../../../src/services/imports/importKey';
import type { TargetOutcome } from '../../../../src/services/imports/keyImport';
import { aFailure } from '../../../fakes/failures';
import { aKeyPair, aPublicKey, keyLines } from '../../../fakes/keys';
import { FakeProvider, gate, hangs, refuses } from '../../../fakes/provider';
import { aServiceManifest, aVendor, fakeProviders } from '../../../fakes/vendors';
import { assertFailed, assertOutcome, here, Importing, serviceFailure, settled, there } from './importing';

const region = (name: string): Target => ({ service: 'ec2', profile: 'prod', region: name });

describe('importKey', () => {
	let importing: Importing;
	beforeEach(() => {
		importing = new Importing();
	});

	describe('one target', () => {
		it('imports the key and hands the new key pair on', async () => {
			const outcome = await importing.one({ tags: { team: 'core' } });

			assert.equal(outcome.status, 'imported');
			assert.deepEqual(outcome.target, here);
			assert.deepEqual(outcome.keyPair, importing.ec2.existing(here)[0]);
			assert.deepEqual(importing.ec2.calls, ['import us-east-1']);
		});

		it('sends type and base64 without the comment, and name, tags and dry run as they are', async () => {
			const key = aPublicKey(keyLines.deploy);
			await importing.one({ key, keyName: 'deploy', tags: { team: 'core' } });

			assert.deepEqual(importing.ec2.imports, [
				{ keyName: 'deploy', publicKey: key.publicKey, tags: { team: 'core' }, dryRun: false },
			]);
			assert.doesNotMatch(key.publicKey, /deploy/);
		});

		it('says what the service refused, without a second call', async () => {
			importing.ec2.next('import', refuses(aFailure('notPermitted', { action: 'ec2:ImportKeyPair' })));
			const outcome = await importing.one();

			assert.deepEqual(serviceFailure(outcome), {
				by: 'service',
				failure: aFailure('notPermitted', { action: 'ec2:ImportKeyPair' }),
			});
			assert.deepEqual(importing.ec2.calls, ['import us-east-1']);
		});
	});

	describe('rules', () => {
		for (const [what, request, code] of [
			['a type that the service does not take', { key: aPublicKey(keyLines.ecdsa) }, 'keyTypeRefused'],
			['an empty name', { keyName: '' }, 'nameEmpty'],
			['a name with characters that the service does not take', { keyName: 'schlüssel' }, 'nameCharacters'],
			['a tag of the vendor', { tags: { 'aws:team': 'core' } }, 'tagKeyReserved'],
		] as const) {
			it(`refuses ${what} before any call`, async () => {
				const outcome = await importing.one(request);

				assert.equal(outcome.status, 'failed');
				assert.ok(outcome.failure.by === 'rules');
				assert.deepEqual(
					outcome.failure.problems.map((problem) => problem.code),
					[code],
				);
				assert.deepEqual(importing.ec2.calls, []);
				assert.equal(importing.providers.asked.size, 0, 'not even the bundle is loaded');
			});
		}

		it('tells of every broken rule at once', async () => {
			const outcome = await importing.one({ key: aPublicKey(keyLines.ecdsa), keyName: ' mel', tags: { '': '' } });

			assert.ok(outcome.status === 'failed' && outcome.failure.by === 'rules');
			assert.deepEqual(
				outcome.failure.problems.map(({ code }) => code),
				['keyTypeRefused', 'nameOuterSpace', 'tagKeyEmpty'],
			);
		});

		it('lets through what a rule only warns of', async () => {
			const rules = { ...ec2Rules, keyTypes: { 'ssh-ed25519': 'undocumented' } } as const;
			const vendor = aVendor({ services: [aServiceManifest({ rules })] });
			const context = { ...importing, providers: fakeProviders([importing.ec2], [vendor]) };
			const request = { key: aPublicKey(), keyName: 'mel', tags: {}, dryRun: false, ifExists: 'keep' } as const;
			const [outcome] = await importKey({ ...request, targets: [here] }, context, importing.abort.signal);

			assert.equal(outcome?.status, 'imported');
		});

		it('checks each target by the rules of its own service', async () => {
			const lightsail = new FakeProvider(importing.clock, { service: 'lightsail' });
			const rules = { ...ec2Rules, keyTypes: { 'ssh-rsa': 'accepted' } } as const;
			const services = [aServiceManifest(), aServiceManifest({ service: 'lightsail', rules })];
			const providers = fakeProviders([importing.ec2, lightsail], [aVendor({ services })]);
			const request = { key: aPublicKey(), keyName: 'mel', tags: {}, dryRun: false, ifExists: 'keep' } as const;
			const targets = [here, { ...here, service: 'lightsail' }] as const;
			const outcomes = await importKey({ ...request, targets }, { ...importing, providers }, importing.abort.signal);

			assert.deepEqual(
				outcomes.map(({ status }) => status),
				['imported', 'failed'],
			);
			assert.deepEqual(lightsail.calls, []);
		});
	});

	describe('dry run', () => {
		it('is permitted when the service says so, and nothing is there afterwards', async () => {
			assertOutcome(await importing.one({ dryRun: true }), here, 'permitted');
			assert.deepEqual(importing.ec2.existing(here), []);
			assert.deepEqual(
				importing.ec2.imports.map(({ dryRun }) => dryRun),
				[true],
			);
		});

		it('fails when it is not permitted', async () => {
			importing.ec2.next('import', refuses(aFailure('notPermitted')));
			assertFailed(await importing.one({ dryRun: true }), 'notPermitted');
		});

		it('does not look for a key pair when no answer comes: none can be there', async () => {
			importing.ec2.next('import', refuses(aFailure('timedOut')));
			assertFailed(await importing.one({ dryRun: true }), 'timedOut');
			assert.deepEqual(importing.ec2.calls, ['import us-east-1']);
		});

		it('never deletes the key pair that is to be replaced', async () => {
			importing.ec2.put(here, aKeyPair({}, aPublicKey(keyLines.ops)));
			importing.ec2.next('import', refuses(aFailure('nameTaken')));
			assertFailed(await importing.one({ dryRun: true, ifExists: 'replace' }), 'nameTaken');
			assert.deepEqual(importing.keysHere(), { mel: aPublicKey(keyLines.ops).publicKey });
		});
	});

	describe('many targets', () => {
		const regions = Array.from({ length: 34 }, (_, index) => region(`region-${index}`));

		it('tells outcomes in the order of the targets, whichever answers first', async () => {
			const slow = gate();
			importing.ec2.nextIn('region-0', 'import', slow.waits);
			const answered: (string | undefined)[] = [];
			const running = importing.all([region('region-0'), region('region-1')], {}, ({ target }) => {
				answered.push(target.region);
				slow.open();
			});

			assert.deepEqual(
				(await running).map(({ target }) => target.region),
				['region-0', 'region-1'],
			);
			assert.deepEqual(answered, ['region-1', 'region-0']);
		});

		it('tells of each target once, as soon as it is answered', async () => {
			const slow = gate();
			importing.ec2.nextIn('region-7', 'import', slow.waits);
			const told: TargetOutcome[] = [];
			const running = importing.all(regions, {}, (outcome) => told.push(outcome));
			await settled();
			assert.equal(told.length, 33);
			slow.open();
			const outcomes = await running;

			assert.deepEqual(new Set(told), new Set(outcomes));
			assert.equal(told.length, 34);
		});

		it('imports into all regions of a partition although every other one hangs', async () => {
			for (const [index, target] of regions.entries()) {
				if (index % 2 === 0) {
					importing.ec2.nextIn(target.region, 'import', hangs);
				}
			}
			const told: TargetOutcome[] = [];
			const running = importing.all(regions, {}, (outcome) => told.push(outcome));
			await settled();

			assert.equal(told.length, 17);
			assert.ok(told.every(({ status }) => status === 'imported'));
			importing.abort.abort();
			assert.equal((await running).filter(({ status }) => status === 'cancelled').length, 17);
		});

		it('does not make Node warn of a leak', async () => {
			const warnings: Error[] = [];
			const listener = (warning: Error): void => void warnings.push(warning);
			process.on('warning', listener);
			importing.ec2.next('import', ...regions.map(() => hangs));
			const running = importing.all(regions);
			await settled();
			importing.abort.abort();
			await running;
			process.off('warning', listener);
			assert.deepEqual(warnings, []);
		});

		it('goes on in the others when one fails', async () => {
			importing.ec2.nextIn('region-0', 'import', refuses(aFailure('notPermitted')));
			const outcomes = await importing.all(regions.slice(0, 3));

			assert.deepEqual(
				outcomes.map(({ status }) => status),
				['failed', 'imported', 'imported'],
			);
		});

		it('goes on in the others when one meets a bug, which is logged and told as a failure', async () => {
			importing.ec2.nextIn('us-east-1', 'import', () => {
				throw new TypeError('a bug');
			});
			const [bug, other] = await importing.all([here, there]);

			assert.ok(bug && other);
			assertFailed(bug, 'unknown', true);
			assert.equal(other.status, 'imported');
			assert.deepEqual(importing.log.lines.slice(0, 1), ['error: Unforeseen failure at ec2/prod/us-east-1']);
		});

		it('says that nothing was done when the bundle of a vendor can not be loaded', async () => {
			const outcome = await importKey(
				{ key: aPublicKey(), keyName: 'mel', tags: {}, dryRun: false, ifExists: 'keep', targets: [here] },
				{ ...importing, providers: fakeProviders([]) },
				importing.abort.signal,
			);

			assertFailed(outcome[0] ?? assert.fail(), 'unknown', false);
		});

		it('goes on in the others when a service is not known', async () => {
			const [unknown, other] = await importing.all([{ service: 'ens', profile: 'prod' }, here]);

			assertFailed(unknown ?? assert.fail(), 'unknown', false);
			assert.equal(other?.status, 'imported');
		});

		it('holds back what goes beyond forty at a time for one profile, and not another profile', async () => {
			const slow = gate();
			const many = Array.from({ length: 45 }, (_, index) => region(`many-${index}`));
			importing.ec2.next('import', ...many.slice(0, 40).map(() => slow.waits));
			const running = importing.all([...many, { ...here, profile: 'other' }]);
			await settled();
			assert.equal(importing.ec2.calls.length, 41);
			slow.open();
			await running;
			assert.equal(importing.ec2.calls.length, 46);
		});

		it('imports once into a target that is named twice', async () => {
			const told: TargetOutcome[] = [];
			const outcomes = await importing.all([here, there, here], { ifExists: 'fail' }, (outcome) => told.push(outcome));

			assert.deepEqual(
				outcomes.map(({ status, target }) => [status, target.region]),
				[
					['imported', 'us-east-1'],
					['imported', 'eu-west-1'],
					['imported', 'us-east-1'],
				],
			);
			assert.equal(told.length, 2);
		});

		it('does nothing for no targets', async () => {
			assert.deepEqual(await importing.all([]), []);
		});

		it('logs each outcome with its target, and neither key nor name', async () => {
			await importing.all([here, there]);
			assert.deepEqual(importing.log.lines, [
				'info: Import into ec2/prod/us-east-1: imported',
				'info: Import into ec2/prod/eu-west-1: imported',
			]);
		});
	});

	describe('cancelling', () => {
		it('before the start does nothing at all', async () => {
			importing.abort.abort();
			const outcomes = await importing.all([here, there]);

			assertOutcome(outcomes[0], here, 'cancelled', 0);
			assertOutcome(outcomes[1], there, 'cancelled', 0);
			assert.deepEqual(importing.ec2.calls, []);
		});

		it('still tells first of what the rules refuse', async () => {
			importing.abort.abort();
			assert.equal((await importing.one({ keyName: '' })).status, 'failed');
		});

		it('leaves those that wait for their turn undone', async () => {
			const many = Array.from({ length: 42 }, (_, index) => region(`many-${index}`));
			importing.ec2.next('import', ...many.slice(0, 40).map(() => hangs));
			const running = importing.all(many);
			await settled();
			importing.abort.abort();

			assert.ok((await running).every(({ status }) => status === 'cancelled'));
			assert.equal(importing.ec2.imports.length, 40);
		});

		it('keeps what is imported already', async () => {
			importing.ec2.nextIn('eu-west-1', 'import', hangs);
			const running = importing.all([here, there]);
			await settled();
			importing.abort.abort();

			assert.deepEqual(
				(await running).map(({ status }) => status),
				['imported', 'cancelled'],
			);
		});

		it('after the end changes nothing', async () => {
			const outcome = await importing.one();
			importing.abort.abort();
			assert.equal(outcome.status, 'imported');
		});

		it('counts giving up a question, such as for an MFA code, as cancelled', async () => {
			importing.ec2.next('import', refuses(aFailure('cancelled')));
			assertOutcome(await importing.one(), here, 'cancelled');
		});

		it('says that the name is taken when that answer came first', async () => {
			const existing = aKeyPair({}, aPublicKey(keyLines.ops));
			importing.ec2.next('find', () => {
				importing.abort.abort();
				return existing;
			});
			importing.ec2.next('import', refuses(aFailure('nameTaken')));
			assertFailed(await importing.one(), 'nameTaken');
		});
	});
});
