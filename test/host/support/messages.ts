import assert from 'node:assert/strict';
import { eventually } from './eventually';
import type { ToldMessage, UiWatch } from './watching';

/** The one message that an action leads to, also one that comes somewhat later. */
export async function messageOf({ messages }: UiWatch, action: () => PromiseLike<unknown>): Promise<ToldMessage> {
	const before = messages.length;
	await action();
	return eventually(() => {
		const [message, ...others] = messages.slice(before);
		assert.ok(message);
		assert.deepEqual(others, []);
		return message;
	});
}
