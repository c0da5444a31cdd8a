import assert from 'node:assert/strict';
import { access, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openWindow, type Window } from './window.js';

describe('a window driven as by a person', () => {
	let folder: string;
	let window: Window;

	before(async () => {
		folder = await mkdtemp(path.join(tmpdir(), 'workspace-'));
		await mkdir(path.join(folder, 'nested'));
		await writeFile(path.join(folder, 'nested', 'inside.txt'), 'inside\n');
		await writeFile(path.join(folder, 'broken.json'), '{ "a": 1,, }\n');
		await writeFile(path.join(folder, 'style.css'), 'a { display: none; text-align: left }\n');
		window = await openWindow({ workspace: folder });
	});

	after(async () => {
		await window?.close();
		await rm(folder, { recursive: true });
		await assert.rejects(access(window.home), { code: 'ENOENT' });
	});

	it('shows the rows of a view and expands them', async () => {
		const explorer = path.basename(folder);
		await window.expand(explorer, 'nested');
		await window.row(explorer, 'inside.txt').waitFor();
		const rows = await window.rows(explorer);
		assert.deepEqual(
			rows.map(({ label, level, expanded }) => ({ label, level, expanded })),
			[
				{ label: 'nested', level: 1, expanded: true },
				{ label: 'inside.txt', level: 2, expanded: undefined },
				{ label: 'broken.json', level: 1, expanded: undefined },
				{ label: 'style.css', level: 1, expanded: undefined },
			],
		);
	});

	it('opens a file, and its problems', async () => {
		await window.openFile('broken.json');
		await window.page.locator('.squiggly-error').first().waitFor();
		const [problem] = await window.problems();
		assert.deepEqual(problem, {
			message: 'Property expected',
			source: 'json',
			code: '513',
			position: '[Ln 1, Col 10]',
		});
	});

	it('shows the hover of a text in the editor', async () => {
		await window.openFile('style.css');
		const hover = await window.hover('text-align');
		await hover.getByText('horizontally aligned').first().waitFor();
		await window.page.keyboard.press('Escape');
	});

	it('runs commands by their title and saves a picture', async () => {
		await window.command('Developer: Show Running Extensions');
		await window.page.locator('.runtime-extensions-editor .monaco-list-row').first().waitFor();
		await access(await window.screenshot('smoke'));
	});
});
