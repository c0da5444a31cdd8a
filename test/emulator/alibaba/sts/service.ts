import type { Operation, Service } from '../operation';
import { assumeRole } from './assumeRole';
import { assumeRoleWithOidc } from './assumeRoleWithOidc';

/** GetCallerIdentity: who signed. */
const getCallerIdentity: Operation = {
	name: 'GetCallerIdentity',
	perform: ({ key: { principal } }) => ({
		IdentityType: principal.type,
		AccountId: principal.account,
		PrincipalId: principal.id,
		Arn: principal.arn,
		...(principal.type === 'AssumedRoleUser' ? { RoleId: principal.id.split(':')[0] } : { UserId: principal.id }),
	}),
};

/** STS 2015-04-01. */
export const alibabaSts: Service = {
	name: 'alibaba-sts',
	product: 'Sts',
	ramPrefix: 'sts',
	denial: {
		code: 'NoPermission',
		status: 403,
		message: 'You are not authorized to do this action. You should be authorized by RAM.',
	},
	operations: [assumeRole, getCallerIdentity],
	unsigned: { AssumeRoleWithOIDC: assumeRoleWithOidc },
};
