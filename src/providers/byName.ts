/** Compares by name, in the order of UTF-16 code units, for `sort`. */
export function byName(a: { readonly name: string }, b: { readonly name: string }): number {
	return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}

/** The things sorted by name, each name once: pages overlap when something is added while they are read. */
export function sortedByName<T extends { readonly name: string }>(things: readonly T[]): readonly T[] {
	return [...new Map(things.map((thing) => [thing.name, thing])).values()].sort(byName);
}
