import type { World } from '../world';

/** Who makes a call. */
export interface Principal {
	/** Twelve digits. */
	readonly account: string;
	readonly arn: string;
	/** As GetCallerIdentity names it: `AIDA…` for users, `AROA…:session` for roles. */
	readonly userId: string;
	/** IAM actions that are denied to this principal, besides those denied to its account. */
	readonly deniedActions: ReadonlySet<string>;
}

/** An access key: a user's, or a session's temporary one. */
export interface AccessKey {
	readonly id: string;
	readonly secret: string;
	readonly principal: Principal;
	/** Absent for a user's key. */
	readonly session?: { readonly token: string; readonly expiration: number };
	/** An inactive key is refused as if it did not exist. */
	active: boolean;
}

const base32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** An identifier as IAM makes them: the prefix (`AKIA`, `ASIA`, `AIDA`, `AROA`) and 16 base32 characters. */
export function newIamId(world: World, prefix: string): string {
	return prefix + [...world.random(16)].map((byte) => base32.charAt(byte % 32)).join('');
}

/** A secret access key: 40 base64 characters. */
export function newSecret(world: World): string {
	return world.random(30).toString('base64');
}

/** A session token: long base64, as STS makes them. */
export function newSessionToken(world: World): string {
	return `IQoJb3JpZ2luX2Vj${world.random(288).toString('base64')}`;
}
