import type { Service, Target } from '../../domain/target';

const services: { readonly [K in Service]: true } = { ec2: true, lightsail: true, ecs: true, ens: true };

/** Whether a value that was read from a file is a target that this version knows. Another version may have written the file. */
export function isStoredTarget(value: unknown): value is Target {
	if (typeof value !== 'object' || value === null) {
		return false;
	}
	const { service, profile, region } = value as Readonly<Record<string, unknown>>;
	return (
		typeof service === 'string' &&
		Object.hasOwn(services, service) &&
		typeof profile === 'string' &&
		(region === undefined || typeof region === 'string')
	);
}
