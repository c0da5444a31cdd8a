import assert from 'node:assert/strict';
import { fitsGlob } from '../../../src/domain/nameGlob';

describe('fitsGlob', () => {
	const cases: readonly (readonly [pattern: string, fits: readonly string[], others: readonly string[]])[] = [
		['*prod*', ['prod', 'my-prod', 'PRODUCTION', 'Prod/eu', 'non-prod'], ['staging', 'pro', 'p-rod', '']],
		['prod', ['prod', 'Prod'], ['prod2', 'my-prod', '']],
		['prod-?', ['prod-1', 'prod-é', 'prod-🔑'], ['prod-', 'prod-12']],
		['*', ['', 'anything'], []],
		['', [''], ['x']],
		['a*b*c', ['abc', 'aXbYc', 'abbcbc'], ['acb', 'abcd']],
		['*.live', ['x.live', '.live'], ['xlive', 'x.live.']],
		['[prod]', ['[prod]'], ['p', 'prod']],
		['**x', ['x', 'yx'], ['xy']],
	];
	for (const [pattern, fits, others] of cases) {
		it(`reads ${JSON.stringify(pattern)}`, () => {
			assert.deepEqual(
				[...fits, ...others].filter((name) => fitsGlob(name, pattern)),
				fits,
			);
		});
	}

	it('takes no longer for a pattern of many stars', () => {
		const start = performance.now();
		assert.equal(fitsGlob('a'.repeat(500), `${'*a'.repeat(100)}b`), false);
		assert.ok(performance.now() - start < 500);
	});
});
