import assert from 'node:assert/strict';
import { allPages, type Page, readPage } from '../../../../src/providers/alibaba/pages';

/** What a list that is `count(call)` long when asked for the nth time gives, and what it was asked. */
function listOf(count: (call: number) => number, more: { readonly size?: number; readonly isSilent?: boolean } = {}) {
	const { size = 2, isSilent = false } = more;
	const asked: number[] = [];
	const fetch = async (pageNumber: number): Promise<Page<number>> => {
		const total = count(asked.push(pageNumber));
		const start = (pageNumber - 1) * size;
		const items = Array.from({ length: Math.max(0, Math.min(size, total - start)) }, (_, index) => start + index);
		return { items, size, ...(isSilent ? {} : { total }) };
	};
	return { fetch, asked };
}

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);

describe('A list in pages', () => {
	it('is read to its end, each page once', async () => {
		for (const count of [0, 1, 2, 3, 21]) {
			const { fetch, asked } = listOf(() => count);
			assert.deepEqual(await allPages(fetch), upTo(count));
			assert.equal(new Set(asked).size, asked.length);
			assert.equal(asked.length, Math.max(1, Math.ceil(count / 2)));
		}
	});

	it('is read to its end also where it grows meanwhile', async () => {
		assert.deepEqual(await allPages(listOf((call) => (call === 1 ? 4 : 7)).fetch), upTo(7));
	});

	it('ends where it has become shorter', async () => {
		const { fetch, asked } = listOf((call) => (call === 1 ? 40 : 4));
		assert.deepEqual(await allPages(fetch), upTo(2).concat([2, 3]));
		assert.ok(asked.length < 12, `${asked.length} pages`);
	});

	it('is read to its end where the service does not say how long it is', async () => {
		for (const count of [1, 4, 9]) {
			assert.deepEqual(await allPages(listOf(() => count, { isSilent: true }).fetch), upTo(count));
		}
	});

	it('is refused when it has no end', async () => {
		for (const list of [listOf(() => 1e9), listOf(() => 1e9, { isSilent: true })]) {
			await assert.rejects(allPages(list.fetch), { name: 'ForeignAnswer' });
			assert.ok(list.asked.length <= 1_010, `${list.asked.length} pages`);
		}
	});

	it('is not read on once a page has failed', async () => {
		const { fetch, asked } = listOf(() => 200);
		const failing = allPages(async (pageNumber) => {
			if (pageNumber === 3) {
				throw new Error('no');
			}
			return fetch(pageNumber);
		});
		await assert.rejects(failing, /no/);
		await new Promise((resolve) => setTimeout(resolve, 20));
		assert.ok(asked.length < 10, `${asked.length} pages`);
	});

	it('has numbers that may be texts, or nonsense', () => {
		const page = (more: object) => readPage({ KeyPairs: { KeyPair: [{}] }, ...more }, 'KeyPairs', 'KeyPair', () => 0);
		assert.deepEqual(page({ TotalCount: '1', PageSize: '10' }), { items: [0], total: 1, size: 10 });
		assert.deepEqual(page({ TotalCount: 'x', PageSize: 0 }), { items: [0], size: 50 });
		assert.deepEqual(page({ PageSize: -1 }), { items: [0], size: 50 });
		assert.deepEqual(
			readPage({ TotalCount: 0 }, 'KeyPairs', 'KeyPair', () => 0),
			{ items: [], total: 0, size: 50 },
		);
	});
});
