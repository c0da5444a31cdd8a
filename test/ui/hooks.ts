import type { Context } from 'mocha';
import { windows } from './window.js';

/** Mocha's root hooks: a failed test leaves pictures of the windows that were open, and no test file leaves a window. */
export const mochaHooks = {
	async afterEach(this: Context): Promise<void> {
		if (this.currentTest?.state === 'failed') {
			const name = this.currentTest.fullTitle().replace(/[^\w-]+/g, '-');
			await Promise.all([...windows()].map((window, i) => window.screenshot(`failed/${name}-${i + 1}`)));
		}
	},
	async afterAll(): Promise<void> {
		await Promise.all([...windows()].map((window) => window.close()));
	},
};
