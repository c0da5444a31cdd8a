/** What it takes to assume a RAM role, and what comes of it. */
export interface AlibabaRoleOptions {
	/** The ExternalId that the trust policy demands. */
	readonly externalId?: string;
	/** ARNs that may assume the role; absent: every RAM user and role. */
	readonly trusts?: readonly string[];
	/** Longest session in seconds; Alibaba Cloud's default is 3600. */
	readonly maxSessionSeconds?: number;
	/** RAM actions that are denied to sessions of the role. */
	readonly deniedActions?: readonly string[];
	/** The identity provider that the role trusts, and the tokens it takes; absent: none. */
	readonly oidc?: { readonly providerArn: string; readonly tokens: readonly string[] };
}

/** A RAM role. */
export interface AlibabaRole extends AlibabaRoleOptions {
	readonly name: string;
	/** The id of the account that has it. */
	readonly account: string;
	/** `acs:ram::<account>:role/<name>` */
	readonly arn: string;
	/** 18 digits. */
	readonly id: string;
}
