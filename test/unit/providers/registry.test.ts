import assert from 'node:assert/strict';
import type { Service } from '../../../src/domain/target';
import { loadedProvider, loadProvider, serviceManifest, vendors } from '../../../src/providers/registry';
import { AwsHome, testDependencies } from './aws/awsHome';

describe('The registry of providers', () => {
	let home: AwsHome;
	beforeEach(async () => {
		home = await AwsHome.create();
	});
	afterEach(() => home.remove());

	it('has the facts of each service without loading anything', () => {
		assert.deepEqual(
			vendors.map(({ vendor, label, services }) => [vendor, label, services.map(({ service }) => service)]),
			[
				['aws', 'AWS', ['ec2', 'lightsail']],
				['alibaba', 'Alibaba Cloud', ['ecs', 'ens']],
			],
		);
		const { label, vendor, rules, capabilities, errorPage } = serviceManifest('ec2');
		assert.deepEqual([label, vendor], ['EC2', 'aws']);
		assert.equal(rules.keyTypes['ssh-ed25519'], 'accepted');
		assert.deepEqual(capabilities, {
			dryRun: true,
			tags: true,
			regions: true,
			publicKeyReadable: true,
			resourceGroups: false,
			create: { types: ['rsa', 'ed25519'], formats: ['pem', 'ppk'] },
		});
		assert.equal(new URL(errorPage('InvalidKey.Format')).hostname, 'docs.aws.amazon.com');
	});

	it('says what Lightsail can do, and where its errors are explained', () => {
		const { label, vendor, capabilities, errorPage } = serviceManifest('lightsail');
		assert.deepEqual([label, vendor], ['Lightsail', 'aws']);
		assert.deepEqual(capabilities, {
			dryRun: false,
			tags: true,
			regions: true,
			publicKeyReadable: false,
			resourceGroups: false,
			create: { types: ['rsa'], formats: ['pem'] },
		});
		const pages = 'https://docs.aws.amazon.com/lightsail/2016-11-28/api-reference';
		for (const code of [undefined, 'NameExists', 'ServiceException']) {
			assert.equal(errorPage(code), `${pages}/API_ImportKeyPair.html#API_ImportKeyPair_Errors`);
		}
		assert.equal(errorPage('ThrottlingException'), `${pages}/CommonErrors.html`);
	});

	it('says what ECS and ENS can do, and where their errors are explained', () => {
		const [ecs, ens] = [serviceManifest('ecs'), serviceManifest('ens')];
		assert.deepEqual([ecs.label, ecs.vendor, ens.label, ens.vendor], ['ECS', 'alibaba', 'ENS', 'alibaba']);
		const create = { types: ['rsa'], formats: ['pem'] };
		const all = { tags: true, regions: true, publicKeyReadable: true, resourceGroups: true };
		const none = { tags: false, regions: false, publicKeyReadable: false, resourceGroups: false };
		assert.deepEqual(ecs.capabilities, { dryRun: false, ...all, create });
		assert.deepEqual(ens.capabilities, { dryRun: false, ...none, create });
		assert.deepEqual(Object.keys(ens.rules.keyTypes), ['ssh-rsa']);
		assert.equal(ens.rules.tags, undefined);
		for (const { errorPage } of [ecs, ens]) {
			assert.equal(new URL(errorPage(undefined)).hostname, 'api.alibabacloud.com');
			assert.equal(new URL(errorPage('InvalidParameter.&x')).searchParams.get('q'), 'InvalidParameter.&x');
		}
	});

	it('tries again after a bundle could not be loaded', async () => {
		const vendor = vendors.find((candidate) => candidate.vendor === 'aws');
		assert.ok(vendor);
		const { load } = vendor;
		Object.assign(vendor, { load: () => Promise.reject(new Error('The file is gone')) });
		await assert.rejects(loadProvider('ec2', testDependencies(home.environment)), /The file is gone/);
		assert.equal(loadedProvider('ec2'), undefined);
		Object.assign(vendor, { load });
	});

	it("loads a vendor's bundle once, at the first use", async () => {
		const dependencies = testDependencies(home.environment);
		assert.equal(loadedProvider('ec2'), undefined);
		const [first, second] = await Promise.all([loadProvider('ec2', dependencies), loadProvider('ec2', dependencies)]);
		assert.equal(first.service, 'ec2');
		assert.equal(second, first);
		assert.equal(await loadedProvider('ec2'), first);
	}).timeout(20_000);

	it('refuses a service that no vendor here has', async () => {
		const absent = 'absent' as Service;
		assert.throws(() => serviceManifest(absent), /No vendor for service: absent/);
		await assert.rejects(loadProvider(absent, testDependencies(home.environment)), /No vendor/);
	});
});
