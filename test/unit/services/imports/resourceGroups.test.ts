import assert from 'node:assert/strict';
import { ResourceGroups } from '../../../../src/services/imports/resourceGroups';
import { FakeClock } from '../../../fakes/clock';
import { aFailure } from '../../../fakes/failures';
import { memoryLog } from '../../../fakes/log';
import { answers, FakeProvider, refuses } from '../../../fakes/provider';
import { fakeProviders } from '../../../fakes/vendors';

describe('ResourceGroups', () => {
	const groups = [
		{ id: 'rg-1', name: 'default' },
		{ id: 'rg-2', name: 'team' },
	];
	let provider: FakeProvider;
	let resourceGroups: ResourceGroups;

	beforeEach(() => {
		provider = new FakeProvider(new FakeClock(), { service: 'ec2' });
		resourceGroups = new ResourceGroups(fakeProviders([provider]), memoryLog());
	});

	it('are listed once for a profile, and known then', async () => {
		provider.next('resourceGroups', answers(groups));
		assert.equal(resourceGroups.known('hangzhou', 'ec2'), undefined);
		const [first, second] = await Promise.all([
			resourceGroups.list('hangzhou', 'ec2'),
			resourceGroups.list('hangzhou', 'ec2'),
		]);
		assert.deepEqual(first, { groups });
		assert.equal(first, second);
		assert.deepEqual(resourceGroups.known('hangzhou', 'ec2'), { groups });
		assert.deepEqual(provider.calls, ['resourceGroups hangzhou']);
	});

	it('are asked for each profile by itself', async () => {
		await resourceGroups.list('a', 'ec2');
		await resourceGroups.list('b', 'ec2');
		assert.deepEqual(provider.calls, ['resourceGroups a', 'resourceGroups b']);
	});

	it('come with the reason when they can not be listed', async () => {
		const failure = aFailure('notPermitted', { action: 'resourcemanager:ListResourceGroups' });
		provider.next('resourceGroups', refuses(failure));
		assert.deepEqual(await resourceGroups.list('hangzhou', 'ec2'), { failure });
		assert.deepEqual(resourceGroups.known('hangzhou', 'ec2'), { failure });
	});

	it('are asked for again after a failure', async () => {
		provider.next('resourceGroups', refuses(aFailure('unreachable')), answers(groups));
		await resourceGroups.list('hangzhou', 'ec2');
		assert.deepEqual(await resourceGroups.list('hangzhou', 'ec2'), { groups });
	});

	it('never reject: an unforeseen failure is logged', async () => {
		const log = memoryLog();
		const broken = new ResourceGroups(fakeProviders([]), log);
		const listing = await broken.list('hangzhou', 'ec2');
		assert.equal('failure' in listing && listing.failure.kind, 'unknown');
		assert.equal(log.lines.length, 1);
	});
});
