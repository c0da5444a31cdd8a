import type { Target } from '../../domain/target';

/** The target for people with its service, such as `prod · EC2 · us-east-1`. `label` is the service's brand name. */
export function describePlace({ profile, region }: Target, label: string): string {
	return [profile, label, region].filter(Boolean).join(' · ');
}
