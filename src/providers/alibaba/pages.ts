import { type Fields, listOf, numberOf } from './answers';

/** The largest page that ECS and ENS give (ECS DescribeKeyPairs, PageSize). */
export const pageSize = 50;

/** So many pages are asked for at a time. */
const maxConcurrent = 4;

/** One page of a list. */
export interface Page<T> {
	readonly items: readonly T[];
	/** How many items there are on all pages. */
	readonly total: number;
	/** How many items a full page has. A service may give less than it was asked for. */
	readonly size: number;
}

/** The page in an answer such as `{ KeyPairs: { KeyPair: [...] }, TotalCount, PageSize }`.
 * @throws {ForeignAnswer} when there is no such list. */
export function readPage<T>(body: Fields, outer: string, inner: string, toItem: (fields: Fields) => T): Page<T> {
	const total = numberOf(body, 'TotalCount');
	const list = total === 0 && body[outer] === undefined ? [] : listOf(body, outer, inner);
	return {
		items: list.map(toItem),
		total: Number.isNaN(total) ? list.length : total,
		size: numberOf(body, 'PageSize') || pageSize,
	};
}

/** Every item of a list that comes in pages, in the order of the pages. `fetch` gets a page by its number, from 1; the first one tells how
 * many there are. Rejects with what `fetch` rejects with. */
export async function allPages<T>(fetch: (pageNumber: number) => Promise<Page<T>>): Promise<readonly T[]> {
	const first = await fetch(1);
	const pages = [first.items];
	const last = Math.ceil(first.total / first.size);
	let next = 2;
	const fetchMore = async () => {
		while (next <= last) {
			const pageNumber = next++;
			const { items } = await fetch(pageNumber);
			pages[pageNumber - 1] = items;
			if (items.length === 0) {
				// There are fewer by now.
				next = last + 1;
			}
		}
	};
	await Promise.all(Array.from({ length: Math.max(0, Math.min(maxConcurrent, last - 1)) }, fetchMore));
	return pages.flat();
}
