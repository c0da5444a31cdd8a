import assert from 'node:assert/strict';
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
			[['aws', 'AWS', ['ec2']]],
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
		assert.throws(() => serviceManifest('ens'), /No vendor for service: ens/);
		await assert.rejects(loadProvider('ens', testDependencies(home.environment)), /No vendor/);
	});
});
