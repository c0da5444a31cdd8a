import assert from 'node:assert/strict';
import { DescribeRegionsCommand, type DescribeRegionsCommandInput } from '@aws-sdk/client-ec2';
import { type Fixture, refuses, useEmulator } from './support';

async function names({ client }: Fixture, input: DescribeRegionsCommandInput) {
	const { Regions = [] } = await client().send(new DescribeRegionsCommand(input));
	return Regions.map(({ RegionName }) => RegionName);
}

describe('emulated DescribeRegions', () => {
	const fixture = useEmulator();

	it('lists the 17 regions that need no opt-in, and those the account has enabled', async () => {
		assert.equal((await names(fixture(), {})).length, 17);
		fixture().account.setOptIn('ap-east-1', true);
		const enabled = await names(fixture(), {});
		assert.equal(enabled.length, 18);
		assert.ok(enabled.includes('ap-east-1'));
	});

	it('lists all 34 regions of the partition with AllRegions, each with endpoint, opt-in state and geography', async () => {
		const { client, account } = fixture();
		account.setOptIn('eu-south-1', true);
		const { Regions = [] } = await client().send(new DescribeRegionsCommand({ AllRegions: true }));
		assert.equal(Regions.length, 34);
		const facts = new Map(Regions.map(({ RegionName, ...rest }) => [RegionName, rest]));
		assert.deepEqual(facts.get('eu-west-1'), {
			Endpoint: 'ec2.eu-west-1.amazonaws.com',
			OptInStatus: 'opt-in-not-required',
			Geography: [{ Name: 'Ireland' }],
		});
		assert.equal(facts.get('eu-south-1')?.OptInStatus, 'opted-in');
		assert.equal(facts.get('af-south-1')?.OptInStatus, 'not-opted-in');
	});

	it('picks regions by name and refuses names that are none', async () => {
		assert.deepEqual(await names(fixture(), { RegionNames: ['us-east-1', 'eu-west-1'] }), ['eu-west-1', 'us-east-1']);
		const { client } = fixture();
		const call = client().send(new DescribeRegionsCommand({ RegionNames: ['us-east-1', 'us--east-1'] }));
		assert.equal(await refuses(call, 'InvalidParameterValue'), 'Invalid region: [us--east-1]');
	});

	it('filters by name, endpoint and opt-in state', async () => {
		const filtered = (Name: string, ...Values: string[]) =>
			names(fixture(), { AllRegions: true, Filters: [{ Name, Values }] });
		assert.deepEqual(await filtered('region-name', 'us-west-?'), ['us-west-1', 'us-west-2']);
		assert.deepEqual(await filtered('endpoint', '*.eu-north-1.*'), ['eu-north-1']);
		assert.equal((await filtered('opt-in-status', 'not-opted-in', 'opted-in')).length, 17);
	});
});
