import type { Profile } from '../../domain/profile';
import type { Target } from '../../domain/target';
import type { Providers } from '../../services/ports';
import { isRecord } from '../isRecord';
import type { Services } from '../services';
import { isCloudNode } from '../views/nodes';
import { ArgumentError } from './run';

/** The profile of a row of a view, or of an argument `{ service, profile }` (without `service`: the first vendor's that has one of that name).
 * @throws {ArgumentError} when the argument names no profile that there is. */
export async function profileOf(argument: unknown, { profiles, providers }: Services): Promise<Profile> {
	if (isCloudNode(argument) && 'profile' in argument) {
		return argument.profile;
	}
	const { profile: name, service } = isRecord(argument) ? argument : { profile: argument, service: undefined };
	const candidates = providers.vendors.flatMap((vendor) =>
		vendor.services.filter((candidate) => service === undefined || candidate.service === service),
	);
	for (const candidate of typeof name === 'string' ? candidates : []) {
		const profile = await profiles.find(String(name), candidate.service);
		if (profile) {
			return profile;
		}
	}
	throw new ArgumentError(`There is no profile named: ${String(name)}`);
}

/** The target and name in an argument `{ target, keyName }` or of a key pair's row.
 * @throws {ArgumentError} when the argument is neither, or names no service that there is. */
export function keyPairOf(
	argument: unknown,
	providers: Pick<Providers, 'vendors'>,
): { readonly target: Target; readonly keyName: string } {
	if (isCloudNode(argument) && argument.kind === 'keyPair') {
		return { target: argument.target, keyName: argument.keyPair.name };
	}
	const { target, keyName } = isRecord(argument) ? argument : {};
	const { service, profile, region } = isRecord(target) ? target : {};
	const manifest = providers.vendors
		.flatMap((vendor) => vendor.services)
		.find((candidate) => candidate.service === service);
	const isRegionFine = manifest?.capabilities.regions ? typeof region === 'string' : region === undefined;
	if (manifest && isRegionFine && typeof profile === 'string' && typeof keyName === 'string') {
		return {
			target: { service: manifest.service, profile, ...(typeof region === 'string' && { region }) },
			keyName,
		};
	}
	throw new ArgumentError(
		'Expected { target: { service, profile, region }, keyName }, region only for services that have regions',
	);
}
