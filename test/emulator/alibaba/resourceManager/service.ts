import type { Service } from '../operation';
import { listResourceGroups } from './listResourceGroups';

/** Resource Manager 2020-03-31, as far as a list of resource groups goes. */
export const resourceManager: Service = {
	name: 'resourcemanager',
	product: 'ResourceManager',
	ramPrefix: 'resourcemanager',
	denial: {
		code: 'NoPermission',
		status: 403,
		message: 'You are not authorized to do this action. You should be authorized by RAM.',
	},
	operations: [listResourceGroups],
};
