import { type OperationRecord, statusOf } from './operations';
import type { StoredKeyPair } from './resources';

/** A key pair as GetKeyPair and GetKeyPairs show it. */
export function keyPairOutput(keyPair: StoredKeyPair, region: string): object {
	return { ...newKeyPairOutput(keyPair, region), tags: tagsOutput(keyPair), fingerprint: keyPair.fingerprint };
}

/** A key pair as CreateKeyPair shows it: without a fingerprint, as in the AWS CLI's example. */
export function newKeyPairOutput(keyPair: StoredKeyPair, region: string): object {
	return {
		name: keyPair.name,
		arn: keyPair.arn,
		supportCode: keyPair.supportCode,
		createdAt: seconds(keyPair.createdAt),
		location: locationOutput(region),
		resourceType: keyPair.type,
		...(keyPair.tags.size === 0 ? {} : { tags: tagsOutput(keyPair) }),
	};
}

/** The record of an operation. */
export function operationOutput(record: OperationRecord, region: string): object {
	return {
		id: record.id,
		resourceName: record.resourceName,
		resourceType: record.resourceType,
		createdAt: seconds(record.createdAt),
		location: locationOutput(region),
		isTerminal: record.isTerminal,
		operationType: record.type,
		status: statusOf(record),
		statusChangedAt: seconds(record.isTerminal ? record.endsAt : record.createdAt),
		...record.failure,
	};
}

/** A time as AWS JSON writes it: seconds since 1970, with milliseconds. */
export function seconds(time: number): number {
	return time / 1000;
}

function tagsOutput({ tags }: StoredKeyPair): object[] {
	return [...tags].map(([key, value]) => ({ key, ...(value === undefined ? {} : { value }) }));
}

/** Key pairs are of the whole region: their zone is `all`. */
function locationOutput(regionName: string): object {
	return { availabilityZone: 'all', regionName };
}
