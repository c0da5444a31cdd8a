/** String literals that look as if a person would read them and yet are no argument of `l10n.t`: texts given to VS Code's calls and
 * properties, and whole sentences anywhere. What goes to the log or into an Error stays English and is left out.
 * Works on the text of a source file, not on its syntax: made for finding slips. */
export function literalTexts(source: string): readonly string[] {
	const code = [comments, translated, notForPeople].reduce((text, pattern) => text.replace(pattern, ' '), source);
	return [...code.matchAll(shown), ...code.matchAll(sentence)]
		.map(([, text = '']) => text)
		.filter((text, index, all) => hasWords(text) && all.indexOf(text) === index);
}

const literal = /(?:'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`)/.source;
const comments = /\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm;
const translated = new RegExp(`\\bl10n\\.t\\(\\s*${literal}`, 'g');
const notForPeople = new RegExp(`(?:\\bnew \\w*Error|\\.(?:trace|debug|info|warn|error))\\(\\s*${literal}`, 'g');
const places = [
	'\\b(?:label|description|detail|place[hH]older|prompt|title|tooltip|message|advice|openLabel)\\s*[:=]\\s*',
	'\\b(?:show\\w+Message|setStatusBarMessage|TreeItem|CodeAction|appendText|appendMarkdown)\\(\\s*',
	'\\bcreateTerminal\\(\\{ name: ',
	'\\bnew Diagnostic\\([^\'"`;]*',
];
const shown = new RegExp(`(?:${places.join('|')})(${literal})`, 'g');
const sentence = /(?<=[\s([{?])(['"`][A-Z][a-z]+ [a-z][^'"`\n]*['"`])/g;

/** Whether the literal has a word beside its placeholders, addresses and the icons of Markdown. A name in camel case is a code. */
function hasWords(text: string): boolean {
	if (/^'[a-z]+[A-Z]\w*'$/.test(text)) {
		return false;
	}
	return /\p{Letter}{2}/u.test(text.replace(/\$\{[^}]*\}|https?:\/\/[\w./-]+|\$\([\w-]+\)|\\n/g, ''));
}
