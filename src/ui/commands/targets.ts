import type { Profile } from '../../domain/profile';
import type { Target } from '../../domain/target';
import { isRecord } from '../isRecord';
import type { Services } from '../services';
import { isCloudNode } from '../views/nodes';
import { ArgumentError } from './run';

/** The profile of a row of a view, or of an argument `{ service, profile }` (`service` may be left out for AWS).
 * @throws {ArgumentError} when the argument names no profile that there is. */
export async function profileOf(argument: unknown, { profiles, providers }: Services): Promise<Profile> {
	if (isCloudNode(argument) && 'profile' in argument) {
		return argument.profile;
	}
	const name = isRecord(argument) ? argument['profile'] : argument;
	const service = (isRecord(argument) && argument['service']) || 'ec2';
	const known = providers.vendors
		.flatMap((vendor) => vendor.services)
		.find((candidate) => candidate.service === service);
	const profile = typeof name === 'string' && known ? await profiles.find(name, known.service) : undefined;
	if (!profile) {
		throw new ArgumentError(`There is no profile named: ${String(name)}`);
	}
	return profile;
}

/** The target and name in an argument `{ target, keyName }` or of a key pair's row.
 * @throws {ArgumentError} when the argument is neither. */
export function keyPairOf(argument: unknown): { readonly target: Target; readonly keyName: string } {
	if (isCloudNode(argument) && argument.kind === 'keyPair') {
		return { target: argument.target, keyName: argument.keyPair.name };
	}
	const { target, keyName } = isRecord(argument) ? argument : {};
	if (
		isRecord(target) &&
		typeof target['profile'] === 'string' &&
		typeof target['service'] === 'string' &&
		typeof keyName === 'string'
	) {
		return { target: target as unknown as Target, keyName };
	}
	throw new ArgumentError('Expected { target: { service, profile, region }, keyName }');
}
