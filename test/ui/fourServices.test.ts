import assert from 'node:assert/strict';
import type { AlibabaAccount } from '../emulator/alibaba/accounts/account.js';
import { writeAlibabaProfiles } from '../fakes/alibabaProfiles.js';
import { ImportForm } from './importForm.js';
import { openScene, type Scene } from './scene.js';
import type { Window } from './window.js';

const cloudView = 'Cloud Key Pairs';

/** Profile, region (the service's name where it has none) and service. */
const targets: readonly (readonly [profile: string, region: string, service: string])[] = [
	['mel', 'us-east-1', 'EC2'],
	['mel', 'us-east-1', 'Lightsail'],
	['hangzhou', 'cn-hangzhou', 'ECS'],
	['hangzhou', 'ENS', 'ENS'],
];

describe('One key for EC2, Lightsail, ECS and ENS', () => {
	let scene: Scene;
	let window: Window;
	let form: ImportForm;
	let hangzhou: AlibabaAccount;
	let limited: AlibabaAccount;

	before(async () => {
		scene = await openScene({
			async prepare(home, { alibaba }) {
				hangzhou = alibaba.accounts.add({ resourceGroups: [{ name: 'web' }] });
				limited = alibaba.accounts.add({
					resourceGroups: [{ name: 'batch' }],
					deniedActions: ['resourcemanager:ListResourceGroups'],
				});
				await writeAlibabaProfiles(home, { hangzhou, limited });
			},
		});
		window = scene.window;
		form = new ImportForm(window);
	});
	after(() => scene?.close());

	const enter = async (text: string) => {
		await window.quickInputText.fill(text);
		await window.page.keyboard.press('Enter');
	};
	const held = (name: string) => ({
		ec2: scene.person.account.keyPairs('us-east-1').withName(name),
		lightsail: scene.emulator.lightsail.of(scene.person.account).region('us-east-1').keyPair(name),
		ecs: hangzhou.keyPairs('ecs', 'cn-hangzhou').withName(name),
		ens: hangzhou.keyPairs('ens').withName(name),
	});
	const groupId = (account: AlibabaAccount, wanted: string) =>
		account.resourceGroups.find(({ name }) => name === wanted)?.id;
	const chooseAll = async () => {
		await form.at('Targets');
		await form.unmarkAll();
		for (const [index, target] of targets.entries()) {
			await form.toggleTarget(...target);
			await form.counts(index + 1);
		}
	};

	it('is put into a group whose ID is typed where the groups may not be listed', async () => {
		await window.clearNotifications();
		await form.open();
		await window.pick('deploy_rsa.pub').click();
		await form.at('Targets');
		await form.unmarkAll();
		await form.toggleTarget('hangzhou', 'cn-hangzhou', 'ECS');
		await form.toggleTarget('limited', 'cn-hangzhou', 'ECS');
		await form.counts(2);
		await form.accept();
		await form.at('Name');
		await enter('deploy-2');
		await form.at('Tags');
		await window.pick('Continue without tags').click();
		// One after the other, and back again.
		await window.quickInput.getByPlaceholder(/in hangzhou$/).waitFor();
		await window.pick('web').click();
		await window.quickInput
			.getByText(/resourcemanager:ListResourceGroups.* Enter the ID of a resource group/)
			.waitFor();
		await form.back();
		await window.quickInput.getByPlaceholder(/in hangzhou$/).waitFor();
		await window.pick('web').and(window.page.locator('.focused')).waitFor();
		await window.page.keyboard.press('Enter');
		await window.quickInput.getByText(/Enter the ID of a resource group/).waitFor();
		const id = groupId(limited, 'batch') ?? '';
		await enter(id);
		await form.at('Review');
		await window.pick('Resource group').getByText(`hangzhou: web, limited: ${id}`).waitFor();
		await form.run();
		await window.notification('Import of deploy-2: 2 imported.').waitFor();
		const group = (account: AlibabaAccount) =>
			account.keyPairs('ecs', 'cn-hangzhou').withName('deploy-2')?.resourceGroupId;
		assert.equal(group(hangzhou), groupId(hangzhou, 'web'));
		assert.equal(group(limited), id);
	});

	it('is not asked for a resource group any more once no target has one', async () => {
		await form.open();
		await window.pick('deploy_rsa.pub').click();
		await form.at('Targets');
		await form.counts(2);
		await form.unmarkAll();
		await form.toggleTarget('hangzhou', 'cn-hangzhou', 'ECS');
		await form.toggleTarget('hangzhou', 'ENS', 'ENS');
		await form.accept();
		await form.at('Name');
		await enter('only-ens');
		await form.at('Tags');
		await window.pick('Continue without tags').click();
		await form.at('Resource group');
		await window.pick('web').click();
		await form.atStep('Review', '6/6');
		await window.pick('Targets').click();
		await form.toggleTarget('hangzhou', 'cn-hangzhou', 'ECS');
		await form.counts(1);
		await form.accept();
		// ENS has no tags either.
		await form.atStep('Name', '3/4');
		await window.page.keyboard.press('Enter');
		await form.atStep('Review', '4/4');
		assert.deepEqual(
			(await window.picks()).filter((row) => /^(Resource group|Tags),/.test(row)),
			[],
		);
		await form.giveUp();
		assert.equal(held('only-ens').ens, undefined);
	});

	it('may be of a type that ENS does not take: its profiles are shown, and the reason', async () => {
		await form.open();
		await window.pick('id_ed25519.pub').click();
		await form.at('Targets');
		await form.unmarkAll();
		await window.quickInputText.fill('ENS');
		await window.pick('ENS').waitFor();
		const [refused] = await window.picks();
		assert.match(refused ?? '', /^ENS, ENS .*ssh-ed25519.*, hangzhou, limited/);
		await window.pick('ENS').click();
		await window.pick('ENS').and(window.page.locator('[aria-checked="false"]')).waitFor();
		await form.counts(0);
		await form.giveUp();
	});

	describe('in one form', () => {
		before(async () => {
			await form.open();
			await window.pick('deploy_rsa.pub').click();
			await chooseAll();
			await form.accept();
		});

		it('gets one name, by the rules of all', async () => {
			await form.atStep('Name', '3/6');
			assert.equal((await window.enter('a b', /Lightsail/)).severity, 'error');
			assert.equal((await window.enter('1deploy', /ECS/)).severity, 'error');
			await enter('deploy-4');
		});

		it('gets tags, of which those without tags are said to have none', async () => {
			await form.atStep('Tags', '4/6');
			await window.quickInput.getByPlaceholder('Add tags, or continue. ENS has none').waitFor();
			await window.pick('Add tag…').click();
			await window.quickInput.getByText('Tag key').waitFor();
			assert.equal((await window.enter('acs:team', /begin with acs: are reserved/)).severity, 'error');
			await enter('team');
			await window.quickInput.getByText(/Value of tag team/).waitFor();
			await enter('platform');
			await window.pick('team').waitFor();
			await window.pick('Continue').click();
		});

		it('is put into a resource group where an account has more than one', async () => {
			await form.atStep('Resource group', '5/6');
			await window.quickInput.getByPlaceholder('Choose the resource group for the key pairs in hangzhou').waitFor();
			const [first, ...others] = await window.picks();
			assert.match(first ?? '', /^Default resource group/);
			assert.ok(others.some((row) => /^web, rg-/.test(row)));
			await window.pick('web').click();
			await form.atStep('Review', '6/6');
		});

		it('keeps the answers of all steps on the way back and forth', async () => {
			await form.back();
			await form.at('Resource group');
			await window.pick('web').and(window.page.locator('.focused')).waitFor();
			await form.back();
			await form.at('Tags');
			await window.pick('team').getByText('platform').waitFor();
			await form.back();
			await form.at('Name');
			assert.equal(await window.quickInputText.inputValue(), 'deploy-4');
			await form.back();
			await form.at('Targets');
			await form.counts(4);
			await form.accept();
			await form.at('Name');
			await window.page.keyboard.press('Enter');
			await form.at('Tags');
			await window.pick('Continue').click();
			await form.at('Resource group');
			await window.page.keyboard.press('Enter');
			await form.at('Review');
		});

		it('is reviewed, imported and summed up', async () => {
			const rows = await window.picks();
			assert.match(rows[0] ?? '', /^Import into 4 targets/);
			for (const row of [
				/^Tags, team=platform/,
				/^Resource group, hangzhou: web/,
				/^mel · EC2 · us-east-1/,
				/^mel · Lightsail · us-east-1/,
				/^hangzhou · ECS · cn-hangzhou/,
				/^hangzhou · ENS, without tags/,
			]) {
				assert.ok(
					rows.some((spoken) => row.test(spoken)),
					`${row} among ${rows.join(' | ')}`,
				);
			}
			await form.run();
			await window.notification('Import of deploy-4: 4 imported.').waitFor();
			const { ec2, lightsail, ecs, ens } = held('deploy-4');
			assert.deepEqual(Object.fromEntries(ec2?.tags ?? []), { team: 'platform' });
			assert.deepEqual(Object.fromEntries(lightsail?.tags ?? []), { team: 'platform' });
			assert.deepEqual(Object.fromEntries(ecs?.tags ?? []), { team: 'platform' });
			assert.equal(ecs?.resourceGroupId, groupId(hangzhou, 'web'));
			assert.ok(ens);
			assert.equal(ens.tags.size, 0);
		});

		it('stands in one tree with its four key pairs, in ENS without a region', async () => {
			await window.command('View: Show Cloud Key Pairs');
			await window.toggleView('Local Public Keys');
			for (const [profile, region, service] of targets) {
				await window.collapseAll(cloudView);
				await window.expand(cloudView, profile);
				await window.expand(cloudView, service);
				if (service !== 'ENS') {
					await window.expand(cloudView, region);
				}
				await window.row(cloudView, 'deploy-4').waitFor();
				const rows = await window.rows(cloudView);
				const shown = rows.find(({ label }) => label === 'deploy-4');
				assert.equal(shown?.level, service === 'ENS' ? 3 : 4);
				assert.match(shown?.description ?? '', /deploy_rsa\.pub/);
			}
		});
	});
});
