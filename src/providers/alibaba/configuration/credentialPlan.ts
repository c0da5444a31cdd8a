import type { ProfileProblem } from '../../../domain/profile';

/** An access key, with its token where it is temporary. Secret: never leaves the provider. */
export interface AlibabaCredentials {
	readonly accessKeyId: string;
	readonly accessKeySecret: string;
	readonly securityToken?: string;
}

/** Where a profile's credentials come from. Holds secrets: never leaves the provider. */
export type CredentialPlan =
	| { readonly via: 'key'; readonly key: AlibabaCredentials }
	| { readonly via: 'role'; readonly role: RoleSettings; readonly source: RoleSource }
	| { readonly via: 'oidc'; readonly role: RoleSettings; readonly providerArn: string; readonly tokenFile: string }
	/** Without a name: whatever role the machine has. */
	| { readonly via: 'instanceRole'; readonly roleName?: string }
	| { readonly via: 'uri'; readonly uri: string }
	| { readonly via: 'process'; readonly command: string }
	| { readonly via: 'cloudSso'; readonly cloudSso: CloudSsoSettings }
	/** The tokens stand in the section of that profile, and change there. */
	| { readonly via: 'oauth'; readonly profile: string; readonly site: OAuthSite };

/** How a role is assumed. */
export interface RoleSettings {
	readonly roleArn: string;
	readonly sessionName?: string;
	readonly durationSeconds?: number;
	readonly externalId?: string;
	readonly policy?: string;
	readonly stsRegion?: string;
	/** Host name. */
	readonly stsEndpoint?: string;
}

/** What a role is assumed with. */
export interface RoleSource {
	/** Absent where the section of the role holds it itself. */
	readonly profile?: string;
	readonly plan: CredentialPlan;
	/** The beginning of the whole chain of roles. */
	readonly start: { readonly profile?: string; readonly plan: CredentialPlan };
}

/** How the CLI signs in to CloudSSO, and what the last sign-in left. */
export interface CloudSsoSettings {
	readonly signInUrl: string;
	readonly accountId?: string;
	readonly accessConfig?: string;
	readonly accessToken?: string;
	/** Seconds since 1970. */
	readonly accessTokenExpire?: number;
}

/** The sites on which people sign in by OAuth. */
export type OAuthSite = 'CN' | 'INTL';

/** Why a profile can't have credentials; `mode` is the way that is not supported. */
export interface PlanProblem {
	readonly problem: ProfileProblem;
	readonly mode?: string;
}

/** A section without what its mode needs. */
export const nothingUsable: PlanProblem = { problem: 'nothingUsable' };

/** Whether there is a way to credentials. */
export function isPlan(plan: CredentialPlan | PlanProblem): plan is CredentialPlan {
	return 'via' in plan;
}

/** The secrets of a plan, which no message may repeat. */
export function secretsOf(plan: CredentialPlan): readonly string[] {
	switch (plan.via) {
		case 'key':
			return Object.values(plan.key);
		case 'role':
			return [...(plan.role.externalId ? [plan.role.externalId] : []), ...secretsOf(plan.source.plan)];
		case 'cloudSso':
			return plan.cloudSso.accessToken ? [plan.cloudSso.accessToken] : [];
		default:
			return [];
	}
}

/** The access key, or nothing when half of it is missing. */
export function keyPlan(id?: string, secret?: string, token?: string): CredentialPlan | PlanProblem {
	if (!id || !secret) {
		return nothingUsable;
	}
	return {
		via: 'key',
		key: { accessKeyId: id, accessKeySecret: secret, ...(token ? { securityToken: token } : {}) },
	};
}

/** A role that is assumed with what `source` comes to, or why it can't be. */
export function rolePlan(
	role: RoleSettings | undefined,
	source: CredentialPlan | PlanProblem,
	profile?: string,
): CredentialPlan | PlanProblem {
	if (!isPlan(source)) {
		return source;
	}
	const from = { plan: source, ...(profile === undefined ? {} : { profile }) };
	const start = source.via === 'role' ? source.source.start : from;
	return role ? { via: 'role', role, source: { ...from, start } } : nothingUsable;
}

/** A role that is assumed with an OpenID Connect token. */
export function oidcPlan(role?: RoleSettings, providerArn?: string, tokenFile?: string): CredentialPlan | PlanProblem {
	return role && providerArn && tokenFile ? { via: 'oidc', role, providerArn, tokenFile } : nothingUsable;
}

/** The role of the machine. */
export function instanceRolePlan(roleName?: string): CredentialPlan {
	return { via: 'instanceRole', ...(roleName ? { roleName } : {}) };
}

/** What a URL answers with. */
export function uriPlan(uri?: string): CredentialPlan | PlanProblem {
	return uri ? { via: 'uri', uri } : nothingUsable;
}
