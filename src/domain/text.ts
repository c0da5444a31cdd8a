/** A place in a text: zero-based line, zero-based UTF-16 code unit in that line. */
export interface Position {
	readonly line: number;
	readonly character: number;
}

/** A stretch of a text; `end` is exclusive. */
export interface Range {
	readonly start: Position;
	readonly end: Position;
}
