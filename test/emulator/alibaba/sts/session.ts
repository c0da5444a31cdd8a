import { isoSeconds } from '../../world';
import type { AlibabaAccounts } from '../accounts/accounts';
import type { AlibabaAccessKey } from '../accounts/credentials';
import type { AlibabaRole } from '../accounts/roles';
import type { SessionPolicy } from './sessionPolicy';

/** Starts a session of the role, in the role's account. */
export function startSession(
	accounts: AlibabaAccounts,
	role: AlibabaRole,
	name: string,
	seconds: number,
	policy?: SessionPolicy,
): Required<AlibabaAccessKey> {
	const account = accounts.get(role.account);
	if (account === undefined) throw new Error(`Role ${role.arn} has no account`);
	return account.startSession(role, name, seconds, policy);
}

/** `{AccessKeyId, AccessKeySecret, SecurityToken, Expiration}` as STS, instances, CloudSSO and credential URIs write it. */
export function credentialsJson(key: Required<AlibabaAccessKey>): object {
	return {
		AccessKeyId: key.id,
		AccessKeySecret: key.secret,
		SecurityToken: key.session.token,
		Expiration: isoSeconds(key.session.expiration),
	};
}

/** `AssumedRoleUser` and `Credentials` of STS's answers. */
export function assumedRoleJson(key: Required<AlibabaAccessKey>): object {
	const { arn, id } = key.principal;
	return { AssumedRoleUser: { Arn: arn, AssumedRoleId: id }, Credentials: credentialsJson(key) };
}
