import assert from 'node:assert/strict';
import { ImportForm } from './importForm.js';
import { openScene, type Scene } from './scene.js';
import type { Window } from './window.js';

const view = 'Import Results';
const regions = ['us-east-1', 'us-west-2', 'eu-west-1', 'eu-west-2'];

describe('the results of an import in a window', () => {
	let scene: Scene;
	let window: Window;
	let form: ImportForm;
	const place = (region: string) => `mel · EC2 · ${region}`;
	const holding = (name: string) =>
		regions.filter((region) => scene.person.account.keyPairs(region).withName(name) !== undefined);
	const labels = async () => (await window.rows(view)).map(({ label }) => label);
	const row = async (label: string) => (await window.rows(view)).find((candidate) => candidate.label === label);
	/** Has the service refuse imports into a region for want of permission. */
	const deny = (region: string) =>
		scene.emulator.faults.set([
			{
				...{ operation: 'ImportKeyPair', account: scene.person.account.id, region },
				effect: { kind: 'error', code: 'UnauthorizedOperation', status: 403 },
			},
		]);
	const importInto = async (name: string) => {
		await form.openAndFill({ key: 'id_ed25519.pub', profile: 'mel', regions, name });
		await form.run();
	};
	/** The lines of the document that is open, without those that are out of sight. */
	const lines = async () => {
		const text = window.page.locator('.editor-instance .view-line');
		return (await text.allTextContents()).map((line) => line.replaceAll('\u00a0', ' '));
	};
	const openView = async () => {
		await window.command('View: Show Cloud Key Pairs');
		if ((await window.view(view).locator('.pane-header').getAttribute('aria-expanded')) !== 'true') {
			await window.toggleView(view);
		}
	};

	before(async () => {
		scene = await openScene();
		window = scene.window;
		form = new ImportForm(window);
		await openView();
	});
	after(() => scene?.close());
	beforeEach(() => scene.emulator.faults.clear());

	it('are announced before the first import, with the way to it', async () => {
		const welcome = window.view(view);
		await welcome.getByText('What came of your last import').waitFor();
		await welcome.getByRole('button', { name: 'Import Key Pair' }).click();
		await form.atStep('Public key', '1/5');
		await window.quickInputFocus.waitFor();
		await form.giveUp();
	});

	it('show how far every target has come, and what is selected stays so', async () => {
		const call = { operation: 'ImportKeyPair', account: scene.person.account.id } as const;
		scene.emulator.faults.set([
			{ ...call, region: 'us-west-2', delayMs: 5_000 },
			{ ...call, region: 'eu-west-1', calls: [1, 2, 3], effect: { kind: 'throttle' } },
		]);
		await importInto('watched');
		await window.row(view, 'Importing watched').waitFor();
		const slow = window.row(view, place('us-west-2'));
		await slow.click();
		await window.row(view, place('eu-west-1')).getByText('is tried again: too many requests').waitFor();
		await window.row(view, place('us-east-1')).getByText('key-').waitFor();
		const spoken = new Map((await window.rows(view)).map(({ label, accessibleName }) => [label, accessibleName]));
		assert.match(spoken.get('Importing watched') ?? '', /^Importing watched, \d of 4$/);
		assert.match(spoken.get(place('us-west-2')) ?? '', /, being sent$/);
		assert.match(spoken.get(place('us-east-1')) ?? '', /, imported$/);
		// The row has been made anew since.
		await slow.and(window.page.locator('.selected')).waitFor();
		await window.row(view, '4 imported').waitFor();
		await window.notification('Import of watched: 4 imported.').waitFor();
		assert.deepEqual(await labels(), ['4 imported']);
		assert.deepEqual(holding('watched'), regions);
		await window.clearNotifications();
	});

	it('put failures first, with the reason, and each target below', async () => {
		deny('eu-west-2');
		await importInto('refused');
		await window
			.notification(/Import of refused: 3 imported, 1 failed\. mel · EC2 · eu-west-2: .*ec2:ImportKeyPair/)
			.waitFor();
		await window.row(view, '1 failed').waitFor();
		assert.deepEqual(await labels(), ['1 failed', place('eu-west-2'), '3 imported']);
		assert.match(
			(await row(place('eu-west-2')))?.accessibleName ?? '',
			/^mel, EC2, eu-west-2, no permission: ec2:ImportKeyPair, failed$/,
		);
		await window.expand(view, '3 imported');
		await window.row(view, place('us-east-1')).click();
		await window.row('Cloud Key Pairs', 'refused').and(window.page.locator('.selected')).waitFor();
	});

	it('are told in full by a document that is read-only', async () => {
		await window.answer(/Import of refused/, 'Show Details');
		await window.page.locator('.tab.active', { hasText: 'Import Details' }).waitFor();
		const [summary, key] = await lines();
		assert.equal(summary, 'Import of refused: 3 imported, 1 failed');
		assert.match(key ?? '', /^ED25519 · SHA256:\S+ · mel@laptop$/);
		await window.page.locator('.editor-instance .view-line').first().click();
		await window.page.keyboard.type('x');
		await window.page
			.getByText(/Cannot edit in read-only editor/)
			.first()
			.waitFor();
		assert.equal((await lines())[0], summary);
	});

	it('are tried again where they failed, by the button of the row', async () => {
		await window.press(window.row(view, '1 failed'), 'Retry Failed Imports');
		await window.notification('Imported refused into mel · EC2 · eu-west-2.').waitFor();
		await window.row(view, '4 imported').waitFor();
		assert.deepEqual(holding('refused'), regions);
		await window.clearNotifications();
		// The document follows.
		await window.page.locator('.editor-instance .view-line', { hasText: 'Import of refused: 4 imported' }).waitFor();
		// What was unfolded stays so.
		assert.equal((await row('4 imported'))?.expanded, true);
	});

	it('are there after a reload, when the rest is tried again', async () => {
		deny('us-east-1');
		await importInto('reloaded');
		await window.row(view, '1 failed').waitFor();
		await window.command('Key Pairs: Show Import Details');
		await window.page.locator('.tab.active', { hasText: 'Import Details' }).waitFor();
		scene.emulator.faults.clear();
		await window.page.reload();
		await window.page.locator('.monaco-workbench .statusbar').waitFor();
		await openView();
		await window.row(view, '1 failed').waitFor();
		// An editor whose text is gone with the window would say so.
		assert.equal(await window.page.locator('.monaco-editor-pane-placeholder:visible').count(), 0);
		await window.press(window.view(view).locator('.pane-header'), 'Retry Failed Imports');
		await window.notification('Imported reloaded into mel · EC2 · us-east-1.').waitFor();
		assert.deepEqual(holding('reloaded'), regions);
		await window.row(view, '4 imported').waitFor();
		await window.clearNotifications();
	});

	it('are in the history, command by command', async () => {
		await window.press(window.view(view).locator('.pane-header'), 'Show Import History');
		await window.quickInputTitled('Import History');
		const rows = await window.picks();
		assert.deepEqual(
			rows.slice(0, 3).map((text) => text.split(',')[0]),
			['Show all changes', 'Export as CSV…', 'Export as JSON…'],
		);
		assert.match(rows[3] ?? '', /^reloaded, import · 5 targets · \d done · \d failed · just now/);
		await window.pick('Show all changes').click();
		await window.page.locator('.tab.active', { hasText: 'Import History' }).waitFor();
		await window.page.locator('.editor-instance .view-line', { hasText: 'mel · EC2 · us-west-2' }).first().waitFor();
	});

	it('can be undone from there, after a question', async () => {
		await window.command('Show Import History…');
		await window.quickInputTitled('Import History');
		await window.press(window.pick('refused'), 'Undo import');
		const dialog = window.page.getByRole('dialog');
		await dialog.getByText('Delete 4 key pairs that the import of refused made?').waitFor();
		await dialog.getByText(place('eu-west-2')).waitFor();
		await dialog.getByRole('button', { name: 'Cancel' }).click();
		assert.deepEqual(holding('refused'), regions);
		await window.command('Undo Import…');
		await window.quickInputTitled('Undo Import');
		assert.deepEqual(
			(await window.picks()).map((text) => text.split(',')[0]),
			['reloaded', 'refused', 'watched'],
		);
		await window.pick('refused').click();
		await dialog.getByRole('button', { name: 'Delete' }).click();
		await window.notification('Undo of the import: 4 deleted.').waitFor();
		assert.deepEqual(holding('refused'), []);
		assert.deepEqual(holding('watched'), regions);
	});
});
