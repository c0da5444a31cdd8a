import type { Service } from '../../domain/target';
import { byName } from '../byName';
import type { ResourceGroup } from '../contract';
import { requiredText, textOf } from './answers';
import type { AlibabaCalls } from './calls';
import { allPages, readPage } from './pages';

/** The largest page of ListResourceGroups (API reference ResourceManager 2020-03-31). */
const pageSize = 100;

/** The resource groups that the profile may see and use, sorted by name: ResourceManager's, for the sake of a service.
 * @throws {ProviderError} */
export async function listResourceGroups(
	calls: AlibabaCalls,
	service: Service,
	profile: string,
	signal: AbortSignal,
): Promise<readonly ResourceGroup[]> {
	const groups = await allPages((pageNumber) =>
		calls.run(
			{
				service,
				api: 'resourcemanager',
				profile,
				operation: 'ListResourceGroups',
				use: 'read',
				query: { PageNumber: String(pageNumber), PageSize: String(pageSize) },
				signal,
			},
			({ body }) =>
				readPage(body, 'ResourceGroups', 'ResourceGroup', (fields) => ({
					id: requiredText(fields, 'Id'),
					name: textOf(fields, 'DisplayName') ?? requiredText(fields, 'Name'),
					// Absent, `OK`, `Creating`, or on the way out.
					isGoing: /delet/i.test(textOf(fields, 'Status') ?? ''),
				})),
		),
	);
	return groups
		.filter(({ isGoing }) => !isGoing)
		.map(({ id, name }) => ({ id, name }))
		.sort(byName);
}
