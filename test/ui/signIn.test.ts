import assert from 'node:assert/strict';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Account } from '../emulator/accounts/account.js';
import type { MfaDevice } from '../emulator/accounts/roles.js';
import { writeTokenFile } from '../emulator/sso/tokenFile.js';
import { accessKeySettings, addSection } from '../fakes/person.js';
import { ImportForm } from './importForm.js';
import { openScene, type Scene } from './scene.js';
import type { Window } from './window.js';

const cloudView = 'Cloud Key Pairs';
const startUrl = 'https://corp.awsapps.com/start';

describe('signing in', () => {
	let scene: Scene;
	let window: Window;
	let form: ImportForm;
	let folder: string;
	let account: Account;
	let device: MfaDevice;

	before(async () => {
		folder = await mkdtemp(path.join(tmpdir(), 'sign-in-'));
		scene = await openScene({
			env: { PATH: `${folder}${path.delimiter}${process.env['PATH']}` },
			prepare: async (home, emulator) => {
				const { url } = emulator;
				account = emulator.accounts.add();
				device = account.addMfaDevice('mel', '123456');
				const role = account.addRole('Admin', { requiresMfa: true });
				await addSection(home, 'profile base', accessKeySettings(account, url, 'mel'));
				for (const name of ['mfa-view', 'mfa-form', 'mfa-left']) {
					await addSection(home, `profile ${name}`, {
						region: 'us-east-1',
						role_arn: role.arn,
						source_profile: 'base',
						mfa_serial: device.serial,
						endpoint_url: url,
					});
				}
				await addSection(home, 'sso-session corp', {
					sso_region: 'us-east-1',
					sso_start_url: startUrl,
					sso_registration_scopes: 'sso:account:access',
				});
				for (const name of ['dev', 'staging']) {
					await addSection(home, `profile ${name}`, {
						region: 'eu-west-1',
						sso_session: 'corp',
						sso_account_id: account.id,
						sso_role_name: 'Developer',
						endpoint_url: url,
					});
				}
			},
		});
		window = scene.window;
		form = new ImportForm(window);
		await window.command('View: Show Cloud Key Pairs');
		await window.toggleView('Local Public Keys');
		await window.row(cloudView, 'staging').waitFor();
	});
	beforeEach(() => window.collapseAll(cloudView));
	after(async () => {
		await scene?.close();
		await rm(folder, { recursive: true });
	});

	describe('with an MFA code', () => {
		const title = (profile: string) => new RegExp(`^MFA code for profile ${profile}$`);
		const enter = async (profile: string, code: string) => {
			await window.quickInputTitled(title(profile));
			await window.page.keyboard.type(code);
			await window.page.keyboard.press('Enter');
		};

		it('asks once for all regions, and says so when the code is wrong', async () => {
			await window.expand(cloudView, 'mfa-view');
			await window.expand(cloudView, 'EC2');
			await window.quickInputTitled(title('mfa-view'));
			await window.quickInput.getByText(device.serial).waitFor();
			await enter('mfa-view', '654321');
			const failure = window.row(cloudView, /MFA code .*mfa-view .*not accepted/);
			await failure.waitFor();
			assert.match((await window.rows(cloudView)).find(({ level }) => level === 3)?.description ?? '', /[Rr]etry/);
			scene.emulator.requests.clear();
			await window.press(failure, 'Refresh');
			await enter('mfa-view', device.code);
			await window.row(cloudView, '17 empty regions').waitFor();
			assert.equal(scene.emulator.requests.count({ operation: 'AssumeRole' }), 1);
			assert.equal(scene.emulator.requests.count({ operation: 'DescribeKeyPairs' }), 17);
		});

		it('is quiet when the person gives up', async () => {
			await window.expand(cloudView, 'mfa-left');
			await window.row(cloudView, 'EC2').waitFor();
			await window.expand(cloudView, 'EC2');
			await window.quickInputTitled(title('mfa-left'));
			await window.page.keyboard.press('Escape');
			await window.row(cloudView, /cancel/i).waitFor();
			assert.equal(await window.page.locator('.notification-toast').count(), 0);
			await window.quickInput.waitFor({ state: 'hidden' });
		});

		it('comes in between the steps of an import, which goes on afterwards', async () => {
			scene.emulator.requests.clear();
			await form.open();
			await window.pick('id_ed25519.pub').click();
			await form.at('Targets');
			await window.quickInputText.fill('mfa-form');
			// Nobody is asked for a code only because the list is open.
			await window.pick('List the regions of mfa-form…').first().click();
			await enter('mfa-form', device.code);
			await form.atStep('Targets', '2/5');
			await form.fill({ profile: 'mfa-form', regions: ['us-east-1', 'us-west-2'], name: 'with-mfa' });
			await form.run();
			await window.notification('Import of with-mfa: 2 imported.').waitFor();
			assert.equal(scene.emulator.requests.count({ operation: 'AssumeRole' }), 1);
			assert.ok(account.keyPairs('us-west-2').withName('with-mfa'));
			await window.clearNotifications();
		});
	});

	describe('with IAM Identity Center', () => {
		/** Has `aws` of the window's terminals leave a token, as it does after the sign-in in the browser. */
		const prepareSignIn = async () => {
			const { sso } = scene.emulator;
			const token = sso.signIn({ startUrl, assignments: [{ account: account.id, role: 'Developer' }] });
			const file = await writeTokenFile(folder, 'corp', token);
			await writeAws(folder, file, path.join(window.home, '.aws', 'sso', 'cache', path.basename(file)));
		};

		it('is offered by the row of a profile whose sign-in has expired', async () => {
			await window.expand(cloudView, 'staging');
			await window.row(cloudView, 'EC2').waitFor();
			await window.expand(cloudView, 'EC2');
			const failure = window.row(cloudView, /sign-in .*staging .*expired/);
			await failure.waitFor();
			await window.row(cloudView, 'staging').getByText('AWS · SSO · eu-west-1 · sign-in expired').waitFor();
			await prepareSignIn();
			await window.press(failure, 'Sign In…');
			await window.row(cloudView, /empty regions/).waitFor();
			await window.row(cloudView, 'staging').getByText('AWS · SSO · eu-west-1', { exact: true }).waitFor();
		});

		it('comes in between the steps of an import, which goes on by itself when it is done', async () => {
			await rm(path.join(window.home, '.aws', 'sso'), { recursive: true, force: true });
			scene.emulator.sso.signOutAll();
			await form.open();
			await window.pick('id_ed25519.pub').click();
			await form.atStep('Targets', '2/5');
			await window.quickInputText.fill('dev');
			await window.pick('Sign in to dev…').waitFor();
			await prepareSignIn();
			await window.pick('Sign in to dev…').click();
			await window.pick(/signing in to dev/).waitFor();
			await window.quickInputText.fill('eu-west-1');
			await form.target('dev', 'eu-west-1').filter({ hasNotText: 'expired' }).waitFor();
			await form.fill({ profile: 'dev', regions: ['eu-west-1'], name: 'after-sign-in' });
			await form.run();
			await window.notification('Imported after-sign-in into dev · EC2 · eu-west-1.').waitFor();
			assert.ok(account.keyPairs('eu-west-1').withName('after-sign-in'));
			await window.clearNotifications();
		});

		it('is offered when it expires before the import begins, and the import is then made', async () => {
			await form.openAndFill({ key: 'id_ed25519.pub', profile: 'dev', regions: ['eu-west-1'], name: 'late' });
			scene.emulator.faults.set([
				{ operation: 'ImportKeyPair', effect: { kind: 'error', code: 'ExpiredToken', status: 400 }, calls: [1] },
			]);
			await rm(path.join(window.home, '.aws', 'sso'), { recursive: true, force: true });
			scene.emulator.sso.signOutAll();
			await form.run();
			const told = /late was not imported into dev · EC2 · eu-west-1/;
			await window.notification(told).waitFor();
			await prepareSignIn();
			await window.answer(told, 'Sign In');
			await window.notification('Imported late into dev · EC2 · eu-west-1.').waitFor();
			assert.ok(account.keyPairs('eu-west-1').withName('late'));
		});
	});
});

/** Puts an `aws` into the folder that answers `aws sso login --profile …` by copying the token file, and nothing else. */
async function writeAws(folder: string, from: string, to: string): Promise<void> {
	const script = path.join(folder, 'aws.js');
	await writeFile(
		script,
		`const fs = require('node:fs');
		const [, , ...args] = process.argv;
		if (!/^sso login --profile \\w+$/.test(args.join(' '))) process.exit(1);
		fs.mkdirSync(${JSON.stringify(path.dirname(to))}, { recursive: true });
		fs.copyFileSync(${JSON.stringify(from)}, ${JSON.stringify(to)});\n`,
	);
	await writeFile(path.join(folder, 'aws.cmd'), `@"${process.execPath}" "${script}" %*\r\n`);
	await writeFile(path.join(folder, 'aws'), `#!/bin/sh\nexec "${process.execPath}" "${script}" "$@"\n`);
	await chmod(path.join(folder, 'aws'), 0o755);
}
