/** Percent-encodes every octet of the UTF-8 text but letters, digits, `-`, `_`, `.` and `~` (RFC 3986, section 2.3), as both signature methods ask. */
export function percentEncode(text: string): string {
	return encodeURIComponent(text).replace(
		/[!'()*]/g,
		(character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
	);
}

/** The names and values of a query or a form, decoded; `+` stands for itself in a query and for a space in a form. */
export function decodePairs(text: string, plus: 'literal' | 'space' = 'literal'): [string, string][] {
	const decode = (part: string) => decodePart(plus === 'space' ? part.replaceAll('+', ' ') : part);
	return text
		.split('&')
		.filter((pair) => pair !== '')
		.map((pair) => {
			const equals = pair.indexOf('=');
			return equals < 0 ? [decode(pair), ''] : [decode(pair.slice(0, equals)), decode(pair.slice(equals + 1))];
		});
}

/** `name=value` pairs, encoded, in the order of their names (code units, as in the examples), joined by `&`. */
export function canonicalPairs(pairs: readonly (readonly [string, string])[]): string {
	return [...pairs]
		.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
		.map(([name, value]) => `${percentEncode(name)}=${percentEncode(value)}`)
		.join('&');
}

function decodePart(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}
