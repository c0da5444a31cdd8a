import assert from 'node:assert/strict';
import { Kept } from '../../../src/services/kept';

describe('Kept', () => {
	let asked: number;
	let fail: boolean;
	let kept: Kept<number>;
	beforeEach(() => {
		asked = 0;
		fail = false;
		kept = new Kept(async () => {
			asked++;
			if (fail) {
				throw new Error('no answer');
			}
			return asked;
		});
	});

	it('asks at the first use, and once for all who want to know', async () => {
		assert.equal(asked, 0);
		assert.deepEqual(await Promise.all([kept.get(), kept.get()]), [1, 1]);
		assert.equal(await kept.get(), 1);
	});

	it('asks again once the answer is forgotten', async () => {
		await kept.get();
		kept.forget();
		assert.equal(asked, 1);
		assert.equal(await kept.get(), 2);
	});

	it('asks again after a failure', async () => {
		fail = true;
		await assert.rejects(kept.get(), /no answer/);
		fail = false;
		assert.equal(await kept.get(), 2);
	});

	it('keeps the later answer when an earlier question, forgotten meanwhile, fails', async () => {
		fail = true;
		const first = kept.get();
		kept.forget();
		fail = false;
		const second = kept.get();
		await assert.rejects(first);
		assert.equal(await second, 2);
		assert.equal(await kept.get(), 2);
	});
});
