import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import type { Locator } from 'playwright-core';
import { keyLines } from '../fakes/keys.js';
import { ImportForm } from './importForm.js';
import { openScene, type Scene } from './scene.js';
import type { Window } from './window.js';

describe('Import Key Pair from where a key or a region is', () => {
	let scene: Scene;
	let window: Window;
	let form: ImportForm;

	before(async () => {
		const { privateKey } = generateKeyPairSync('ed25519');
		scene = await openScene({
			files: {
				'ops.pub': `${keyLines.ops}\n`,
				'several.pub': `${keyLines.mel}\n${keyLines.deploy}\n`,
				'broken.pub': `${keyLines.ops.replace('AAAAC3', 'AAA*C3')}\n`,
				'private.pub': privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
				'yubikey.pub': `${keyLines.ecdsa}\n`,
			},
		});
		window = scene.window;
		form = new ImportForm(window);
	});
	after(() => scene?.close());
	afterEach(async () => {
		await window.clearNotifications();
	});

	it('takes the key file that is right-clicked in the explorer', async () => {
		await window.command('View: Show Explorer');
		await window.contextMenu(inExplorer(window, 'ops.pub'), 'Import Key Pair…');
		await form.atStep('Targets', '1/4');
		await form.fill({ profile: 'mel', regions: ['eu-west-3'], name: 'from-explorer' });
		await form.run();
		await window.notification('Imported from-explorer into mel · EC2 · eu-west-3.').waitFor();
		const { publicKey } = scene.person.account.keyPairs('eu-west-3').withName('from-explorer') ?? {};
		assert.ok(publicKey && keyLines.ops.startsWith(publicKey));
	});

	it("takes the key file whose editor's tab is right-clicked", async () => {
		await window.openFile('ops.pub');
		await window.contextMenu(window.page.locator('.tab.active'), 'Import Key Pair…');
		await form.atStep('Targets', '1/4');
		await form.giveUp();
	});

	it('begins from the palette with the key of the active editor', async () => {
		await window.openFile('ops.pub');
		await form.open();
		await form.atStep('Public key', '1/5');
		await window.pick('ops.pub').waitFor();
		await window.page.keyboard.press('Enter');
		await form.chooseTargets('mel', ['us-east-1']);
		await form.at('Name');
		assert.equal(await window.quickInputText.inputValue(), 'ops@laptop');
		await form.giveUp();
	});

	it('asks which key of a file with several', async () => {
		await window.command('View: Show Explorer');
		await window.contextMenu(inExplorer(window, 'several.pub'), 'Import Key Pair…');
		await form.atStep('Public key', '1/5');
		const rows = (await window.picks()).filter((row) => row.startsWith('several.pub'));
		assert.equal(rows.length, 2);
		assert.match(rows[1] ?? '', /^several\.pub, RSA 2048 · deploy/);
		await window.pick('several.pub').nth(1).click();
		await form.atStep('Targets', '2/5');
		await form.fill({ profile: 'mel', regions: ['eu-west-3'], name: 'second' });
		await form.run();
		await window.notification('Imported second into mel · EC2 · eu-west-3.').waitFor();
		assert.equal(scene.person.account.keyPairs('eu-west-3').withName('second')?.type, 'rsa');
	});

	it('says of a key that EC2 does not take why no target there can be chosen for it', async () => {
		await window.contextMenu(inExplorer(window, 'yubikey.pub'), 'Import Key Pair…');
		await form.atStep('Targets', '1/4');
		await window.quickInputText.fill('EC2');
		await window.pick('EC2').waitFor();
		assert.match((await window.picks())[0] ?? '', /^EC2, EC2 .* ecdsa-sha2-nistp256.*, mel, ops/);
		await window.pick('EC2').click();
		await window.page.keyboard.press('Enter');
		await window.quickInput.getByPlaceholder('Choose at least one target').waitFor();
		await form.giveUp();
	});

	it('refuses a broken file with the place in Problems, and offers another key', async () => {
		const requests = scene.emulator.requests.count();
		await window.contextMenu(inExplorer(window, 'broken.pub'), 'Import Key Pair…');
		const told = /broken\.pub .*base64/;
		await window.answer(told, 'Show Problems');
		await window.page.locator('.tab.active[data-resource-name="broken.pub"]').waitFor();
		const problems = await window.problems();
		assert.deepEqual(
			problems.map(({ code, position }) => ({ code, position })),
			[{ code: 'base64Character', position: '[Ln 1, Col 16]' }],
		);
		await window.contextMenu(inExplorer(window, 'broken.pub'), 'Import Key Pair…');
		await window.answer(told, 'Choose Another Key');
		await form.atStep('Public key', '1/5');
		await form.giveUp();
		assert.equal(scene.emulator.requests.count(), requests);
	});

	it('refuses a private key and sends nothing of it', async () => {
		const requests = scene.emulator.requests.count();
		await window.contextMenu(inExplorer(window, 'private.pub'), 'Import Key Pair…');
		const told = /private\.pub .*This is a private key/;
		await window.notification(told).waitFor();
		assert.ok(!(await window.notification(told).textContent())?.includes('MC4C'));
		await window.answer(told, 'Choose Another Key');
		await form.atStep('Public key', '1/5');
		await form.giveUp();
		assert.ok((await window.problems()).some(({ code }) => code === 'privateKey'));
		assert.equal(scene.emulator.requests.count(), requests);
	});

	it('is found on the rows of Local Public Keys, which say what each key is, where it is and what is wrong with it', async () => {
		await window.command('View: Show Cloud Key Pairs');
		await window.row('Local Public Keys', 'yubikey.pub').waitFor();
		const rows = await window.rows('Local Public Keys');
		const described = (name: string) =>
			rows.filter(({ label }) => label === name).map(({ description }) => description);
		assert.deepEqual(described('deploy_rsa.pub'), ['RSA 4096 · deploy']);
		// Imported above.
		assert.deepEqual(described('ops.pub'), ['ED25519 · ops@laptop · in 1 target · team-keys']);
		assert.deepEqual(described('several.pub (2)'), ['RSA 2048 · deploy · in 1 target · team-keys']);
		const [home, team] = described('broken.pub');
		assert.match(home ?? '', /^This character .*base64/);
		assert.match(team ?? '', /^team-keys · This character .*base64/);
		const spoken = rows.map(({ accessibleName }) => accessibleName);
		assert.ok(spoken.includes('ops.pub, ED25519, ops@laptop, in 1 target, team-keys'), spoken.join('\n'));
		assert.ok(spoken.some((text) => /^private\.pub, not usable: This is a private key/.test(text)));
	});

	it('takes the local key whose inline action is pressed', async () => {
		await window.press(window.row('Local Public Keys', 'deploy_rsa.pub'), 'Import Key Pair…');
		await form.atStep('Targets', '1/4');
		await form.giveUp();
	});

	it('takes the region whose inline action is pressed, and asks for no target', async () => {
		await window.expand('Cloud Key Pairs', 'ops');
		await window.expand('Cloud Key Pairs', 'EC2');
		await window.press(window.row('Cloud Key Pairs', 'us-east-1'), 'Import Key Pair…');
		await form.atStep('Public key', '1/4');
		await window.pick('id_ed25519.pub').click();
		await form.atStep('Name', '2/4');
		await form.fill({ name: 'from-region' });
		await form.run();
		await window.notification('Imported from-region into ops · EC2 · us-east-1.').waitFor();
		assert.ok(scene.person.opsAccount.keyPairs('us-east-1').withName('from-region'));
		// The view is in sight: its row is selected without a word.
		await window.row('Cloud Key Pairs', 'from-region').and(window.page.locator('.selected')).waitFor();
	});

	it('copies the fingerprint and the public key of rows', async () => {
		await window.contextMenu(window.row('Local Public Keys', 'ops.pub'), 'Copy Public Key');
		await window.copied(keyLines.ops);
		await window.contextMenu(window.row('Cloud Key Pairs', 'from-region'), 'Copy Fingerprint');
		await window.copied(scene.person.opsAccount.keyPairs('us-east-1').withName('from-region')?.fingerprint ?? '');
	});
});

function inExplorer(window: Window, name: string): Locator {
	return window.page.locator('.explorer-folders-view .monaco-list-row', { hasText: name });
}
