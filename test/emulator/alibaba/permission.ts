import type { AlibabaPrincipal } from './accounts/credentials';
import { AlibabaError } from './alibabaError';
import type { Service } from './operation';
import type { Caller } from './signature/authenticate';

/** Lets a permitted call pass.
 * @throws {AlibabaError} the service's denial, with `AccessDeniedDetail` (RAM documentation, "Troubleshoot an access denied error"). */
export function permit(
	service: Service,
	{ account, key }: Caller,
	operation: string,
	random: (size: number) => Buffer,
): void {
	const action = `${service.ramPrefix}:${operation}`;
	const { principal } = key;
	const isExplicit = account.deniedActions.has(action) || principal.deniedActions.has(action);
	if (!isExplicit && (principal.sessionPolicy?.(action) ?? true)) return;
	const { code, message, status } = service.denial;
	throw new AlibabaError(code, message, status, {
		fields: {
			AccessDeniedDetail: {
				AuthAction: action,
				AuthPrincipalDisplayName: displayName(principal),
				AuthPrincipalOwnerId: principal.account,
				AuthPrincipalType: principal.type === 'RAMUser' ? 'SubUser' : principal.type,
				EncodedDiagnosticMessage: random(90).toString('base64'),
				NoPermissionType: isExplicit ? 'ExplicitDeny' : 'ImplicitDeny',
				PolicyType: isExplicit ? 'AccountLevelIdentityBasedPolicy' : 'SessionPolicy',
			},
		},
	});
}

/** A user's id, or `role:session`. */
function displayName({ type, id, arn }: AlibabaPrincipal): string {
	return type === 'AssumedRoleUser' ? arn.split('/').slice(1).join(':') : id;
}
