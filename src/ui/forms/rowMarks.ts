import type { TargetRow } from './targetRows';

/** The keys of the rows that stand in `meant` where the items stand in `rows`: VS Code tells of a row by its place. */
export function keysAt(
	items: readonly TargetRow[],
	rows: readonly TargetRow[],
	meant: readonly TargetRow[],
): ReadonlySet<string> {
	if (rows === meant) {
		return new Set(items.map(({ key }) => key));
	}
	const places = new Map(rows.map((row, place) => [row, place]));
	return new Set(items.flatMap((item) => meant[places.get(item) ?? -1]?.key ?? []));
}

/** Whether VS Code finds a filter in a text: its characters, in their order, with others in between. */
export function fitsFilter(text: string, filter: string): boolean {
	let at = 0;
	for (const character of filter) {
		at = text.indexOf(character, at) + 1;
		if (at === 0) {
			return false;
		}
	}
	return true;
}

/** Whether both hold the same. */
export function isSame(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
	return one.size === other.size && [...one].every((key) => other.has(key));
}
