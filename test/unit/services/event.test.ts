import assert from 'node:assert/strict';
import { Emitter } from '../../../src/services/event';

describe('Emitter', () => {
	let emitter: Emitter<string>;
	let heard: string[];
	const listener =
		(name: string) =>
		(value: string): void =>
			void heard.push(`${name} ${value}`);
	beforeEach(() => {
		emitter = new Emitter();
		heard = [];
	});

	it('tells every listener, in the order in which they subscribed', () => {
		emitter.event(listener('a'));
		emitter.event(listener('b'));
		emitter.fire('1');
		emitter.fire('2');
		assert.deepEqual(heard, ['a 1', 'b 1', 'a 2', 'b 2']);
	});

	it('tells a listener no more once its subscription is disposed, twice or once', () => {
		const subscription = emitter.event(listener('a'));
		subscription.dispose();
		subscription.dispose();
		emitter.fire('1');
		assert.deepEqual(heard, []);
	});

	it('keeps two subscriptions of one listener apart', () => {
		const both = listener('a');
		const first = emitter.event(both);
		emitter.event(both);
		emitter.fire('1');
		first.dispose();
		emitter.fire('2');
		assert.deepEqual(heard, ['a 1', 'a 1', 'a 2']);
	});

	it('does not tell a listener that an earlier one has disposed', () => {
		emitter.event(() => later.dispose());
		const later = emitter.event(listener('later'));
		emitter.fire('1');
		assert.deepEqual(heard, []);
	});

	it('tells a listener that subscribes meanwhile only of what comes next', () => {
		let subscribed = false;
		emitter.event(() => {
			if (!subscribed) {
				subscribed = true;
				emitter.event(listener('new'));
			}
		});
		emitter.fire('1');
		emitter.fire('2');
		assert.deepEqual(heard, ['new 2']);
	});

	it('is silent once disposed', () => {
		emitter.event(listener('a'));
		emitter.dispose();
		emitter.fire('1');
		assert.deepEqual(heard, []);
	});
});
