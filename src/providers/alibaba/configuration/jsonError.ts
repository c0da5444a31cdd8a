/** One token of JSON, after white space (RFC 8259, sections 2 to 7). */
const token =
	/[ \t\n\r]*(?:([{}[\]:,])|("(?:[^"\\\p{Cc}]|[\x7f-\x9f]|\\(?:["\\/bfnrt]|u[\dA-Fa-f]{4}))*")|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])|(?:true|false|null)(?!\w))/uy;

/** What may come next. `first…`: right after the bracket, where the closing one may come too. */
type Expected = 'value' | 'firstItem' | 'firstKey' | 'key' | 'colon' | 'commaOrEnd' | 'end';

/** The zero-based line in which a text stops being JSON; undefined for a text that is JSON. Where the end is missing, it is the last line that
 * holds anything. The messages of JSON.parse can't be used for this: they quote the text, and not all of them tell a place. */
export function jsonErrorLine(text: string): number | undefined {
	const open: ('{' | '[')[] = [];
	let expected: Expected = 'value';
	let at = 0;
	while (true) {
		token.lastIndex = at;
		const match = token.exec(text);
		if (!match) {
			const rest = text.slice(at).trimStart();
			return rest === '' && expected === 'end'
				? undefined
				: lineOf(text, rest === '' ? text.trimEnd().length : text.length - rest.length);
		}
		const [all, mark, string] = match;
		const next = follow(expected, mark ?? (string === undefined ? 'literal' : 'string'), open);
		if (next === undefined) {
			return lineOf(text, at + all.length - all.trimStart().length);
		}
		expected = next;
		at = token.lastIndex;
	}
}

/** What may come after a token, or undefined when the token itself may not come. Keeps the open brackets. */
function follow(expected: Expected, found: string, open: ('{' | '[')[]): Expected | undefined {
	const afterValue = (): Expected => (open.length === 0 ? 'end' : 'commaOrEnd');
	const close = (bracket: '{' | '['): Expected | undefined => (open.pop() === bracket ? afterValue() : undefined);
	switch (expected) {
		case 'firstKey':
		case 'key':
			return found === 'string' ? 'colon' : found === '}' && expected === 'firstKey' ? close('{') : undefined;
		case 'colon':
			return found === ':' ? 'value' : undefined;
		case 'commaOrEnd':
			if (found === ',') {
				return open.at(-1) === '{' ? 'key' : 'value';
			}
			return found === '}' ? close('{') : found === ']' ? close('[') : undefined;
		case 'end':
			return undefined;
		case 'firstItem':
		case 'value':
			if (found === '{' || found === '[') {
				open.push(found);
				return found === '{' ? 'firstKey' : 'firstItem';
			}
			if (found === ']' && expected === 'firstItem') {
				return close('[');
			}
			return found === 'string' || found === 'literal' ? afterValue() : undefined;
	}
}

function lineOf(text: string, offset: number): number {
	return text.slice(0, offset).split('\n').length - 1;
}
