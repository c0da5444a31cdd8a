import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { AlibabaAccount } from '../emulator/alibaba/accounts/account.js';
import { keyLines } from '../fakes/keys.js';
import { holdKeyPair } from '../fakes/person.js';
import { openScene, type Scene } from './scene.js';
import type { Window } from './window.js';

const cloudView = 'Cloud Key Pairs';

describe('creating, deleting and tagging key pairs in a window', () => {
	let scene: Scene;
	let window: Window;
	let alibaba: AlibabaAccount;
	const ssh = (name: string) => path.join(window.home, '.ssh', name);
	const held = (name: string) => scene.person.account.keyPairs('us-east-1').withName(name);
	const enter = async (text?: string) => {
		if (text !== undefined) {
			await window.quickInputText.fill(text);
		}
		await window.page.keyboard.press('Enter');
	};
	const at = (step: string) => window.quickInputTitled(new RegExp(`^Create Key Pair · ${step}`));

	before(async () => {
		const settings: Record<string, unknown> = { 'cloudKeyPairs.protectedProfiles': ['OPS*'] };
		scene = await openScene({
			settings,
			async prepare(home, emulator, { account, opsAccount }) {
				holdKeyPair(account, 'us-east-1', 'legacy', keyLines.deploy);
				holdKeyPair(opsAccount, 'us-east-1', 'mel', keyLines.mel);
				alibaba = emulator.alibaba.accounts.add({ resourceGroups: [{ name: 'platform' }] });
				const { url } = emulator;
				settings['cloudKeyPairs.alibaba.endpoints'] = { ecs: url, ens: url, sts: url, resourcemanager: url };
				const { id, secret } = alibaba.addAccessKey();
				const profile = { name: 'hangzhou', mode: 'AK', access_key_id: id, access_key_secret: secret };
				await mkdir(path.join(home, '.aliyun'), { recursive: true });
				await writeFile(
					path.join(home, '.aliyun', 'config.json'),
					JSON.stringify({ current: 'hangzhou', profiles: [{ ...profile, region_id: 'cn-hangzhou' }] }),
				);
			},
		});
		window = scene.window;
		await window.command('View: Show Cloud Key Pairs');
	});
	after(() => scene?.close());

	it('asks for everything from the palette, by keyboard, and creates once', async () => {
		await window.command('Create Key Pair…');
		await at('Profile');
		const places = await window.picks();
		for (const place of [/^mel, EC2/, /^mel, Lightsail/, /^hangzhou, ECS/, /^hangzhou, ENS/]) {
			assert.ok(
				places.some((spoken) => place.test(spoken)),
				`${place} among ${places.join(' | ')}`,
			);
		}
		await enter('mel');
		await at('Region of mel');
		await window.pick('us-east-1').waitFor();
		await enter('us-east-1');
		await at('Name');
		assert.equal((await window.enter('legacy', 'already a key pair')).severity, 'error');
		assert.equal((await window.enter(' x', 'space')).severity, 'error');
		await enter('laptop');
		await at('Type');
		await window.pick('ED25519').click();
		await at('Format');
		await enter();
		await at('Tags');
		await enter();
		await at('Private key file');
		await window.pick('~/.ssh/laptop.pem').waitFor();
		await enter();
		await at('Review');
		const before = scene.writes();
		await window.pick('Create laptop in mel · EC2 · us-east-1').waitFor();
		await enter();
		await window.answer(
			'Created laptop in mel · EC2 · us-east-1. The private key is in ~/.ssh/laptop.pem.',
			'Show Key Pair',
		);
		await window.row(cloudView, 'laptop').and(window.page.locator('.selected')).waitFor();
		assert.equal(scene.writes(), before + 1);
		assert.equal(held('laptop')?.type, 'ed25519');
		assert.equal((await stat(ssh('laptop.pem'))).mode & 0o777, 0o600);
		assert.ok((await readFile(ssh('laptop.pem.pub'), 'utf8')).startsWith(held('laptop')?.publicKey ?? '-'));
		await window.row('Local Public Keys', 'laptop.pem.pub').waitFor();
	});

	it('goes back and forth, keeps what was entered, and changes nothing on Escape', async () => {
		const [before, files] = [scene.writes(), await readdir(ssh(''))];
		await window.contextMenu(window.row(cloudView, 'us-east-1'), 'Create Key Pair…');
		await at('Name');
		assert.equal(await window.quickInput.getByRole('button', { name: /^Back/ }).count(), 0);
		await enter('another');
		await at('Type');
		await window.pick('RSA 2048').click();
		await at('Format');
		await window.pick('PPK').click();
		await at('Tags');
		await window.quickInput.getByRole('button', { name: /^Back/ }).click();
		await at('Format');
		await window.quickInput.getByRole('button', { name: /^Back/ }).click();
		await at('Type');
		await window.quickInput.getByRole('button', { name: /^Back/ }).click();
		await at('Name');
		assert.equal(await window.quickInputText.inputValue(), 'another');
		for (const step of ['Type', 'Format', 'Tags']) {
			await enter();
			await at(step);
		}
		await enter();
		await at('Private key file');
		await window.pick('~/.ssh/another.ppk').click();
		await at('Review');
		await window.pick('Name').click();
		await at('Name');
		await window.page.keyboard.press('Escape');
		await window.quickInput.waitFor({ state: 'hidden' });
		assert.equal(scene.writes(), before);
		assert.deepEqual(await readdir(ssh('')), files);
	});

	it('creates in a service without regions, tags and choices, and says what it has not', async () => {
		await window.collapseAll(cloudView);
		await window.expand(cloudView, 'hangzhou');
		await window.row(cloudView, 'ENS').waitFor();
		await window.contextMenu(window.row(cloudView, 'ENS'), 'Create Key Pair…');
		await at('Name');
		await enter('edge');
		await at('Private key file');
		await window.pick(/^~/).click();
		await at('Review');
		const rows = await window.picks();
		assert.ok(rows.some((spoken) => /^Tags, ENS has no tags/.test(spoken)));
		assert.ok(!rows.some((spoken) => /^Resource group/.test(spoken)));
		await enter();
		await window.notification('Created edge in hangzhou · ENS.').waitFor();
		await window.expand(cloudView, 'ENS');
		await window.row(cloudView, 'edge').waitFor();
		assert.match(await readFile(ssh('edge.pem'), 'utf8'), /PRIVATE KEY/);
		await window.clearNotifications();
	});

	it('asks for the resource group of an account with several', async () => {
		await window.contextMenu(window.row(cloudView, 'ECS'), 'Create Key Pair…');
		await at('Region of hangzhou');
		await window.pick('cn-hangzhou').click();
		await at('Name');
		await enter('grouped');
		await at('Tags');
		await enter();
		await at('Resource group');
		await window.pick('platform').click();
		await at('Private key file');
		await window.pick(/^~/).click();
		await at('Review');
		assert.ok((await window.picks()).some((spoken) => /^Resource group, platform/.test(spoken)));
		await enter();
		await window.answer(/Created grouped in hangzhou · ECS · cn-hangzhou/, 'Show Key Pair');
		await window.row(cloudView, 'grouped').and(window.page.locator('.selected')).waitFor();
	});

	it('edits tags in a list, and sends nothing when that is left', async () => {
		await window.collapseAll(cloudView);
		for (const label of ['mel', 'EC2', 'us-east-1']) {
			await window.expand(cloudView, label);
		}
		const tags = () => Object.fromEntries(held('legacy')?.tags ?? []);
		const open = async () => {
			await window.contextMenu(window.row(cloudView, 'legacy'), 'Edit Tags…');
			await window.quickInputTitled('Tags of legacy in mel · EC2 · us-east-1');
			await window.pick('Add tag…').waitFor();
		};
		await open();
		await window.pick('Add tag…').click();
		await window.quickInput.getByText('Tag key').waitFor();
		assert.equal((await window.enter('aws:x', 'reserved')).severity, 'error');
		await enter('Owner');
		await window.quickInput.getByText('Value of tag Owner').waitFor();
		await enter('mel');
		await window.pick('Save').waitFor();
		await window.page.keyboard.press('Escape');
		await window.quickInput.waitFor({ state: 'hidden' });
		assert.deepEqual(tags(), {});
		await open();
		await window.pick('Add tag…').click();
		await window.quickInput.getByText('Tag key').waitFor();
		await enter('Owner');
		await window.quickInput.getByText('Value of tag Owner').waitFor();
		await enter('mel');
		await window.pick('Save').click();
		await window.quickInput.waitFor({ state: 'hidden' });
		for (const deadline = Date.now() + 10_000; tags()['Owner'] !== 'mel' && Date.now() < deadline; ) {
			await window.page.waitForTimeout(50);
		}
		assert.deepEqual(tags(), { Owner: 'mel' });
	});

	it('deletes only after a yes, and takes the row away', async () => {
		const dialog = window.page.locator('.monaco-dialog-box');
		await window.contextMenu(window.row(cloudView, 'legacy'), 'Delete Key Pair…');
		await dialog.getByText('Delete legacy from mel · EC2 · us-east-1?').waitFor();
		await dialog.getByText(held('legacy')?.fingerprint ?? '-').waitFor();
		await dialog.getByRole('button', { name: 'Cancel' }).click();
		await dialog.waitFor({ state: 'hidden' });
		assert.ok(held('legacy'));
		await window.contextMenu(window.row(cloudView, 'legacy'), 'Delete Key Pair…');
		await dialog.getByRole('button', { name: 'Delete' }).click();
		await window.notification('Deleted legacy from mel · EC2 · us-east-1.').waitFor();
		await window.row(cloudView, 'legacy').waitFor({ state: 'hidden' });
		assert.equal(held('legacy'), undefined);
		await window.clearNotifications();
	});

	it('has the name typed before it deletes from a protected profile', async () => {
		await window.collapseAll(cloudView);
		for (const label of ['ops', 'EC2', 'us-east-1']) {
			await window.expand(cloudView, label);
		}
		const { opsAccount } = scene.person;
		await window.contextMenu(window.row(cloudView, 'mel').last(), 'Delete Key Pair…');
		await window.page.locator('.monaco-dialog-box').getByRole('button', { name: 'Delete' }).click();
		await window.quickInputTitled('Delete mel');
		assert.equal((await window.enter('me', 'This is not mel')).severity, 'error');
		await window.page.keyboard.press('Enter');
		assert.ok(opsAccount.keyPairs('us-east-1').withName('mel'));
		await enter('mel');
		await window.notification('Deleted mel from ops · EC2 · us-east-1.').waitFor();
		assert.equal(opsAccount.keyPairs('us-east-1').withName('mel'), undefined);
	});
});
