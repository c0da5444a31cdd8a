/** What it takes to assume a role, and what comes of it. */
export interface RoleOptions {
	/** The ExternalId that the trust policy demands. */
	readonly externalId?: string;
	/** Whether the trust policy demands an MFA code. */
	readonly requiresMfa?: boolean;
	/** ARNs that may assume the role; absent: every principal. */
	readonly trusts?: readonly string[];
	/** Longest session in seconds; AWS's default is 3600. */
	readonly maxSessionSeconds?: number;
	/** IAM actions that are denied to sessions of the role. */
	readonly deniedActions?: readonly string[];
	/** Web identity tokens that the role accepts; absent: it trusts no identity provider. */
	readonly webIdentityTokens?: readonly string[];
}

/** An IAM role. */
export interface Role extends RoleOptions {
	readonly name: string;
	/** Twelve digits. */
	readonly account: string;
	readonly arn: string;
	/** `AROA…` */
	readonly id: string;
}

/** A virtual MFA device of an IAM user. */
export interface MfaDevice {
	/** The device's ARN. */
	readonly serial: string;
	readonly user: string;
	/** Six digits: what the device shows now. */
	code: string;
}
