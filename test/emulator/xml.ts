/** A piece of XML that is complete and escaped. */
export interface Xml {
	readonly xml: string;
}

/** An element; strings become escaped text, lists their members in order, undefined nothing. */
export function element(name: string, ...content: readonly (string | Xml | readonly Xml[] | undefined)[]): Xml {
	const tagName = name.split(' ', 1)[0] ?? name;
	return { xml: `<${name}>${content.map(serialize).join('')}</${tagName}>` };
}

/** The XML declaration and the root element. */
export function xmlDocument(root: Xml): string {
	return `<?xml version="1.0" encoding="UTF-8"?>\n${root.xml}`;
}

function serialize(content: string | Xml | readonly Xml[] | undefined): string {
	if (content === undefined) return '';
	if (typeof content === 'string') return escapeText(content);
	if ('xml' in content) return content.xml;
	return content.map((item) => item.xml).join('');
}

function escapeText(text: string): string {
	// A literal carriage return would reach the reader as a line feed (XML 1.0, section 2.11).
	return text
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll('>', '&gt;')
		.replaceAll('"', '&quot;')
		.replaceAll('\r', '&#xD;');
}
