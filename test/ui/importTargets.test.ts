import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Account } from '../emulator/accounts/account.js';
import { keyLines } from '../fakes/keys.js';
import { accessKeySettings, addSection, holdKeyPair } from '../fakes/person.js';
import { ImportForm } from './importForm.js';
import { openScene, type Scene } from './scene.js';
import type { Window } from './window.js';

describe('An import into many targets', () => {
	let scene: Scene;
	let window: Window;
	let form: ImportForm;
	let prod: Account;

	before(async () => {
		scene = await openScene({
			prepare: async (home, emulator) => {
				prod = emulator.accounts.add();
				await addSection(home, 'profile prod', accessKeySettings(prod, emulator.url));
				for (let number = 10; number < 57; number++) {
					const account = emulator.accounts.add();
					await addSection(home, `profile team-${number}`, accessKeySettings(account, emulator.url));
				}
			},
		});
		window = scene.window;
		form = new ImportForm(window);
	});
	after(() => scene?.close());
	beforeEach(async () => {
		await window.clearNotifications();
		for (const [region, line] of [
			['us-east-1', keyLines.ops],
			['us-west-2', keyLines.deploy],
			['sa-east-1', keyLines.ops],
		] as const) {
			const held = prod.keyPairs(region).withName('taken');
			if (held) {
				prod.keyPairs(region).remove(held);
			}
			holdKeyPair(prod, region, 'taken', line);
		}
	});

	const held = (region: string, name: string): string | undefined =>
		prod.keyPairs(region).withName(name)?.publicKey.slice(0, 80);
	const mel = () => scene.person.publicKeys['id_ed25519.pub'].slice(0, 80);

	/** Fills the form for these regions of prod, and stops at its review. */
	async function review(regions: readonly string[]): Promise<void> {
		await form.open();
		await window.pick('id_ed25519.pub').click();
		await form.at('Targets');
		await form.unmarkAll();
		for (const [index, region] of regions.entries()) {
			await form.toggleTarget('prod', region);
			await form.counts(index + 1);
		}
		await form.accept();
		await form.fill({ name: 'taken' });
	}

	it('is chosen in one list of 50 profiles and their regions, which stays fluid', async () => {
		await form.open();
		await window.pick('id_ed25519.pub').click();
		await form.at('Targets');
		// The last group is listed too.
		await window.quickInputText.fill('us-west-2');
		await window.quickInput.getByText('team-10 · EC2').waitFor();
		await window.quickInputText.fill('team-56 · EC2');
		await form.target('team-56', 'ap-northeast-1').waitFor();
		await window.quickInputText.fill('');
		await form.unmarkAll();
		await window.page.evaluate(`(() => {
			globalThis.longTasks = [];
			const observer = new PerformanceObserver((list) => list.getEntries().forEach(({ duration }) => longTasks.push(duration)));
			observer.observe({ entryTypes: ['longtask'] });
		})()`);
		await window.quickInputText.pressSequentially('us-west', { delay: 80 });
		await form.target('team-10', 'us-west-1').waitFor();
		const stalls = await window.page.evaluate<number[]>('longTasks');
		assert.ok(Math.max(0, ...stalls) < 250, `the window stood still for ${stalls} ms`);
		await form.checkAll.click();
		// 50 profiles, two regions, EC2 and at least no other service.
		const title = await window.quickInput.locator('.quick-input-title', { hasText: /into \d+ targets/ }).textContent();
		assert.ok(Number(/into (\d+)/.exec(title ?? '')?.[1]) >= 100, title ?? '');
		await form.checkAll.click();
		await form.counts(0);
		await form.giveUp();
	});

	describe('where the name is taken by other keys', () => {
		it('is skipped unless something else is chosen', async () => {
			await review(['us-east-1', 'us-west-2', 'eu-west-1']);
			const rows = await window.picks();
			assert.match(rows[0] ?? '', /^Import into 1 target, 2 left out/);
			assert.ok(
				rows.some((row) => /^Where the name is taken…, they are skipped, .*taken by another key · 2$/.test(row)),
			);
			await form.run();
			await window.notification('Imported taken into prod · EC2 · eu-west-1.').waitFor();
			assert.equal(held('us-east-1', 'taken'), keyLines.ops.slice(0, 80));
			assert.equal(held('eu-west-1', 'taken'), mel());
		});

		it('gets another name there, which is checked like the first one', async () => {
			await review(['us-east-1', 'us-west-2', 'eu-west-1']);
			await window.pick('Where the name is taken…').click();
			await window.pick('Import under another name…').click();
			await window.quickInput.getByText(/Name where taken is taken/).waitFor();
			assert.equal((await window.enter('taken', /another key in prod · EC2 · us-east-1/)).severity, 'error');
			assert.equal((await window.enter(' x', /begin or end with a space/)).severity, 'error');
			await window.quickInputText.fill('beside');
			await window.page.keyboard.press('Enter');
			await window.pick(/^Import into 2 targets/).waitFor();
			await window.pick('Where the name is taken…').getByText('they get the name beside').waitFor();
			await form.run();
			await window.notification('Import of taken: 2 imported, 1 already there.').waitFor();
			assert.equal(held('us-east-1', 'taken'), keyLines.ops.slice(0, 80));
			assert.equal(held('us-east-1', 'beside'), mel());
			assert.equal(held('us-west-2', 'beside'), mel());
		});

		it('is replaced only where that was agreed to, by the name for a protected profile', async () => {
			await review(['us-east-1', 'us-west-2']);
			await window.pick('Where the name is taken…').click();
			await window.pick('Replace…').click();
			await window.quickInput.getByPlaceholder(/Running machines keep the old key/).waitFor();
			assert.deepEqual(await form.marked(), []);
			const [first] = await window.picks();
			assert.match(
				first ?? '',
				/^prod · EC2 · us-east-1, old: SHA256:\S{43}, new: SHA256:\S{43}, The old public key is kept/,
			);
			await window.pick('prod · EC2 · us-east-1').click();
			await form.accept();
			await window.quickInput.getByText(/prod is protected: 1 key pair .* Type taken to confirm/).waitFor();
			await window.page.keyboard.type('take');
			await window.page.keyboard.press('Enter');
			await window.quickInput.getByText('This is not taken.').waitFor();
			await window.page.keyboard.type('n');
			await window.page.keyboard.press('Enter');
			await form.at('Review');
			const rows = await window.picks();
			assert.match(rows[0] ?? '', /^Import into 1 target, 1 left out/);
			assert.ok(rows.some((row) => /^prod · EC2 · us-east-1, will be replaced/.test(row)));
			assert.ok(rows.some((row) => /^prod · EC2 · us-west-2, skipped/.test(row)));
			await form.run();
			await window.notification(/Imported taken into prod · EC2 · us-east-1/).waitFor();
			assert.equal(held('us-east-1', 'taken'), mel());
			assert.equal(held('us-west-2', 'taken'), keyLines.deploy.slice(0, 80));
		});

		it('is not replaced when the agreement is given up on the way, nor for another name', async () => {
			const writes = scene.writes();
			await review(['sa-east-1']);
			await window.pick('Nothing to import').waitFor();
			await window.pick('Where the name is taken…').click();
			await window.pick('Replace…').click();
			await window.pick('prod · EC2 · sa-east-1').click();
			await form.accept();
			await window.quickInput.getByText(/Type taken to confirm/).waitFor();
			await form.back();
			await window.pick('Replace…').waitFor();
			await form.back();
			await form.at('Review');
			await window.pick('Where the name is taken…').getByText('they are skipped').waitFor();
			await form.giveUp();
			assert.equal(scene.writes(), writes);
		});
	});

	it('leaves out targets that are chosen in the review, and takes them back', async () => {
		await review(['eu-west-2', 'eu-west-3']);
		await window.pick('Import into 2 targets').waitFor();
		await window.pick('prod · EC2 · eu-west-2').click();
		await window.pick('Import into 1 target').waitFor();
		await form.counts(1);
		await window.pick('prod · EC2 · eu-west-2').getByText('left out').waitFor();
		await window.pick('prod · EC2 · eu-west-3').click();
		await window.pick('Nothing to import').click();
		await form.at('Review');
		await window.pick('prod · EC2 · eu-west-3').click();
		await form.run();
		await window.notification('Imported taken into prod · EC2 · eu-west-3.').waitFor();
		assert.equal(held('eu-west-2', 'taken'), undefined);
		assert.equal(held('eu-west-3', 'taken'), mel());
	});

	describe('with target sets', () => {
		const settings = async (): Promise<Record<string, unknown>> =>
			JSON.parse(await readFile(path.join(path.dirname(window.home), 'user', 'User', 'settings.json'), 'utf8'));

		it('saves what is chosen under a name, and offers it at the top of the list', async () => {
			await form.open();
			await window.pick('id_ed25519.pub').click();
			await form.at('Targets');
			await form.unmarkAll();
			await window.quickInputText.fill('team-20');
			await form.all('team-20').click();
			await window.quickInputText.fill('prod');
			await form.target('prod', 'us-east-1').click();
			await form.counts(18);
			await window.quickInput.getByRole('button', { name: 'Save as Target Set…' }).click();
			await window.quickInput.getByText(/Name of the target set/).waitFor();
			await window.page.keyboard.type('night');
			await window.page.keyboard.press('Enter');
			await form.at('Targets');
			await form.counts(18);
			await window.quickInputText.fill('');
			await window.pick('night').waitFor();
			await form.unmarkAll();
			await window.pick('night').click();
			await form.counts(18);
			await window.pick('night').click();
			await form.counts(0);
			await form.giveUp();
			assert.deepEqual((await settings())['cloudKeyPairs.targetSets'], {
				night: ['ec2/prod/us-east-1', 'ec2/team-20/*'],
			});
		});

		it('edits a set by its command, and has the next import begin with what is chosen there', async () => {
			await window.command('Choose Targets…');
			await window.pick('night').click();
			await form.counts(18);
			await window.quickInputText.fill('prod');
			await form.target('prod', 'us-east-1').click();
			await form.counts(17);
			await window.quickInputText.fill('');
			await form.accept();
			await window.quickInput.waitFor({ state: 'hidden' });
			await window.command('Choose Targets…');
			await window.pick('Choose targets for the next import…').click();
			await window.quickInputTitled(/^Targets for the next import · /);
			await form.unmarkAll();
			await window.pick('night').click();
			await form.counts(17);
			await form.accept();
			await window.quickInput.waitFor({ state: 'hidden' });
			assert.deepEqual((await settings())['cloudKeyPairs.targetSets'], { night: ['ec2/team-20/*'] });
			await form.open();
			await window.pick('id_ed25519.pub').click();
			await form.counts(17);
			await form.giveUp();
		});
	});
});
