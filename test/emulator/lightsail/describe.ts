import { notFound } from './errors';
import type { Operation } from './operation';
import { operationOutput } from './output';
import { lightsailRegions } from './regions';

/** GetOperation: how far an operation is. */
export const getOperation: Operation = ({ input, region }) => {
	const id = input.neededText('operationId');
	const record = region.operation(id);
	if (record === undefined) throw notFound('Operation', id);
	return { operation: operationOutput(record, region.name) };
};

/** GetRegions: every region of Lightsail, whether or not the account has enabled it. The availability zones are only told when asked for. */
export const getRegions: Operation = ({ input }) => {
	const zonesOf = (region: string, flag: string) =>
		input.flag(flag) ? ['a', 'b', 'c'].map((zone) => ({ zoneName: region + zone, state: 'available' })) : [];
	return {
		regions: lightsailRegions.map(({ name, displayName, continentCode }) => ({
			continentCode,
			description: `This region is recommended to serve users around ${displayName}`,
			displayName,
			name,
			availabilityZones: zonesOf(name, 'includeAvailabilityZones'),
			relationalDatabaseAvailabilityZones: zonesOf(name, 'includeRelationalDatabaseAvailabilityZones'),
		})),
	};
};
