import type { Target } from '../../domain/target';
import type { Providers } from '../../services/ports';

/** The target for people with its service, such as `prod · EC2 · us-east-1`. `label` is the service's brand name. */
export function describePlace({ profile, region }: Target, label: string): string {
	return [profile, label, region].filter(Boolean).join(' · ');
}

/** The same, with the name that the service's own manifest gives it. */
export function placeOf(target: Target, providers: Pick<Providers, 'manifest'>): string {
	return describePlace(target, providers.manifest(target.service).label);
}
