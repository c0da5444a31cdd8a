import assert from 'node:assert/strict';
import type { Profile } from '../../../../src/domain/profile';
import type { Target } from '../../../../src/domain/target';
import { ensRules } from '../../../../src/providers/alibaba/rules';
import type { VendorManifest } from '../../../../src/providers/contract';
import { ProviderError } from '../../../../src/providers/failure';
import { RemoteKeys } from '../../../../src/services/cloudKeys/remoteKeys';
import {
	type CatalogOptions,
	choosable,
	isLocked,
	TargetCatalog,
	type TargetGroup,
} from '../../../../src/services/imports/targetCatalog';
import { Profiles } from '../../../../src/services/profiles/profiles';
import { FakeClock } from '../../../fakes/clock';
import { aFailure } from '../../../fakes/failures';
import { aPublicKey, keyLines } from '../../../fakes/keys';
import { memoryLog } from '../../../fakes/log';
import { answers, FakeProvider, gate, hangs, refuses } from '../../../fakes/provider';
import { anEnvironment, aProfile, aServiceManifest, aVendor, fakeProviders } from '../../../fakes/vendors';

/** A vendor with a service without regions, beside AWS. */
function alibaba(profiles: readonly Profile[]): VendorManifest {
	const { capabilities } = aServiceManifest();
	const ens = aServiceManifest({
		service: 'ens',
		vendor: 'alibaba',
		label: 'ENS',
		capabilities: { ...capabilities, regions: false, tags: false, dryRun: false },
		rules: ensRules,
	});
	return aVendor({ vendor: 'alibaba', label: 'Alibaba Cloud', services: [ens], profiles: async () => profiles });
}

class Scene {
	readonly provider: FakeProvider;
	readonly remoteKeys: RemoteKeys;
	readonly context: Parameters<typeof TargetCatalog.open>[0];

	constructor(profiles: readonly Profile[], others: readonly VendorManifest[] = []) {
		const clock = new FakeClock();
		this.provider = new FakeProvider(clock);
		const vendors = [aVendor({ profiles: async () => profiles }), ...others];
		const providers = fakeProviders([this.provider, new FakeProvider(clock, { service: 'ens' })], vendors);
		this.remoteKeys = new RemoteKeys(providers, clock, memoryLog());
		const watch = () => ({ dispose() {} });
		this.context = { providers, remoteKeys: this.remoteKeys, profiles: new Profiles(providers, anEnvironment, watch) };
	}

	open(options?: CatalogOptions): Promise<TargetCatalog> {
		return TargetCatalog.open(this.context, options);
	}
}

const regionsOf = (group: TargetGroup | undefined) => group?.targets.map(({ target }) => target.region);
const chosenFrom = (group: TargetGroup) => choosable(group).map(({ target }) => target.region);

describe('TargetCatalog', () => {
	it('has one group for each profile and service, with the own region before any call', async () => {
		const scene = new Scene([aProfile({ name: 'a' }), aProfile({ name: 'b', region: 'eu-west-1' })]);
		const { groups } = await scene.open();
		assert.deepEqual(
			groups.map((group) => [group.profile.name, group.manifest.label, group.state, regionsOf(group)]),
			[
				['a', 'EC2', 'asking', ['us-east-1']],
				['b', 'EC2', 'asking', ['eu-west-1']],
			],
		);
		assert.deepEqual(scene.provider.calls, []);
	});

	it('has all regions once they are listed: the own one first, those that can not be chosen last with the reason', async () => {
		const scene = new Scene([aProfile({ region: 'us-east-1' })]);
		const regions = [
			{ name: 'ap-east-1', usable: false, reason: 'notOptedIn' as const },
			{ name: 'eu-west-1', usable: true },
			{ name: 'us-east-1', usable: true },
		];
		scene.provider.next('regions', answers(regions));
		const catalog = await scene.open();
		await catalog.listQuietly();
		const [group] = catalog.groups;
		assert.ok(group);
		assert.equal(group.state, 'whole');
		assert.deepEqual(
			group.targets.map(({ target, isOwn, refusal }) => [target.region, isOwn, refusal]),
			[
				['us-east-1', true, undefined],
				['eu-west-1', false, undefined],
				['ap-east-1', false, 'notOptedIn'],
			],
		);
		assert.deepEqual(chosenFrom(group), ['us-east-1', 'eu-west-1']);
	});

	it('asks for no list that may put a question to the person, until it is asked to', async () => {
		const scene = new Scene([
			aProfile({ name: 'mfa', kind: 'assumedRole', mayAsk: true }),
			aProfile({ name: 'script', kind: 'process' }),
			aProfile({ name: 'sso', kind: 'sso' }),
		]);
		const catalog = await scene.open();
		await catalog.listQuietly();
		assert.deepEqual(scene.provider.calls, ['regions sso']);
		assert.deepEqual(
			catalog.groups.map(({ state }) => state),
			['notAsked', 'notAsked', 'whole'],
		);
		await catalog.list(catalog.groups[0]?.id ?? '');
		assert.deepEqual(scene.provider.calls, ['regions sso', 'regions mfa']);
		assert.equal(catalog.groups[0]?.state, 'whole');
		// Its credentials are there now: the next form need not wait to be asked.
		assert.equal((await scene.open()).groups[0]?.state, 'whole');
	});

	it('shows each group when its own answer comes, and lists eight at a time', async () => {
		const profiles = Array.from({ length: 20 }, (_, at) => aProfile({ name: `p${at}` }));
		const scene = new Scene(profiles);
		const held = gate();
		scene.provider.next('regions', ...profiles.map(() => held.waits));
		const catalog = await scene.open();
		const told: string[] = [];
		catalog.onDidChange(({ profile, state }) => state === 'whole' && told.push(profile.name));
		const listing = catalog.listQuietly();
		await new Promise((resolve) => setImmediate(resolve));
		assert.equal(scene.provider.calls.length, 8);
		held.open();
		await listing;
		assert.equal(scene.provider.calls.length, 20);
		assert.deepEqual(told.sort(), profiles.map(({ name }) => name).sort());
	});

	it('offers the own region of a profile that may not list regions', async () => {
		const scene = new Scene([aProfile({ region: 'eu-west-1' })]);
		scene.provider.next('regions', refuses(aFailure('notPermitted', { action: 'ec2:DescribeRegions' })));
		const catalog = await scene.open();
		await catalog.listQuietly();
		const [group] = catalog.groups;
		assert.ok(group);
		assert.equal(group.state, 'failed');
		assert.deepEqual(chosenFrom(group), ['eu-west-1']);
	});

	it('offers nothing of a profile that is signed out, and its regions once it is signed in', async () => {
		const scene = new Scene([aProfile({ kind: 'sso' })]);
		scene.provider.next('regions', refuses(aFailure('signInExpired')));
		const catalog = await scene.open();
		await catalog.listQuietly();
		const [group] = catalog.groups;
		assert.ok(group);
		assert.ok(isLocked(group));
		assert.deepEqual(chosenFrom(group), []);
		await scene.remoteKeys.forget(group.profile.name);
		await catalog.list(group.id);
		assert.deepEqual(catalog.groups.map(chosenFrom), [['us-east-1', 'eu-west-1']]);
	});

	it('goes on offering the own region where the network failed', async () => {
		const scene = new Scene([aProfile()]);
		scene.provider.next('regions', refuses(aFailure('timedOut', { retryable: true })));
		const catalog = await scene.open();
		await catalog.listQuietly();
		assert.deepEqual(catalog.groups.map(chosenFrom), [['us-east-1']]);
	});

	it('has one target for a service without regions, and makes no call for it', async () => {
		const hangzhou = aProfile({ vendor: 'alibaba', name: 'hangzhou', region: 'cn-hangzhou' });
		const scene = new Scene([], [alibaba([hangzhou])]);
		const catalog = await scene.open();
		await catalog.listQuietly();
		assert.deepEqual(
			catalog.groups.map(({ state, targets }) => [state, targets.map(({ target }) => target)]),
			[['whole', [{ service: 'ens', profile: 'hangzhou' }]]],
		);
		assert.deepEqual(scene.provider.calls, []);
	});

	it('offers no target of a service that does not take the key, and lists none', async () => {
		const hangzhou = aProfile({ vendor: 'alibaba', name: 'hangzhou' });
		const scene = new Scene([aProfile()], [alibaba([hangzhou])]);
		const catalog = await scene.open({ key: aPublicKey(keyLines.mel) });
		await catalog.listQuietly();
		assert.deepEqual(
			catalog.groups.map(({ manifest, refused }) => [manifest.label, refused?.code]),
			[
				['EC2', undefined],
				['ENS', 'keyTypeRefused'],
			],
		);
	});

	it('tells broken profiles and vendors apart from what can be chosen', async () => {
		const failure = aFailure('configuration', { file: '/home/mel/.aliyun/config.json', line: 3 });
		const broken = aVendor({
			vendor: 'alibaba',
			services: [],
			profiles: () => Promise.reject(new ProviderError(failure)),
		});
		const cycle = aProfile({ name: 'cycle', kind: 'broken', problem: 'cycle' });
		const catalog = await new Scene([aProfile(), cycle], [broken]).open();
		assert.deepEqual(
			catalog.groups.map(({ profile }) => profile.name),
			['prod'],
		);
		assert.deepEqual(catalog.broken, [cycle]);
		assert.deepEqual(
			catalog.failures.map((failed) => failed.failure),
			[failure],
		);
	});

	it('puts wanted targets first, also those whose regions are not listed yet', async () => {
		const scene = new Scene(['a', 'b', 'c'].map((name) => aProfile({ name })));
		const wanted: Target = { service: 'ec2', profile: 'c', region: 'sa-east-1' };
		const { groups } = await scene.open({
			wanted: [wanted],
			expected: [
				{ service: 'ec2', profile: 'a', region: 'eu-west-2' },
				{ service: 'ec2', profile: 'b', region: '*' },
			],
		});
		assert.deepEqual(
			groups.map((group) => [group.profile.name, regionsOf(group)]),
			[
				['c', ['us-east-1', 'sa-east-1']],
				['a', ['us-east-1', 'eu-west-2']],
				['b', ['us-east-1']],
			],
		);
	});

	it('is limited to a profile and a service where that is asked for', async () => {
		const scene = new Scene([aProfile({ name: 'a' }), aProfile({ name: 'b' })]);
		const { groups } = await scene.open({ scope: { profile: aProfile({ name: 'b' }), service: 'ec2' } });
		assert.deepEqual(
			groups.map(({ profile }) => profile.name),
			['b'],
		);
		const none = await scene.open({ scope: { profile: aProfile({ name: 'b' }), service: 'lightsail' } });
		assert.deepEqual(none.groups, []);
	});

	it('starts no further call once it is not needed any more', async () => {
		const profiles = Array.from({ length: 9 }, (_, at) => aProfile({ name: `p${at}` }));
		const scene = new Scene(profiles);
		const held = gate();
		scene.provider.next('regions', ...profiles.map(() => held.waits));
		const catalog = await scene.open();
		const listing = catalog.listQuietly();
		await new Promise((resolve) => setImmediate(resolve));
		catalog.dispose();
		held.open();
		await listing;
		assert.equal(scene.provider.calls.length, 8);
	});

	it('does not wait for a slow profile to show another one', async () => {
		const scene = new Scene([aProfile({ name: 'slow' }), aProfile({ name: 'quick' })]);
		scene.provider.next('regions', hangs);
		const catalog = await scene.open();
		const quick = new Promise<void>((resolve) => {
			catalog.onDidChange(({ profile, state }) => profile.name === 'quick' && state === 'whole' && resolve());
		});
		void catalog.listQuietly();
		await quick;
		assert.deepEqual(
			catalog.groups.map(({ state }) => state),
			['asking', 'whole'],
		);
		scene.remoteKeys.dispose();
	});
});
