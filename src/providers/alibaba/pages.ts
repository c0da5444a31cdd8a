import { type Fields, listOf, numberOf } from './answers';
import { ForeignAnswer } from './retries';

/** The largest page that ECS and ENS give (ECS DescribeKeyPairs, PageSize). */
export const pageSize = 50;

/** So many pages are asked for at a time. */
const maxConcurrent = 4;

/** No list has more pages: a region holds 500 key pairs (ECS quota), and no service here is known to allow 50,000 of anything. */
const maxPages = 1_000;

/** One page of a list. */
export interface Page<T> {
	readonly items: readonly T[];
	/** How many items there are on all pages; absent where the service does not say. */
	readonly total?: number;
	/** How many items a full page has. A service may give less than it was asked for. */
	readonly size: number;
}

/** The page in an answer such as `{ KeyPairs: { KeyPair: [...] }, TotalCount, PageSize }`.
 * @throws {ForeignAnswer} when there is no such list. */
export function readPage<T>(body: Fields, outer: string, inner: string, toItem: (fields: Fields) => T): Page<T> {
	const total = numberOf(body, 'TotalCount');
	const size = numberOf(body, 'PageSize');
	const list = total === 0 && body[outer] === undefined ? [] : listOf(body, outer, inner);
	return {
		items: list.map(toItem),
		...(Number.isNaN(total) ? {} : { total }),
		size: size > 0 ? size : pageSize,
	};
}

/** Every item of a list that comes in pages, in the order of the pages. `fetch` gets a page by its number, from 1. How many pages there are is learnt from
 * every one of them: the list may grow meanwhile. Rejects with what `fetch` rejects with.
 * @throws {ForeignAnswer} for more pages than any list has. */
export async function allPages<T>(fetch: (pageNumber: number) => Promise<Page<T>>): Promise<readonly T[]> {
	const pages: (readonly T[])[] = [];
	let last = 1;
	let next = 1;
	const fetchOne = async () => {
		const pageNumber = next++;
		const page = await fetch(pageNumber);
		pages[pageNumber - 1] = page.items;
		last = Math.max(last, lastPage(page, pageNumber));
		if (last > maxPages) {
			throw new ForeignAnswer(200);
		}
		if (page.items.length === 0) {
			// There are fewer by now.
			next = last + 1;
		}
	};
	const fetchMore = async () => {
		try {
			while (next <= last) {
				await fetchOne();
			}
		} catch (error) {
			// The pages that are still to come are of no use.
			next = Number.POSITIVE_INFINITY;
			throw error;
		}
	};
	await fetchOne();
	await Promise.all(Array.from({ length: maxConcurrent }, fetchMore));
	return pages.flat();
}

/** The number of the last page as one page tells it. Without a total a full page has another one after it. */
function lastPage({ items, total, size }: Page<unknown>, pageNumber: number): number {
	if (total === undefined) {
		return items.length >= size ? pageNumber + 1 : pageNumber;
	}
	return Math.ceil(total / size);
}
