/** One measured line of the benchmark's table. */
export interface Row {
	readonly name: string;
	/** As measured, with its unit. */
	readonly value: string;
	/** What it is held against, in the same run. */
	readonly peer?: string;
	/** Whether the goal is met; absent where there is none. */
	readonly met?: boolean;
}

/** Milliseconds for people. */
export function ms(milliseconds: number): string {
	return `${milliseconds < 100 ? milliseconds.toFixed(1) : Math.round(milliseconds)} ms`;
}

/** The middle one of the values; NaN without any. */
export function median(values: readonly number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
