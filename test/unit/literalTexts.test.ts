import assert from 'node:assert/strict';
import { literalTexts } from './literalTexts';

describe('literalTexts', () => {
	const slips: readonly (readonly [code: string, text: string])[] = [
		["void window.showErrorMessage('Oops');", "'Oops'"],
		["pick.placeholder = 'Name';", "'Name'"],
		["return { label: 'Try again', run: true };", "'Try again'"],
		[`return { label: \`\${count} keys\` };`, `\`\${count} keys\``],
		["window.createTerminal({ name: 'Generate' });", "'Generate'"],
		["new Diagnostic(toHostRange(range), 'Taken');", "'Taken'"],
		[`markdown.appendMarkdown(\`**\${name}** in no cloud\`);`, `\`**\${name}** in no cloud\``],
		["const text = isEmpty ? 'It has no key.' : '';", "'It has no key.'"],
	];
	for (const [code, text] of slips) {
		it(`finds the text in: ${code}`, () => {
			assert.deepEqual(literalTexts(code), [text]);
		});
	}

	for (const code of [
		"void window.showErrorMessage(l10n.t('Oops'));",
		"return { label: l10n.t(\n\t'Try again',\n), run: true };",
		`title: \`\${title} · \${step.title(draft)}\`,`,
		"item.iconPath = new ThemeIcon('key');",
		"throw new TypeError('The name is missing');",
		"log.info('The name is missing');",
		"fix: { title: 'removeBom' },",
		"placeholder: 'https://example.com/mel.keys',",
		"// label: 'Try again'",
		"/** label: 'Try again' */",
		`markdown.appendMarkdown(\`[$(copy)](\${link})\\n\\n\`);`,
	]) {
		it(`finds nothing in: ${JSON.stringify(code)}`, () => {
			assert.deepEqual(literalTexts(code), []);
		});
	}
});
