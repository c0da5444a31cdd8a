/** Whether a whole name fits a pattern, without regard to case: `*` stands for any characters, `?` for one, anything else for itself. Takes time in
 * proportion to the name's length times the pattern's. */
export function fitsGlob(name: string, pattern: string): boolean {
	const text = [...name.toLowerCase()];
	const glob = [...pattern.toLowerCase()];
	let at = 0;
	let inGlob = 0;
	/** Where to go on when the rest does not fit: the last `*` then stands for one character more. */
	let retry: { readonly at: number; readonly inGlob: number } | undefined;
	while (at < text.length) {
		if (glob[inGlob] === '*') {
			retry = { at, inGlob };
			inGlob += 1;
		} else if (glob[inGlob] === '?' || glob[inGlob] === text[at]) {
			at += 1;
			inGlob += 1;
		} else if (retry) {
			retry = { at: retry.at + 1, inGlob: retry.inGlob };
			at = retry.at;
			inGlob = retry.inGlob + 1;
		} else {
			return false;
		}
	}
	return glob.slice(inGlob).every((character) => character === '*');
}
