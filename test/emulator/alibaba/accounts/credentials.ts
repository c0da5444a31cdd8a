import type { World } from '../../world';
import type { SessionPolicy } from '../sts/sessionPolicy';

/** Who makes a call to Alibaba Cloud. */
export interface AlibabaPrincipal {
	/** The account's id: 16 digits. */
	readonly account: string;
	readonly type: 'Account' | 'RAMUser' | 'AssumedRoleUser';
	/** `acs:ram::<account>:user/<name>`, `acs:ram::<account>:assumed-role/<role>/<session>` or `acs:ram::<account>:root`. */
	readonly arn: string;
	/** As GetCallerIdentity names it: the user's id, or `<role id>:<session>`. */
	readonly id: string;
	/** RAM actions that are denied to this principal, besides those denied to its account. */
	readonly deniedActions: ReadonlySet<string>;
	/** What the policy that came with AssumeRole leaves of the role's permissions; absent: all. */
	readonly sessionPolicy?: SessionPolicy;
}

/** An AccessKey pair: a user's, or a session's temporary one (`STS.…`). */
export interface AlibabaAccessKey {
	readonly id: string;
	readonly secret: string;
	readonly principal: AlibabaPrincipal;
	/** Absent for a user's key. Expiration in milliseconds since 1970. */
	readonly session?: { readonly token: string; readonly expiration: number };
	/** An inactive key is refused with a code of its own. */
	active: boolean;
}

const alphanumeric = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** That many letters and digits, as in AccessKey ids and secrets. */
export function newText(world: World, length: number): string {
	return [...world.random(length)].map((byte) => alphanumeric.charAt(byte % alphanumeric.length)).join('');
}

/** That many digits, as in the ids of users and roles. */
export function newDigits(world: World, length: number): string {
	return [...world.random(length)].map((byte, index) => (index === 0 ? 2 : byte % 10)).join('');
}

/** A request id or another id in the form of an upper-case UUID, as Alibaba Cloud writes them. */
export function newUpperCaseUuid(world: World): string {
	const hex = world.random(16).toString('hex').toUpperCase();
	return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
