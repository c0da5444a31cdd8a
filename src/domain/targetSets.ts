import type { Service, Target } from './target';

/** What a line of a target set stands for: one target, or all enabled regions of a profile and service. */
export interface TargetPattern {
	readonly service: Service;
	readonly profile: string;
	/** `*`: all enabled regions. Absent only for services whose key pairs have no region. */
	readonly region?: string;
}

/** Stands for all enabled regions. */
export const allRegions = '*';

/** Why a text stands for no target. */
export type TargetTextProblem = 'unknownService' | 'noProfile' | 'noRegion';

/** Whether a service's key pairs live in regions; undefined for a text that is no service. */
export type HasRegions = (service: string) => boolean | undefined;

/** The pattern of a text such as `ec2/prod/us-east-1`, `ec2/prod/*` or, for a service without regions, `ens/hangzhou`. A profile's name may hold slashes
 * where the service has regions. */
export function parseTargetText(
	text: string,
	hasRegions: HasRegions,
): { readonly pattern: TargetPattern } | { readonly problem: TargetTextProblem } {
	const trimmed = text.trim();
	const slash = trimmed.indexOf('/');
	const service = slash < 0 ? trimmed : trimmed.slice(0, slash);
	const rest = slash < 0 ? '' : trimmed.slice(slash + 1);
	const regional = hasRegions(service);
	if (regional === undefined) {
		return { problem: 'unknownService' };
	}
	if (rest === '') {
		return { problem: 'noProfile' };
	}
	if (!regional) {
		return { pattern: { service: service as Service, profile: rest } };
	}
	const last = rest.lastIndexOf('/');
	const [profile, region] = last < 0 ? [rest, ''] : [rest.slice(0, last), rest.slice(last + 1)];
	if (region === '') {
		return { problem: 'noRegion' };
	}
	return profile === '' ? { problem: 'noProfile' } : { pattern: { service: service as Service, profile, region } };
}

/** The text of a target or pattern, as `parseTargetText` reads it. */
export function toTargetText({ service, profile, region }: Target | TargetPattern): string {
	return region === undefined ? `${service}/${profile}` : `${service}/${profile}/${region}`;
}

/** The patterns of a set, in its order; texts that stand for none are left out. */
export function parseTargetSet(texts: readonly unknown[], hasRegions: HasRegions): readonly TargetPattern[] {
	return texts.flatMap((text) => {
		const parsed = typeof text === 'string' ? parseTargetText(text, hasRegions) : undefined;
		return parsed && 'pattern' in parsed ? [parsed.pattern] : [];
	});
}
