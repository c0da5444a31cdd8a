import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { getL10nJson, type l10nJsonFormat } from '@vscode/l10n-dev';
import { literalTexts } from './literalTexts';

const languages = ['zh-cn'];

describe('the translations', () => {
	/** As `vscode-l10n-dev export` would write them: by the key that VS Code looks the translation up with. */
	let texts: l10nJsonFormat;
	let manifestTexts: l10nJsonFormat;

	before(async function () {
		this.timeout(60_000);
		const sources = await Promise.all((await filesIn('src')).map((file) => readFile(file, 'utf8')));
		const withTexts = sources.filter((contents) => contents.includes('l10n'));
		texts = await getL10nJson(withTexts.map((contents) => ({ contents, extension: '.ts' })));
		manifestTexts = await readTexts('package.nls.json');
	});

	for (const language of languages) {
		it(`have every text of the code in ${language}, and no text that is gone`, async () => {
			assertTranslated(texts, await readTexts(`l10n/bundle.l10n.${language}.json`));
		});

		it(`have every text of the manifest in ${language}, and no text that is gone`, async () => {
			assertTranslated(manifestTexts, await readTexts(`package.nls.${language}.json`));
		});

		it(`keep the commands that the texts of the manifest link to in ${language}`, async () => {
			const translated = await readTexts(`package.nls.${language}.json`);
			for (const [key, text] of Object.entries(manifestTexts)) {
				assert.deepEqual(links(messageOf(translated[key])), links(messageOf(text)), key);
			}
		});
	}

	it('are of every text that the manifest names, and the manifest names them all', async () => {
		const manifest = await readFile('package.json', 'utf8');
		const named = new Set([...manifest.matchAll(/"%([\w.]+)%"/g)].map(([, key]) => key));
		assert.deepEqual([...named].sort(), Object.keys(manifestTexts).sort());
	});
});

describe('the user interface', () => {
	it('shows no text that is not looked up in the translations', async () => {
		const files = [...(await filesIn(join('src', 'ui'))), join('src', 'extension.ts')];
		const found = await Promise.all(
			files.map(async (file) => literalTexts(await readFile(file, 'utf8')).map((text) => `${file}: ${text}`)),
		);
		assert.deepEqual(found.flat(), []);
	});
});

function assertTranslated(texts: l10nJsonFormat, translated: l10nJsonFormat): void {
	const keys = Object.keys(texts);
	assert.ok(keys.length > 0);
	assert.deepEqual(
		{
			withoutTranslation: keys.filter((key) => !messageOf(translated[key])),
			withoutText: Object.keys(translated).filter((key) => !Object.hasOwn(texts, key)),
			withOtherPlaceholders: keys.filter(
				(key) => placeholders(messageOf(translated[key])) !== placeholders(messageOf(texts[key])),
			),
		},
		{ withoutTranslation: [], withoutText: [], withOtherPlaceholders: [] },
	);
}

async function readTexts(file: string): Promise<l10nJsonFormat> {
	return JSON.parse(await readFile(file, 'utf8'));
}

function messageOf(text: l10nJsonFormat[string] | undefined): string {
	return typeof text === 'object' ? text.message : (text ?? '');
}

/** The placeholders of a text in one string; their order may differ between languages. */
function placeholders(text: string): string {
	return (text.match(/\{\d+\}/g) ?? []).sort().join();
}

function links(text: string): readonly string[] {
	return (text.match(/\]\([^)]*\)/g) ?? []).sort();
}

async function filesIn(folder: string): Promise<readonly string[]> {
	const entries = await readdir(folder, { recursive: true, withFileTypes: true });
	return entries
		.filter((entry) => entry.isFile() && extname(entry.name) === '.ts')
		.map((entry) => join(entry.parentPath, entry.name));
}
