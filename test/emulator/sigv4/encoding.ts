/** Percent-encodes every octet of the UTF-8 text except the unreserved characters of RFC 3986, as Signature Version 4 asks. */
export function uriEncode(text: string): string {
	return encodeURIComponent(text).replace(
		/[!'()*]/g,
		(character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
	);
}

/** The canonical URI: dot segments and repeated slashes removed (RFC 3986, section 6), then each segment encoded.
 * The segments arrive encoded once, so that the result is encoded twice; every service but S3 wants that. */
export function canonicalUri(path: string): string {
	const segments: string[] = [];
	for (const segment of path.split('/')) {
		if (segment === '..') segments.pop();
		else if (segment !== '' && segment !== '.') segments.push(segment);
	}
	const trailing = segments.length > 0 && path.endsWith('/') ? '/' : '';
	return `/${segments.map(uriEncode).join('/')}${trailing}`;
}

/** The canonical query string: names and values decoded, encoded anew, and sorted by code point of name, then value. */
export function canonicalQuery(query: string, leftOut?: string): string {
	const pairs: [string, string][] = [];
	for (const part of query.split('&')) {
		if (part === '') continue;
		const equals = part.indexOf('=');
		const name = recode(equals < 0 ? part : part.slice(0, equals));
		if (name !== leftOut) pairs.push([name, equals < 0 ? '' : recode(part.slice(equals + 1))]);
	}
	// The encoded text is ASCII, so comparing code units compares code points.
	pairs.sort((a, b) => compare(a[0], b[0]) || compare(a[1], b[1]));
	return pairs.map(([name, value]) => `${name}=${value}`).join('&');
}

function compare(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}

function recode(text: string): string {
	try {
		return uriEncode(decodeURIComponent(text));
	} catch {
		return text;
	}
}
