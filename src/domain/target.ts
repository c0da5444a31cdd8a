/** The services that keep key pairs. A service is known by this id everywhere; its facts stand in its provider's manifest. */
export type Service = 'ec2' | 'lightsail' | 'ecs' | 'ens';

/** Whose service it is. */
export type Vendor = 'aws' | 'alibaba';

/** The place an import goes to. `region` is absent only for services whose key pairs have no region. */
export interface Target {
	readonly service: Service;
	readonly profile: string;
	readonly region?: string;
}

/** A text that is the same for the same target and differs for any other: service, profile and region are URI-encoded and joined by `/`. */
export function targetId(target: Target): string {
	return [target.service, target.profile, target.region ?? ''].map(encodeURIComponent).join('/');
}
