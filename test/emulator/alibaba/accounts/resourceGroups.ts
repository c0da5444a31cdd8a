import type { World } from '../../world';
import { newText } from './credentials';

/** A resource group of an account. */
export interface ResourceGroup {
	/** `rg-…` */
	readonly id: string;
	/** The identifier that people choose. */
	readonly name: string;
	readonly displayName: string;
	readonly status: 'Creating' | 'OK' | 'PendingDelete';
	/** Milliseconds since 1970. */
	readonly createdAt: number;
}

/** What a resource group is made with; all but the name have defaults. */
export type ResourceGroupOptions = Pick<ResourceGroup, 'name'> & Partial<ResourceGroup>;

/** A new resource group. */
export function newResourceGroup(world: World, options: ResourceGroupOptions): ResourceGroup {
	return {
		id: `rg-${newText(world, 15).toLowerCase()}`,
		displayName: options.name,
		status: 'OK',
		createdAt: world.now(),
		...options,
	};
}
