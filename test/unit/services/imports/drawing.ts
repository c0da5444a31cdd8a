/** Numbers and choices by lot, the same for the same seed. */
export interface Draw {
	/** From 0 to 1. */
	number(): number;
	/** One of the values, each as likely as the others. */
	pick<T>(...values: readonly [T, ...T[]]): T;
}

/** Draws by Tommy Ettinger's mulberry32. */
export function drawing(seed: number): Draw {
	let state = seed;
	const number = (): number => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
	};
	return { number, pick: (...values) => values[Math.floor(number() * values.length)] ?? values[0] };
}
