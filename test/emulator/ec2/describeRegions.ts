import type { AccountRegion } from '../accounts/regions';
import { AwsError } from '../awsError';
import { element } from '../xml';
import { filterParameters, readFilters } from './filters';
import type { Operation } from './operation';
import { boolean } from './parameters';

const filterNames = ['endpoint', 'opt-in-status', 'region-name'];

/** DescribeRegions: the enabled regions or, with `AllRegions`, all of the partition. */
export const describeRegions: Operation = {
	name: 'DescribeRegions',
	parameters: ['AllRegions', 'RegionName.N', ...filterParameters],
	prepare: ({ parameters, account }) => {
		const all = boolean(parameters, 'AllRegions');
		const names = parameters.list('RegionName');
		const matches = readFilters<AccountRegion>(parameters, (name) => filterNames.includes(name), filterValues);
		return {
			execute: () => {
				const regions = account.regions().filter((region) => all || region.optInStatus !== 'not-opted-in');
				const unknown = names.filter((name) => !regions.some((region) => region.name === name));
				if (unknown.length > 0) {
					throw new AwsError('InvalidParameterValue', `Invalid region: [${unknown.join(', ')}]`);
				}
				const chosen = regions.filter((region) => names.length === 0 || names.includes(region.name));
				return [element('regionInfo', chosen.filter(matches).map(toXml))];
			},
		};
	},
};

function endpointOf(region: AccountRegion): string {
	return `ec2.${region.name}.amazonaws.com`;
}

function filterValues(region: AccountRegion, name: string): readonly string[] {
	if (name === 'endpoint') return [endpointOf(region)];
	return [name === 'opt-in-status' ? region.optInStatus : region.name];
}

function toXml(region: AccountRegion) {
	return element(
		'item',
		element('regionName', region.name),
		element('regionEndpoint', endpointOf(region)),
		element('optInStatus', region.optInStatus),
		element('geographySet', element('item', element('name', region.geography))),
	);
}
