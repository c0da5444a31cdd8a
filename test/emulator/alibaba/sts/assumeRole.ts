import type { AlibabaPrincipal } from '../accounts/credentials';
import type { AlibabaRole } from '../accounts/roles';
import { AlibabaError } from '../alibabaError';
import type { Operation } from '../operation';
import { readDuration, readPolicy, readRoleArn, readSessionName } from './parameters';
import { assumedRoleJson, startSession } from './session';

/** AssumeRole: temporary credentials of a role, if its trust policy lets the caller have them. Codes: STS error codes, and the FAQ on STS. */
export const assumeRole: Operation = {
	name: 'AssumeRole',
	perform: ({ parameters, key, cloud }) => {
		const arn = readRoleArn(parameters);
		const sessionName = readSessionName(parameters);
		const policy = readPolicy(parameters);
		if (key.principal.type === 'Account') {
			throw new AlibabaError('NoPermission', 'Roles may not be assumed by root accounts.', 403);
		}
		const role = cloud.accounts.role(arn);
		if (role === undefined) throw new AlibabaError('EntityNotExist.Role', `The role not exists: ${arn}.`, 404);
		if (!trusts(role, key.principal, parameters.get('ExternalId'))) {
			throw new AlibabaError(
				'NoPermission',
				'You are not authorized to do this action. You should be authorized by RAM.',
				403,
			);
		}
		const seconds = readDuration(parameters, role.maxSessionSeconds);
		return assumedRoleJson(startSession(cloud.accounts, role, sessionName, seconds, policy));
	},
};

function trusts(role: AlibabaRole, caller: AlibabaPrincipal, externalId: string | undefined): boolean {
	if (role.trusts !== undefined && !role.trusts.includes(caller.arn)) return false;
	return role.externalId === undefined || role.externalId === externalId;
}
