import { isoSeconds } from '../../world';
import type { Operation } from '../operation';
import { pageFields, pageOf, readPage } from '../parameters';

/** ListResourceGroups: the account's resource groups, by status and id, in pages of at most 100. */
export const listResourceGroups: Operation = {
	name: 'ListResourceGroups',
	perform: ({ account, parameters }) => {
		const page = readPage(parameters, 100);
		const status = parameters.get('Status') ?? '';
		const wanted = parameters.get('ResourceGroupId') ?? '';
		const found = account.resourceGroups.filter(
			(group) => (status === '' || group.status === status) && (wanted === '' || group.id === wanted),
		);
		return {
			...pageFields(found, page),
			ResourceGroups: {
				ResourceGroup: pageOf(found, page).map((group) => ({
					Id: group.id,
					Name: group.name,
					DisplayName: group.displayName,
					Status: group.status,
					AccountId: account.id,
					CreateDate: chinaTime(group.createdAt),
				})),
			},
		};
	},
};

/** `2021-06-02T17:26:28+08:00` */
function chinaTime(time: number): string {
	return isoSeconds(time + 8 * 3_600_000).replace('Z', '+08:00');
}
