import type { AlibabaCredentials } from '../configuration/credentialPlan';

/** Credentials and how long they are good. */
export interface Obtained {
	readonly credentials: AlibabaCredentials;
	/** Milliseconds since 1970; absent for keys that don't expire. */
	readonly expiresAt?: number;
}

/** Temporary keys as STS and those that pass its keys on answer them. */
export interface Session {
	readonly accessKeyId: string;
	readonly accessKeySecret: string;
	readonly securityToken: string;
	/** ISO 8601. */
	readonly expiration?: string | undefined;
}

/** How long temporary keys are used that don't say when they expire, in milliseconds: STS gives none for less. */
const shortestLifeMs = 15 * 60_000;

/** The keys of a session and when they expire. */
export function toObtained({ accessKeyId, accessKeySecret, securityToken, expiration }: Session): Obtained {
	const expiresAt = Date.parse(expiration ?? '');
	return {
		credentials: { accessKeyId, accessKeySecret, securityToken },
		expiresAt: Number.isNaN(expiresAt) ? Date.now() + shortestLifeMs : expiresAt,
	};
}

/** The keys in an answer of STS or of what passes STS's keys on (`AccessKeyId`, `AccessKeySecret`, `SecurityToken`, `Expiration`); undefined when they are
 * not there. */
export function sessionOf(value: unknown): Session | undefined {
	const text = (key: string): string | undefined => {
		const found: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
		return typeof found === 'string' && found !== '' ? found : undefined;
	};
	const [accessKeyId, accessKeySecret] = [text('AccessKeyId'), text('AccessKeySecret')];
	const [securityToken, expiration] = [text('SecurityToken'), text('Expiration')];
	return accessKeyId && accessKeySecret && securityToken
		? { accessKeyId, accessKeySecret, securityToken, expiration }
		: undefined;
}
