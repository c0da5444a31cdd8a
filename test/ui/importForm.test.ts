import assert from 'node:assert/strict';
import { ImportForm } from './importForm.js';
import { openScene, type Scene } from './scene.js';
import type { Window } from './window.js';

describe('Import Key Pair from the palette', () => {
	let scene: Scene;
	let window: Window;
	let form: ImportForm;

	before(async () => {
		scene = await openScene();
		window = scene.window;
		form = new ImportForm(window);
	});
	after(() => scene?.close());

	describe('the key', () => {
		before(() => form.open());
		after(() => form.giveUp());

		it('is chosen among those that can be imported somewhere, then the others with the reason', async () => {
			await form.atStep('Public key', '1/5');
			const [first, second, ...others] = await window.picks();
			assert.match(first ?? '', /^deploy_rsa\.pub, RSA 4096 · deploy, ~[/\\]\.ssh[/\\]deploy_rsa\.pub/);
			assert.match(second ?? '', /^ecdsa\.pub, ECDSA 256 · yubikey/);
			assert.ok(others.some((row) => /^broken\.pub, .*base64/.test(row)));
			assert.ok(others.some((row) => /^id_ed25519\.pub, ED25519 · mel@laptop/.test(row)));
			assert.ok(others.some((row) => row.startsWith('Choose a file…')));
		});

		it('may be one that not all services take: the others are said to', async () => {
			await window.pick('ecdsa.pub').click();
			await form.atStep('Targets', '2/5');
			await window.quickInputText.fill('ecdsa');
			await window.pick('EC2').waitFor();
			assert.match((await window.picks())[0] ?? '', /^EC2, EC2 .* ecdsa-sha2-nistp256.*, mel, ops/);
		});
	});

	it('begins with the targets that were chosen last', async () => {
		await form.openAndFill({ key: 'id_ed25519.pub', profile: 'mel', regions: ['ca-central-1'], name: 'remembered' });
		await form.run();
		await window.notification('Imported remembered into mel · EC2 · ca-central-1.').waitFor();
		await form.open();
		await window.pick('id_ed25519.pub').click();
		await form.counts(1);
		assert.deepEqual(await form.marked(), ['ca-central-1']);
		await form.toggleTarget('mel', 'eu-west-3');
		await form.counts(2);
		await form.giveUp();
		// Escape changes nothing.
		await form.open();
		await window.pick('id_ed25519.pub').click();
		await form.counts(1);
		await form.giveUp();
	});

	describe('the targets', () => {
		before(async () => {
			await form.open();
			await window.pick('id_ed25519.pub').click();
			await form.atStep('Targets', '2/5');
			await form.unmarkAll();
		});
		after(() => form.giveUp());

		it('are grouped by profile and service, each with its own region first', async () => {
			await form.target('mel', 'us-east-1').waitFor();
			await window.quickInput.getByText('mel · EC2 · 0 of 18').waitFor();
			const [all, own] = await window.picks();
			assert.match(all ?? '', /^All enabled regions, mel · EC2, mel · EC2 · 0 of 18$/);
			assert.match(own ?? '', /^us-east-1, mel · EC2 · the profile's region/);
		});

		it('are those that the account has enabled, and the others with the reason', async () => {
			await window.quickInputText.fill('ap-east');
			await form.target('mel', 'ap-east-1').waitFor();
			const rows = (await window.picks())
				.filter((row) => row.includes('EC2'))
				.map((row) =>
					row
						.replace(/ · \d+ key pairs?/, '')
						.split(', ')
						.slice(0, 2),
				);
			// ap-east-1 has been enabled in the account of mel alone.
			const off = 'not enabled for this account';
			assert.deepEqual(Object.fromEntries(rows.map(([region, ...more]) => [`${region} ${more}`, true])), {
				'ap-east-1 mel · EC2': true,
				[`ap-east-2 mel · EC2 · ${off}`]: true,
				[`ap-east-1 ops · EC2 · ${off}`]: true,
				[`ap-east-2 ops · EC2 · ${off}`]: true,
			});
		});

		it('lose the mark again where they can not be chosen', async () => {
			await form.target('mel', 'ap-east-2').click();
			await form.target('mel', 'ap-east-1').click();
			await form.counts(1);
			assert.deepEqual(await form.marked(), ['ap-east-1']);
			await form.target('mel', 'ap-east-1').click();
			await form.counts(0);
			await window.quickInputText.fill('');
		});

		it('have to be one at least', async () => {
			await window.page.keyboard.press('Enter');
			await window.quickInput.getByPlaceholder('Choose at least one target').waitFor();
			await form.atStep('Targets', '2/5');
		});

		it('are all that the profile has enabled with one mark, which goes when one of them is let go', async () => {
			await form.all('mel').click();
			await form.counts(18);
			await form.toggleTarget('mel', 'us-east-1');
			await form.counts(17);
			assert.ok(!(await form.marked()).includes('All enabled regions'));
			await window.quickInput.getByText('mel · EC2 · 17 of 18').waitFor();
			await form.unmarkAll();
		});

		it('are marked in all profiles by a filter and the box above the list', async () => {
			await window.quickInputText.fill('us-west-2');
			await form.target('ops', 'us-west-2').waitFor();
			const shown = (await window.picks()).length;
			await form.checkAll.click();
			await form.counts(shown);
			assert.ok(shown >= 2);
			await window.quickInputText.fill('');
			await form.unmarkAll();
		});
	});

	describe('the name', () => {
		before(async () => {
			await form.open();
			await window.pick('deploy_rsa.pub').click();
			await form.chooseTargets('ops', ['us-east-1', 'eu-west-2']);
			await form.atStep('Name', '3/5');
		});
		after(() => form.giveUp());

		it("is suggested from the key's comment, and said to be there already when it is, for this key", async () => {
			assert.equal(await window.quickInputText.inputValue(), 'deploy');
			const { severity } = await window.enter('deploy', /already there .*ops · EC2 · us-east-1/);
			assert.equal(severity, 'info');
		});

		for (const [name, what, reason] of [
			['', 'nothing', /needs a name/],
			['x'.repeat(256), 'more than 255 characters', /at most 255 characters/],
			[' deploy', 'a space at the beginning', /begin or end with a space/],
			['deploy ', 'a space at the end', /begin or end with a space/],
			['dépl\u00f6y', 'a letter beyond ASCII', /characters that EC2/],
		] as const) {
			it(`may not be ${what}`, async () => {
				assert.equal((await window.enter(name, reason)).severity, 'error');
				await window.page.keyboard.press('Enter');
				await form.atStep('Name', '3/5');
			});
		}

		it('may have 255 characters, spaces among them', async () => {
			const { severity } = await window.enter(`${'x'.repeat(253)} x`, 'Name of the key pair');
			assert.equal(severity, 'none');
		});
	});

	it('warns of a name that another key has, and says in the review what happens in each region', async () => {
		const writes = scene.writes();
		await form.open();
		await window.pick('id_ed25519.pub').click();
		await form.chooseTargets('ops', ['us-east-1', 'us-west-2']);
		await form.at('Name');
		const { severity } = await window.enter('deploy', /another key in ops · EC2 · us-east-1/);
		assert.equal(severity, 'warning');
		await window.page.keyboard.press('Enter');
		await window.pick('Continue without tags').click();
		await form.atStep('Review', '5/5');
		const rows = await window.picks();
		assert.match(rows[0] ?? '', /^Import into 1 target, 1 left out/);
		assert.match(
			rows.find((row) => row.startsWith('ops · EC2 · us-east-1')) ?? '',
			/skipped: another key \((..:){15}..\)/,
		);
		assert.match(rows.find((row) => row.startsWith('ops · EC2 · us-west-2')) ?? '', /Will be imported · 1$/);
		await form.giveUp();
		assert.equal(scene.writes(), writes);
	});

	describe('the tags', () => {
		before(async () => {
			await form.open();
			await window.pick('id_ed25519.pub').click();
			await form.chooseTargets('mel', ['us-east-1']);
			await form.at('Name');
			await window.page.keyboard.press('Enter');
			await form.atStep('Tags', '4/5');
		});
		after(() => form.giveUp());

		it('are not complained of before anything is entered', async () => {
			await window.pick('Add tag…').click();
			const message = window.quickInput.locator('.quick-input-message');
			await message.getByText('Tag key').waitFor();
		});

		for (const [key, what, reason] of [
			['x'.repeat(129), 'longer than 128 characters', /at most 128 characters/],
			['aws:cost', 'of those that AWS keeps for itself', /begin with aws: are reserved/],
			['AWS:cost', 'of those in capitals', /begin with aws: are reserved/],
			['', 'empty', /needs a key/],
		] as const) {
			it(`may not have a key ${what}`, async () => {
				assert.equal((await window.enter(key, reason)).severity, 'error');
				await window.page.keyboard.press('Enter');
				await form.atStep('Tags', '4/5');
			});
		}

		it('are added with values, which have 256 characters at most', async () => {
			await window.quickInputText.fill('Owner');
			await window.page.keyboard.press('Enter');
			await window.quickInput.getByText(/Value of tag Owner/).waitFor();
			assert.equal((await window.enter('x'.repeat(257), /at most 256 characters/)).severity, 'error');
			await window.quickInputText.fill('mel');
			await window.page.keyboard.press('Enter');
			await addTag(window, 'Stage', '');
			await window.pick('Stage').waitFor();
			assert.deepEqual((await window.picks()).slice(-2).map(withoutGroup), ['Owner, mel', 'Stage']);
		});

		it('have different keys', async () => {
			await window.pick('Add tag…').click();
			await window.quickInput.getByText('Tag key').waitFor();
			assert.equal((await window.enter('Owner', /already|There is a tag/)).severity, 'error');
			await form.back();
			await window.pick('Owner').waitFor();
		});

		it('are edited by a click, keeping their place in the list', async () => {
			await window.pick('Owner').click();
			await window.quickInput.getByText('Tag key').waitFor();
			assert.equal(await window.quickInputText.inputValue(), 'Owner');
			await window.page.keyboard.press('Enter');
			await window.quickInput.getByText(/Value of tag Owner/).waitFor();
			assert.equal(await window.quickInputText.inputValue(), 'mel');
			await window.quickInputText.fill('ops');
			await window.page.keyboard.press('Enter');
			await window.pick('Owner').waitFor();
			assert.deepEqual((await window.picks()).slice(-2).map(withoutGroup), ['Owner, ops', 'Stage']);
		});

		it('are removed by their button', async () => {
			await window.press(window.pick('Stage'), 'Remove');
			await window.pick('Stage').waitFor({ state: 'hidden' });
			assert.deepEqual((await window.picks()).slice(-1).map(withoutGroup), ['Owner, ops']);
		});
	});

	it('keeps every answer when the person goes back, and leads from the review to the step of a row', async () => {
		const writes = scene.writes();
		await form.openAndFill({
			key: 'id_ed25519.pub',
			profile: 'mel',
			regions: ['eu-west-1', 'eu-north-1'],
			name: 'kept',
		});
		await form.atStep('Review', '5/5');
		await form.back();
		await form.atStep('Tags', '4/5');
		await addTag(window, 'Owner', 'mel');
		await form.back();
		await form.atStep('Name', '3/5');
		assert.equal(await window.quickInputText.inputValue(), 'kept');
		await form.back();
		await form.atStep('Targets', '2/5');
		assert.deepEqual((await form.marked()).sort(), ['eu-north-1', 'eu-west-1']);
		await form.back();
		await form.atStep('Public key', '1/5');
		// Enter takes the row that was chosen before.
		for (const [step, place] of [
			['Targets', '2/5'],
			['Name', '3/5'],
			['Tags', '4/5'],
			['Review', '5/5'],
		] as const) {
			await window.page.keyboard.press('Enter');
			await form.atStep(step, place);
		}
		await window.pick('Import into 2 targets').waitFor();
		const rows = (await window.picks()).map(withoutGroup);
		assert.ok(rows.includes('Key, ED25519 · mel@laptop'), rows.join('\n'));
		assert.ok(rows.includes('Targets, mel · EC2 · eu-north-1, mel · EC2 · eu-west-1'), rows.join('\n'));
		assert.ok(rows.includes('Name, kept'));
		assert.ok(rows.includes('Tags, Owner=mel'));
		await window.pick('Name').click();
		await form.atStep('Name', '3/5');
		await form.giveUp();
		assert.equal(scene.writes(), writes);
	});

	it('changes nothing when it is left by Escape in any step', async () => {
		const writes = scene.writes();
		const steps = [
			() => window.pick('id_ed25519.pub').click(),
			() => form.chooseTargets('mel', ['us-east-1']),
			() => window.page.keyboard.press('Enter'),
			() => window.pick('Continue without tags').click(),
		];
		for (let done = 0; done <= steps.length; done++) {
			await form.open();
			for (const [index, step] of steps.slice(0, done).entries()) {
				await window.quickInputTitled(new RegExp(`\\(${index + 1}/5\\)$`));
				await step();
			}
			await window.quickInputTitled(new RegExp(`\\(${done + 1}/5\\)$`));
			await form.giveUp();
		}
		assert.equal(scene.writes(), writes);
		assert.equal(await window.page.locator('.notification-toast').count(), 0);
	});

	it('imports into several regions with tags, and shows the key pair from the notification', async () => {
		const regions = ['eu-west-1', 'eu-west-2', 'us-west-2'];
		await form.open();
		await form.atStep('Public key', '1/5');
		await window.pick('id_ed25519.pub').click();
		await form.chooseTargets('mel', regions);
		await form.at('Name');
		assert.equal(await window.quickInputText.inputValue(), 'mel@laptop');
		await window.page.keyboard.press('Enter');
		await form.at('Tags');
		await addTag(window, 'Owner', 'mel');
		await addTag(window, 'Stage', 'test run');
		await window.pick('Continue').click();
		await form.at('Review');
		assert.match((await window.picks())[0] ?? '', /^Import into 3 targets$/);
		await form.run();
		const told = /Import of mel@laptop: 3 imported\./;
		await window.notification(told).waitFor();
		for (const region of regions) {
			const keyPair = scene.person.account.keyPairs(region).withName('mel@laptop');
			assert.ok(keyPair, region);
			assert.equal(keyPair.type, 'ed25519');
			assert.deepEqual(Object.fromEntries(keyPair.tags), { Owner: 'mel', Stage: 'test run' });
			assert.ok(scene.person.publicKeys['id_ed25519.pub'].startsWith(keyPair.publicKey));
		}
		assert.equal(scene.person.account.keyPairs('us-east-1').size, 0);
		await window.answer(told, 'Show Key Pair');
		const row = window.row('Cloud Key Pairs', 'mel@laptop').and(window.page.locator('.selected'));
		await row.waitFor();
		const rows = await window.rows('Cloud Key Pairs');
		const shown = rows.findIndex(({ label }) => label === 'mel@laptop');
		assert.equal(rows[shown - 1]?.label, 'eu-west-1');
		assert.equal(rows[shown]?.description, 'ED25519 · id_ed25519.pub');
	});

	it('is done without the mouse', async () => {
		const { keyboard } = window.page;
		// The palette has the extension's commands by then.
		await form.open();
		await form.at('Public key');
		await window.quickInputFocus.waitFor();
		await form.giveUp();
		await keyboard.press('F1');
		await window.quickInputFocus.waitFor();
		await keyboard.type('import key pair');
		await window
			.pick(/Import Key Pair…$/)
			.first()
			.waitFor();
		await keyboard.press('Enter');
		await form.at('Public key');
		await keyboard.type('id_ed');
		await window.pick('deploy_rsa.pub').waitFor({ state: 'hidden' });
		await keyboard.press('Enter');
		await form.at('Targets');
		await form.unmarkAll();
		await window.quickInputText.focus();
		await keyboard.type('ca-central');
		await form.target('mel', 'us-east-1').waitFor({ state: 'hidden' });
		// Down to the first row, and Space marks it.
		await keyboard.press('ArrowDown');
		await keyboard.press('Space');
		await form.counts(1);
		await keyboard.press('Enter');
		await form.at('Name');
		await keyboard.press('ControlOrMeta+A');
		await keyboard.type('by-hand');
		await keyboard.press('Enter');
		await form.at('Tags');
		await keyboard.press('ArrowDown');
		await keyboard.press('Enter');
		await window.quickInput.getByText('Tag key').waitFor();
		await keyboard.type('Owner');
		await keyboard.press('Enter');
		await window.quickInput.getByText(/Value of tag Owner/).waitFor();
		await keyboard.type('mel');
		await keyboard.press('Enter');
		await window.pick('Owner').waitFor();
		await keyboard.press('Enter');
		await form.at('Review');
		await keyboard.press('Enter');
		await window.notification('Imported by-hand into mel · EC2 · ca-central-1.').waitFor();
		const keyPair = scene.person.account.keyPairs('ca-central-1').withName('by-hand');
		assert.deepEqual(Object.fromEntries(keyPair?.tags ?? []), { Owner: 'mel' });
		assert.equal(scene.person.account.keyPairs('us-east-1').size, 0);
	});

	it('can be cancelled on the way, and then tells what was imported and what was not', async () => {
		await window.clearNotifications();
		scene.emulator.faults.set([
			// Done, but the answer does not come: only a look tells.
			{ operation: 'ImportKeyPair', region: 'us-west-1', when: 'after', delayMs: 20_000 },
			{ operation: 'ImportKeyPair', region: 'us-west-2', delayMs: 20_000 },
		]);
		await form.openAndFill({
			key: 'id_ed25519.pub',
			profile: 'mel',
			regions: ['us-east-2', 'us-west-1', 'us-west-2'],
			name: 'slow',
		});
		await form.run();
		await window.notification(/Importing slow into 3 targets.*1 of 3/).waitFor();
		await window.answer(/Importing slow/, 'Cancel');
		const told = window.notification(/Import of slow: 2 imported, 1 cancelled\./);
		await told.waitFor();
		const imported = ['us-east-2', 'us-west-1', 'us-west-2'].filter((region) =>
			scene.person.account.keyPairs(region).withName('slow'),
		);
		assert.deepEqual(imported, ['us-east-2', 'us-west-1']);
		scene.emulator.faults.clear();
	});
});

async function addTag(window: Window, key: string, value: string): Promise<void> {
	await window.pick('Add tag…').click();
	await window.quickInput.getByText('Tag key').waitFor();
	await window.page.keyboard.type(key);
	await window.page.keyboard.press('Enter');
	await window.quickInput.getByText(`Value of tag ${key}`).waitFor();
	await window.page.keyboard.type(value);
	await window.page.keyboard.press('Enter');
	await window.pick(key).waitFor();
}

/** The first row of a group is said with the group's name. */
function withoutGroup(row: string): string {
	return row.replace(/, (Tags|Your choices)$/, '');
}
