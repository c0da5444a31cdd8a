import assert from 'node:assert/strict';
import { parsePublicKeys } from '../../../../src/domain/parsePublicKeys';
import type { Target } from '../../../../src/domain/target';
import {
	checkPermission,
	type PermissionCheck,
	type PermissionRequest,
} from '../../../../src/services/imports/checkPermission';
import { aFailure } from '../../../fakes/failures';
import { aKeyPair, aPublicKey, keyLines } from '../../../fakes/keys';
import { FakeProvider, hangs, refuses } from '../../../fakes/provider';
import { aServiceManifest, aVendor, fakeProviders } from '../../../fakes/vendors';
import { here, Importing, settled, there } from './importing';

const lightsail: Target = { service: 'lightsail', profile: 'prod', region: 'us-east-1' };

describe('checkPermission', () => {
	let importing: Importing;
	let unasked: FakeProvider;
	beforeEach(() => {
		importing = new Importing();
		unasked = new FakeProvider(importing.clock, { service: 'lightsail' });
	});

	function check(
		targets: readonly Target[],
		request: Partial<PermissionRequest> = {},
		done?: (check: PermissionCheck) => void,
	): Promise<readonly PermissionCheck[]> {
		const { capabilities } = aServiceManifest();
		const services = [
			aServiceManifest(),
			aServiceManifest({ service: 'lightsail', capabilities: { ...capabilities, dryRun: false } }),
		];
		const providers = fakeProviders([importing.ec2, unasked], [aVendor({ services })]);
		return checkPermission({ ...request, targets }, { ...importing, providers }, importing.abort.signal, done);
	}

	const mel = { key: aPublicKey(), keyName: 'mel', tags: { team: 'core' } };

	it('is permitted when the service says so, and changes nothing', async () => {
		assert.deepEqual(await check([here], { import: mel }), [{ target: here, status: 'permitted' }]);
		const asked = { keyName: 'mel', publicKey: mel.key.publicKey, tags: mel.tags, dryRun: true };
		assert.deepEqual(importing.ec2.imports, [asked]);
		assert.deepEqual(importing.ec2.existing(here), []);
	});

	it('begins a few at a time, so that other work comes in between', async () => {
		const many = Array.from({ length: 30 }, (_, index): Target => ({ ...here, region: `region-${index}` }));
		const running = check(many);
		await new Promise((resolve) => setImmediate(resolve));
		assert.ok(importing.ec2.calls.length <= 6, `${importing.ec2.calls.length} at once`);
		await running;
		assert.equal(importing.ec2.calls.length, 30);
	});

	it('asks about a key of nobody where none is given', async () => {
		await check([here]);
		const [asked] = importing.ec2.imports;
		assert.equal(asked?.dryRun, true);
		const [key] = parsePublicKeys(asked.publicKey).keys;
		assert.deepEqual([key?.type, asked.keyName, asked.tags], ['ssh-ed25519', 'cloud-key-pairs-permission-check', {}]);
	});

	it('is denied with the action that is missing, and the others go on', async () => {
		const denied = aFailure('notPermitted', { action: 'ec2:CreateTags' });
		importing.ec2.nextIn('us-east-1', 'import', refuses(denied));
		const checks = await check([here, there], { import: mel });

		assert.deepEqual(checks, [
			{
				target: here,
				status: 'denied',
				action: 'ec2:CreateTags',
				failure: { by: 'service', failure: { ...here, ...denied } },
			},
			{ target: there, status: 'permitted' },
		]);
	});

	it('asks by another name when the name is taken, which says nothing of the permission', async () => {
		importing.ec2.next('import', refuses(aFailure('nameTaken')));
		const [permitted] = await check([here], { import: mel });
		assert.equal(permitted?.status, 'permitted');
		assert.deepEqual(
			importing.ec2.imports.map(({ keyName, dryRun }) => [keyName, dryRun]),
			[
				['mel', true],
				['cloud-key-pairs-permission-check', true],
			],
		);
	});

	it('only lists where the service can not be asked, and says that no more is known', async () => {
		unasked.put(lightsail, aKeyPair());
		assert.deepEqual(await check([lightsail]), [{ target: lightsail, status: 'readOnlyKnown' }]);
		assert.deepEqual(unasked.calls, ['list us-east-1']);
	});

	it('is denied where the service can not be asked and not even listing is permitted', async () => {
		unasked.next('list', refuses(aFailure('notPermitted', { action: 'lightsail:GetKeyPairs' })));
		const [denied] = await check([lightsail]);
		assert.deepEqual([denied?.status, denied?.action], ['denied', 'lightsail:GetKeyPairs']);
	});

	it('fails before any call when the rules refuse the key', async () => {
		const [failed] = await check([here], { import: { ...mel, key: aPublicKey(keyLines.ecdsa) } });
		assert.equal(failed?.status, 'failed');
		assert.deepEqual(failed.failure?.by, 'rules');
		assert.deepEqual(importing.ec2.calls, []);
	});

	it('fails when nothing can be known', async () => {
		importing.ec2.next('import', refuses(aFailure('signInExpired')));
		const [failed] = await check([here]);
		assert.equal(failed?.status, 'failed');
		assert.ok(failed.failure?.by === 'service' && failed.failure.failure.kind === 'signInExpired');
	});

	it('asks again when the service throttles', async () => {
		importing.ec2.next('import', refuses(aFailure('throttled', { retryable: true })));
		const [permitted] = await check([here]);
		assert.equal(permitted?.status, 'permitted');
	});

	it('tells of each target as soon as it is known, and fails those that are cancelled', async () => {
		importing.ec2.nextIn('us-east-1', 'import', hangs);
		const told: PermissionCheck[] = [];
		const running = check([here, there], {}, (one) => told.push(one));
		await settled();
		assert.deepEqual(told, [{ target: there, status: 'permitted' }]);
		importing.abort.abort();
		const [cancelled] = await running;
		assert.equal(cancelled?.status, 'failed');
		assert.ok(cancelled.failure?.by === 'service' && cancelled.failure.failure.kind === 'cancelled');
	});

	it('goes on in the others when one meets a bug', async () => {
		importing.ec2.nextIn('us-east-1', 'import', () => {
			throw new TypeError('a bug');
		});
		const checks = await check([here, there]);
		assert.deepEqual(
			checks.map(({ status }) => status),
			['failed', 'permitted'],
		);
		assert.deepEqual(importing.log.lines.slice(0, 1), ['error: Unforeseen failure at ec2/prod/us-east-1']);
	});
});
