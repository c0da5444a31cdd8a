import assert from 'node:assert/strict';
import { appendFile } from 'node:fs/promises';
import path from 'node:path';
import { keyLines } from '../fakes/keys.js';
import { holdKeyPair } from '../fakes/person.js';
import { ImportForm } from './importForm.js';
import { openScene, type Scene } from './scene.js';
import type { Window } from './window.js';

describe('a public key in the editor', () => {
	let scene: Scene;
	let window: Window;
	let form: ImportForm;

	before(async () => {
		scene = await openScene({
			files: { 'deploy.pub': `${keyLines.deploy}\n`, 'ops.pub': `# made in May\n${keyLines.ops}\n` },
			prepare: async (_home, _emulator, { opsAccount }) => {
				holdKeyPair(opsAccount, 'us-east-1', 'shared', keyLines.deploy);
			},
		});
		window = scene.window;
		form = new ImportForm(window);
	});
	after(() => scene?.close());

	describe('when the mouse rests on it', () => {
		// From ssh-keygen -l and, for EC2, openssl (EC2 User Guide, "Verify the fingerprint of your key pair").
		const fingerprints = {
			SHA256: 'SHA256:b10vU9FwzbHrTvZ3FFyGHP3dQh9F8aZgqg+ovhQQTE0',
			MD5: 'MD5:31:13:4d:f5:e7:03:1d:f0:33:39:1c:ed:5d:f6:39:5d',
			'EC2 shows': '10:2d:f1:02:94:dd:e7:37:55:4c:b4:61:b5:95:65:75',
		};

		afterEach(() => window.page.keyboard.press('Escape'));

		it('shows what it is, and its fingerprint as ssh-keygen and as EC2 write it', async () => {
			await window.openFile('deploy.pub');
			const hover = await window.hover('ssh-rsa');
			await hover.getByText('RSA 2048 · deploy').waitFor();
			for (const [name, fingerprint] of Object.entries(fingerprints)) {
				const row = hover.locator('tr', { has: window.page.getByText(name, { exact: true }) });
				assert.equal(await row.locator('code').textContent(), fingerprint);
			}
			await hover.getByText('In no key pair').waitFor();
		});

		it('copies each of them', async () => {
			for (const [name, fingerprint] of Object.entries(fingerprints)) {
				const hover = await window.hover('ssh-rsa');
				const row = hover.locator('tr', { has: window.page.getByText(name, { exact: true }) });
				await row.getByRole('link').click();
				await window.copied(fingerprint);
			}
			const hover = await window.hover('ssh-rsa');
			await hover.getByText('Copy public key').click();
			await window.copied(keyLines.deploy.split(' ').slice(0, 2).join(' '));
		});

		it('leads to the key pairs that hold it, once they are listed', async () => {
			await window.command('View: Show Cloud Key Pairs');
			await window.expand('Cloud Key Pairs', 'ops');
			await window.expand('Cloud Key Pairs', 'EC2');
			await window.row('Cloud Key Pairs', 'us-east-1').waitFor();
			const hover = await window.hover('ssh-rsa');
			await hover.getByRole('link', { name: 'shared' }).click();
			await window.row('Cloud Key Pairs', 'shared').and(window.page.locator('.selected')).waitFor();
		});
	});

	describe('when it is imported again', () => {
		const importDeploy = async (name: string) => {
			await window.contextMenu(window.page.locator('.tab.active'), 'Import Key Pair…');
			await form.fill({ profile: 'ops', regions: ['us-east-1'], name });
			await form.run();
		};
		/** Another key gets the name after the review. */
		const importTooLate = async (name: string) => {
			await window.contextMenu(window.page.locator('.tab.active'), 'Import Key Pair…');
			await form.fill({ profile: 'ops', regions: ['us-east-1'], name });
			holdKeyPair(scene.person.opsAccount, 'us-east-1', name, keyLines.deploy);
			await form.run();
		};

		it('under the same name counts as done', async () => {
			await window.openFile('deploy.pub');
			await importDeploy('shared');
			const told = window.notification(/shared .*already .*ops · EC2 · us-east-1/);
			await told.waitFor();
			await told.locator('.codicon-info').waitFor();
			assert.deepEqual(await window.problems(), []);
			await window.clearNotifications();
		});

		it("under another key's name is an error on its line, with what EC2 said", async () => {
			await window.openFile('ops.pub');
			await importTooLate('contested');
			const told = /contested was not imported into ops · EC2 · us-east-1/;
			await window.notification(told).locator('.codicon-error').waitFor();
			await window.answer(told, 'Show Problems');
			const [problem, ...others] = await window.problems();
			assert.deepEqual(others, []);
			assert.equal(problem?.source, 'Key Pairs');
			assert.equal(problem?.code, 'InvalidKeyPair.Duplicate');
			assert.equal(problem?.position, '[Ln 2, Col 1]');
			assert.match(problem?.message ?? '', /^(EC2 · ops|ops · EC2) · us-east-1: .*taken by another key/);
			assert.match(problem?.message ?? '', /10:2d:f1:02:94:dd:e7:37:55:4c:b4:61:b5:95:65:75/);
			const { requestId } =
				/(?<requestId>[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})/.exec(problem?.message ?? '')?.groups ?? {};
			assert.ok(requestId, problem?.message);
		});

		it('gets another name by the quick fix, and the error is gone', async () => {
			await window.quickFix(keyLines.ops.slice(0, 40), /ops · EC2 · us-east-1 under another name/);
			await form.atStep('Name', '1/2');
			assert.equal(await window.quickInputText.inputValue(), 'contested');
			await window.quickInputText.fill('not-shared');
			await window.page.keyboard.press('Enter');
			await form.run();
			await window.notification('Imported not-shared into ops · EC2 · us-east-1.').waitFor();
			assert.ok(scene.person.opsAccount.keyPairs('us-east-1').withName('not-shared'));
			assert.deepEqual(await window.problems(), []);
			await window.clearNotifications();
		});

		it('where that is not permitted says what is missing, and the next attempt takes the error away', async () => {
			scene.person.opsAccount.deniedActions.add('ec2:ImportKeyPair');
			await importDeploy('denied');
			const told = /denied was not imported .*ec2:ImportKeyPair/;
			await window.notification(told).waitFor();
			await form.settled();
			const [problem] = await window.problems();
			assert.equal(problem?.code, 'UnauthorizedOperation');
			scene.person.opsAccount.deniedActions.clear();
			await window.quickFix(keyLines.ops.slice(0, 40), /Retry .*ops · EC2 · us-east-1/);
			await window.notification('Imported denied into ops · EC2 · us-east-1.').waitFor();
			assert.deepEqual(await window.problems(), []);
			await window.clearNotifications();
		});

		for (const [what, change] of [
			['an edit', () => window.page.keyboard.type('x')],
			['a change from outside', () => appendFile(path.join(window.workspace ?? '', 'ops.pub'), '\n')],
		] as const) {
			it(`loses its error by ${what}`, async () => {
				const name = `late-${what.length}`;
				await importTooLate(name);
				await window.notification(`${name} was not imported`).waitFor();
				await window.clearNotifications();
				assert.equal((await window.problems()).length, 1);
				await window.page.locator('.editor-instance .view-line').first().click();
				await change();
				await window.page.locator('.squiggly-error').waitFor({ state: 'detached' });
				await window.command('File: Revert File');
				assert.deepEqual(await window.problems(), []);
			});
		}
	});
});
