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

		it('is chosen among those that can be imported, then the others with the reason', async () => {
			await form.atStep('Public key', '1/6');
			const [first, second, ...others] = await window.picks();
			assert.match(first ?? '', /^deploy_rsa\.pub, RSA 4096 · deploy, ~[/\\]\.ssh[/\\]deploy_rsa\.pub/);
			assert.match(second ?? '', /^id_ed25519\.pub, ED25519 · mel@laptop/);
			assert.ok(others.some((row) => /^broken\.pub, .*base64/.test(row)));
			assert.ok(others.some((row) => /^ecdsa\.pub, ECDSA 256 · yubikey, EC2 .* ecdsa-sha2-nistp256/.test(row)));
			assert.ok(others.some((row) => row.startsWith('Choose a file…')));
		});

		it('stays asked for when one is chosen that EC2 does not take', async () => {
			await window.pick('ecdsa.pub').click();
			await form.atStep('Public key', '1/6');
		});
	});

	describe('the regions', () => {
		before(async () => {
			await form.open();
			await window.pick('id_ed25519.pub').click();
			await form.atStep('Profile', '2/6');
			await window.pick('mel').click();
			await form.atStep('Regions of mel', '3/6');
		});
		after(() => form.giveUp());

		it("begin with the profile's own, which is marked", async () => {
			await window.pick('us-east-1').waitFor();
			assert.match((await window.picks())[0] ?? '', /^us-east-1/);
			assert.deepEqual(await form.markedRegions(), ['us-east-1']);
		});

		it('are those that the account has enabled', async () => {
			await window.quickInputText.fill('east');
			await window.pick('us-east-2').waitFor();
			const rows = (await window.picks()).map((row) => row.split(',')[0]);
			// ap-east-1 has been enabled, ap-east-2 and the others have not; ap-northeast-1 and the like match too.
			assert.deepEqual(rows.filter((row) => /^[a-z]+-east-\d$/.test(row ?? '')).sort(), [
				'ap-east-1',
				'sa-east-1',
				'us-east-1',
				'us-east-2',
			]);
		});

		it('have to be one at least', async () => {
			await form.toggleRegion('us-east-1');
			assert.deepEqual(await form.markedRegions(), []);
			await window.page.keyboard.press('Enter');
			await form.atStep('Regions of mel', '3/6');
		});
	});

	describe('the name', () => {
		before(async () => {
			await form.open();
			await window.pick('deploy_rsa.pub').click();
			await window.pick('ops').click();
			await form.chooseRegions(['us-east-1', 'eu-west-2']);
			await form.atStep('Name in 2 regions', '4/6');
		});
		after(() => form.giveUp());

		it("is suggested from the key's comment, and said to be there already when it is, for this key", async () => {
			assert.equal(await window.quickInputText.inputValue(), 'deploy');
			const { severity } = await window.enter('deploy', /already there .*us-east-1/);
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
				await form.atStep('Name in 2 regions', '4/6');
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
		await window.pick('ops').click();
		await form.chooseRegions(['us-east-1', 'us-west-2']);
		await form.at('Name');
		const { severity } = await window.enter('deploy', /another key in us-east-1/);
		assert.equal(severity, 'warning');
		await window.page.keyboard.press('Enter');
		await window.pick('Continue without tags').click();
		await form.atStep('Review', '6/6');
		const rows = await window.picks();
		assert.match(rows[0] ?? '', /^Import into 2 regions, changes 1 of them/);
		assert.match(rows.find((row) => row.startsWith('ops · us-east-1')) ?? '', /taken by another key \((..:){15}..\)/);
		assert.match(rows.find((row) => row.startsWith('ops · us-west-2')) ?? '', /^ops · us-west-2, Import/);
		await form.giveUp();
		assert.equal(scene.writes(), writes);
	});

	describe('the tags', () => {
		before(async () => {
			await form.open();
			await window.pick('id_ed25519.pub').click();
			await window.pick('mel').click();
			await form.chooseRegions(['us-east-1']);
			await form.at('Name');
			await window.page.keyboard.press('Enter');
			await form.atStep('Tags', '5/6');
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
				await form.atStep('Tags', '5/6');
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
		await form.atStep('Review', '6/6');
		await form.back();
		await form.atStep('Tags', '5/6');
		await addTag(window, 'Owner', 'mel');
		await form.back();
		await form.atStep('Name in 2 regions', '4/6');
		assert.equal(await window.quickInputText.inputValue(), 'kept');
		await form.back();
		await form.atStep('Regions of mel', '3/6');
		assert.deepEqual((await form.markedRegions()).sort(), ['eu-north-1', 'eu-west-1']);
		await form.back();
		await form.atStep('Profile', '2/6');
		await form.back();
		await form.atStep('Public key', '1/6');
		// Enter takes the row that was chosen before.
		for (const [step, place] of [
			['Profile', '2/6'],
			['Regions', '3/6'],
			['Name', '4/6'],
			['Tags', '5/6'],
			['Review', '6/6'],
		] as const) {
			await window.page.keyboard.press('Enter');
			await form.atStep(step, place);
		}
		await window.pick('Import into 2 regions').waitFor();
		const rows = (await window.picks()).map(withoutGroup);
		assert.ok(rows.includes('Key, ED25519 · mel@laptop'), rows.join('\n'));
		assert.ok(rows.includes('Regions, eu-north-1, eu-west-1'));
		assert.ok(rows.includes('Name, kept'));
		assert.ok(rows.includes('Tags, Owner=mel'));
		await window.pick('Name').click();
		await form.atStep('Name', '4/6');
		await form.giveUp();
		assert.equal(scene.writes(), writes);
	});

	it('changes nothing when it is left by Escape in any step', async () => {
		const writes = scene.writes();
		const steps = [
			() => window.pick('id_ed25519.pub').click(),
			() => window.pick('mel').click(),
			() => form.chooseRegions(['us-east-1']),
			() => window.page.keyboard.press('Enter'),
			() => window.pick('Continue without tags').click(),
		];
		for (let done = 0; done <= steps.length; done++) {
			await form.open();
			for (const [index, step] of steps.slice(0, done).entries()) {
				await window.quickInputTitled(new RegExp(`\\(${index + 1}/6\\)$`));
				await step();
			}
			await window.quickInputTitled(new RegExp(`\\(${done + 1}/6\\)$`));
			await form.giveUp();
		}
		assert.equal(scene.writes(), writes);
		assert.equal(await window.page.locator('.notification-toast').count(), 0);
	});

	it('imports into several regions with tags, and shows the key pair from the notification', async () => {
		const regions = ['eu-west-1', 'eu-west-2', 'us-west-2'];
		await form.open();
		await form.atStep('Public key', '1/6');
		await window.pick('id_ed25519.pub').click();
		await window.pick('mel').click();
		await form.chooseRegions(regions);
		await form.at('Name');
		assert.equal(await window.quickInputText.inputValue(), 'mel@laptop');
		await window.page.keyboard.press('Enter');
		await form.at('Tags');
		await addTag(window, 'Owner', 'mel');
		await addTag(window, 'Stage', 'test run');
		await window.pick('Continue').click();
		await form.at('Review');
		assert.match((await window.picks())[0] ?? '', /^Import into 3 regions$/);
		await form.run();
		const told = /Imported mel@laptop into 3 regions\./;
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
		await keyboard.press('F1');
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
		await form.at('Profile');
		await keyboard.type('me');
		await window.pick('ops').waitFor({ state: 'hidden' });
		await keyboard.press('Enter');
		await form.at('Regions');
		await window.pick('us-east-1').waitFor();
		// Down to the first row and Space takes its mark; another is found by typing.
		await keyboard.press('ArrowDown');
		await keyboard.press('Space');
		await keyboard.press('Shift+Tab');
		await window.quickInputText.focus();
		await keyboard.type('ca-central');
		await window.pick('us-east-1').waitFor({ state: 'hidden' });
		await keyboard.press('ArrowDown');
		await keyboard.press('Space');
		await keyboard.press('Enter');
		await form.at('Name in mel · ca-central-1');
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
		await window.notification('Imported by-hand into mel · ca-central-1.').waitFor();
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
		await window.notification(/Importing slow into 3 regions.*1 of 3/).waitFor();
		await window.answer(/Importing slow/, 'Cancel');
		const told = window.notification(/Imported slow into 2 regions\./);
		await told.waitFor();
		assert.match((await told.textContent()) ?? '', /Cancelled before slow was imported into mel · us-west-2/);
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
	return row.replace(/, (Tags|Your choices|What will happen)$/, '');
}
