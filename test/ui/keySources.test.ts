import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { keyLines } from '../fakes/keys.js';
import { ImportForm } from './importForm.js';
import { openScene, type Scene } from './scene.js';
import type { Window } from './window.js';

describe('a key from elsewhere', () => {
	let scene: Scene;
	let window: Window;
	let form: ImportForm;
	let server: Server;
	let origin: string;
	/** By path; others are not there. */
	const pages: Readonly<Record<string, string>> = {
		'/one.keys': `${keyLines.ops}\n`,
		'/two.keys': `${keyLines.deploy}\n${keyLines.mel}\n`,
		'/none': '<!DOCTYPE html><title>Sign in</title>',
	};

	before(async () => {
		server = createServer((request, response) => {
			const page = pages[request.url ?? ''];
			response.writeHead(page === undefined ? 404 : 200).end(page);
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
		scene = await openScene({
			files: { 'notes.md': `Their key is\n${keyLines.ops}\nand that is all.\n` },
		});
		window = scene.window;
		form = new ImportForm(window);
		await window.openFile('notes.md');
	});
	after(async () => {
		await scene?.close();
		await new Promise((resolve) => server.close(resolve));
	});
	afterEach(async () => {
		await form.giveUp();
		await window.clearNotifications();
	});

	/** Selects so many lines from the start of the file on. */
	async function select(first: number, count: number): Promise<void> {
		await window.page.locator('.editor-instance .view-line').first().click();
		await window.page.keyboard.press('Control+Home');
		for (let line = 0; line < first; line++) {
			await window.page.keyboard.press('ArrowDown');
		}
		for (let line = 0; line < count; line++) {
			await window.page.keyboard.press('Shift+ArrowDown');
		}
	}

	async function enterAddress(address: string): Promise<void> {
		await window.pick('Fetch from a URL…').click();
		await window.quickInput.getByPlaceholder('https://').fill(address);
		await window.page.keyboard.press('Enter');
	}

	it('may be selected in an editor', async () => {
		await select(1, 1);
		// Escape, which comes first elsewhere, would take the selection away.
		await window.page.keyboard.press('F1');
		await window.quickInputText.fill('>Import Key Pair');
		await window.pick(/Import Key Pair…$/).click();
		await window.pick('Use the selection in the editor').click();
		await form.at('Targets');
		await form.fill({ profile: 'mel', regions: ['us-east-1'], name: 'from-notes' });
		await form.run();
		await window.notification('Imported from-notes').waitFor();
		const held = scene.person.account.keyPairs('us-east-1').withName('from-notes');
		assert.equal(held?.publicKey, keyLines.ops.slice(0, -' ops@laptop'.length));
	});

	it('is not offered out of a selection that holds none', async () => {
		await select(0, 1);
		await form.open();
		await window.pick('Use the clipboard').waitFor();
		assert.equal(await window.pick('Use the selection in the editor').count(), 0);
	});

	it('may be in the clipboard', async () => {
		await select(1, 1);
		await window.page.keyboard.press('Control+C');
		await select(0, 0);
		await form.open();
		await window.pick('Use the clipboard').click();
		await form.at('Targets');
	});

	it('keeps being asked for when the clipboard holds none, with the reason', async () => {
		await select(0, 1);
		await window.page.keyboard.press('Control+C');
		await form.open();
		await window.pick('Use the clipboard').click();
		await window.notification(/The clipboard.*contains no public key/).waitFor();
		await form.at('Public key');
		await window.pick('Use the clipboard').waitFor();
	});

	it('may be fetched', async () => {
		await form.open();
		await enterAddress(`${origin}/one.keys`);
		await form.at('Targets');
	});

	it('is chosen among several that were fetched, and Back leads to all others', async () => {
		await form.open();
		await enterAddress(`${origin}/two.keys`);
		await window.quickInput.getByPlaceholder(/contains several keys/).waitFor();
		assert.deepEqual(
			(await window.picks()).map((row) => row.replace(/^127\.0\.0\.1:\d+, /, '')),
			['RSA 2048 · deploy', 'ED25519 · mel@laptop'],
		);
		await form.back();
		await window.pick('id_ed25519.pub').waitFor();
		await enterAddress(`${origin}/two.keys`);
		await window.pick(/^127/).last().click();
		await form.at('Targets');
	});

	it('is fetched by https alone, which the box says while it is typed', async () => {
		await form.open();
		await window.pick('Fetch from a URL…').click();
		await window.quickInput.getByPlaceholder('https://').waitFor();
		assert.equal((await window.enter('http://github.com/octocat.keys', /https:/)).severity, 'error');
		assert.equal((await window.enter('octocat', /such as/)).severity, 'error');
		await form.back();
		await window.pick('Use the clipboard').waitFor();
	});

	for (const [page, reason] of [
		['/gone', /404/],
		['/none', /contains no public key/],
	] as const) {
		it(`keeps being asked for when the page is none: ${page}`, async () => {
			await form.open();
			await enterAddress(`${origin}${page}`);
			await window.notification(reason).waitFor();
			await window.pick('Use the clipboard').waitFor();
		});
	}
});
