import assert from 'node:assert/strict';
import path from 'node:path';
import { commands, window } from 'vscode';
import type { ImportOutcome } from '../../src/api';
import { commandIds } from '../../src/ui/commands/ids';
import { keyLines } from '../fakes/keys';
import { holdKeyPair } from '../fakes/person';
import { Cloud, home, writeHome } from './support/cloud';
import { eventually } from './support/eventually';
import { type Activated, activated } from './support/extension';
import { rowAt, rowsOf } from './support/rows';
import type { View } from './support/watching';

describe('the view Cloud Key Pairs', () => {
	let extension: Activated;
	let cloud: Cloud;
	let view: View;
	const at = (region: string) => ({ service: 'ec2', profile: 'mel', region }) as const;

	before(async () => {
		extension = await activated();
		view = extension.ui.view('cloudKeyPairs.keyPairs');
	});
	beforeEach(async () => {
		cloud = await Cloud.start();
	});
	afterEach(() => cloud.close());

	const row = (...labels: readonly (string | RegExp)[]) => rowAt(view.rows, ...labels);
	const labelsBelow = async (...labels: readonly (string | RegExp)[]) =>
		(await rowsOf(view.rows, await row(...labels))).map(({ label }) => label);

	it('shows the profiles without a call, each with how it gets its credentials', async () => {
		await cloud.setProfiles(
			`[profile role]\nrole_arn = arn:aws:iam::${cloud.account.id}:role/x\nsource_profile = mel\nregion = eu-west-1\n`,
			'[profile lost]\nrole_arn = arn:aws:iam::111122223333:role/x\nsource_profile = gone\n',
			'[profile sso]\nsso_account_id = 111122223333\nsso_role_name = Dev\nsso_start_url = https://x.awsapps.com/start\nsso_region = us-east-1\n',
		);
		await eventually(async () => {
			const rows = await rowsOf(view.rows);
			assert.deepEqual(
				rows.map(({ label }) => label),
				['mel', 'role', 'lost', 'sso'],
			);
			const [mel, role, lost, sso] = rows;
			assert.match(mel?.description ?? '', /^AWS · .*us-east-1$/);
			assert.match(role?.description ?? '', /role.*eu-west-1/);
			assert.match(lost?.description ?? '', /source_profile/);
			assert.equal(lost?.icon, 'warning');
			assert.match(sso?.description ?? '', /SSO/);
			assert.deepEqual(
				rows.map(({ flags }) => flags.includes('canSignIn')),
				[false, false, false, true],
			);
			assert.deepEqual(cloud.emulator.requests.all(), []);
			assert.deepEqual(await labelsBelow('mel'), ['EC2', 'Lightsail']);
			assert.deepEqual(cloud.emulator.requests.all(), []);
		});
	});

	it('has no rows, and so a welcome, without profiles, and is filled when one is written', async () => {
		await writeHome('.aws/config', '');
		await commands.executeCommand('cloudKeyPairs.refresh');
		assert.deepEqual(await rowsOf(view.rows), []);
		await eventually(async () => {
			await writeHome('.aws/config', `[profile new]\n${cloud.keys()}`);
			assert.deepEqual(
				(await rowsOf(view.rows)).map(({ label }) => label),
				['new'],
			);
		});
	});

	it('shows a configuration file that can not be read as a row that says why', async () => {
		await cloud.setProfiles('[profile open\nregion = us-east-1\n');
		const [failure, ...others] = await rowsOf(view.rows);
		assert.deepEqual(others, []);
		assert.equal(failure?.icon, 'error');
		assert.match(failure?.tooltip ?? '', /config, line \d+/);
		assert.ok(failure?.flags.includes('canConfigure') && failure.flags.includes('canRefresh'));
	});

	it('opens a configuration file that can not be read where it is wrong', async () => {
		await cloud.setProfiles('[profile fine]\nregion = us-east-1\n[profile open\nregion = us-east-1\n');
		const [failure] = await rowsOf(view.rows);
		const line = Number(/line (\d+)/.exec(failure?.tooltip ?? '')?.[1]);
		assert.ok(line > 1);
		await eventually(async () => {
			// Again, should the editor have shown an earlier state of the file.
			await commands.executeCommand(commandIds.openConfiguration, failure?.node);
			const editor = window.activeTextEditor;
			assert.match(editor?.document.uri.path ?? '', /\/\.aws\/config$/);
			assert.equal(editor?.selection.start.line, line - 1);
		});
		await commands.executeCommand('workbench.action.closeAllEditors');
	});

	it('shows regions with key pairs, and folds empty and unusable ones', async () => {
		holdKeyPair(cloud.account, 'eu-west-1', 'deploy', keyLines.deploy);
		holdKeyPair(cloud.account, 'ap-east-1', 'deploy', keyLines.deploy);
		holdKeyPair(cloud.account, 'ap-east-1', 'mel', keyLines.mel);
		await eventually(async () => {
			const rows = await rowsOf(view.rows, await row('mel', 'EC2'));
			assert.deepEqual(
				rows.slice(0, 2).map(({ label, description }) => `${label} ${Number.parseInt(description, 10)}`),
				['ap-east-1 2', 'eu-west-1 1'],
			);
			assert.equal(rows.length, 4);
			assert.match(rows[2]?.label ?? '', /^\d+ empty regions$/);
			assert.match(rows[3]?.label ?? '', /^\d+ regions not enabled$/);
			assert.ok((await labelsBelow('mel', 'EC2', /empty/)).includes('us-east-1'));
			const [unusable] = await rowsOf(view.rows, rows[3]);
			assert.ok(unusable && !unusable.flags.includes('canImport'));
			assert.ok(rows[0]?.flags.includes('canImport'));
		});
	});

	it('shows key pairs with the local key that they hold', async () => {
		await writeHome('.ssh/id_ed25519.pub', `${keyLines.mel}\n`);
		await commands.executeCommand('cloudKeyPairs.refresh');
		holdKeyPair(cloud.account, 'eu-west-1', 'laptop', keyLines.mel);
		holdKeyPair(cloud.account, 'eu-west-1', 'legacy', keyLines.deploy);
		await eventually(async () => {
			const [laptop, legacy] = await rowsOf(view.rows, await row('mel', 'EC2', 'eu-west-1'));
			assert.match(laptop?.description ?? '', /ED25519 · id_ed25519\.pub/);
			assert.match(legacy?.description ?? '', /RSA · no local key/);
			assert.equal(
				await commands.executeCommand('cloudKeyPairs.copyFingerprint', laptop?.node),
				'JWFTprBYALUuL8QyB5pv7xhXc8y1A1W4ZzjtwAPLc2M=',
			);
			const copied = await commands.executeCommand<string>('cloudKeyPairs.copyPublicKey', legacy?.node);
			assert.ok(copied.startsWith(keyLines.deploy.slice(0, -' deploy'.length)));
		});
	});

	it('lets one failing region stand with its reason, and mends it by a refresh of that row', async () => {
		holdKeyPair(cloud.account, 'eu-west-1', 'deploy', keyLines.deploy);
		holdKeyPair(cloud.account, 'eu-west-2', 'deploy', keyLines.deploy);
		cloud.emulator.faults.set([
			{
				operation: 'DescribeKeyPairs',
				region: 'eu-west-2',
				effect: { kind: 'error', code: 'UnauthorizedOperation', status: 403 },
			},
		]);
		const broken = await eventually(async () => {
			const found = await row('mel', 'EC2', 'eu-west-2');
			assert.equal(found.icon, 'error');
			assert.match(found.description, /permission/);
			assert.match((await row('mel', 'EC2', 'eu-west-1')).description, /^1\b/);
			const [failure] = await rowsOf(view.rows, found);
			assert.equal(failure?.icon, 'error');
			return found;
		});
		cloud.emulator.faults.clear();
		await commands.executeCommand('cloudKeyPairs.refresh', broken.node);
		await eventually(async () => assert.match((await row('mel', 'EC2', 'eu-west-2')).description, /^1\b/));
	});

	it('shows why the regions can not be listed, and keeps the region of the profile', async () => {
		const { id, secret } = cloud.account.addAccessKey({ deniedActions: ['ec2:DescribeRegions'] });
		await cloud.setProfiles(
			`[profile shut]\nregion = eu-west-1\naws_access_key_id = ${id}\naws_secret_access_key = ${secret}\n${cloud.endpoint}`,
		);
		holdKeyPair(cloud.account, 'eu-west-1', 'deploy', keyLines.deploy);
		await eventually(async () => {
			const [failure, own, ...others] = await rowsOf(view.rows, await row('shut', 'EC2'));
			assert.deepEqual(others, []);
			assert.match(`${failure?.label} ${failure?.description}`, /ec2:DescribeRegions/);
			assert.equal(own?.label, 'eu-west-1');
		});
	});

	it('shows a sign-in that has expired, and offers to sign in', async () => {
		await cloud.setProfiles(
			`[profile sso]\nsso_account_id = ${cloud.account.id}\nsso_role_name = Dev\nsso_start_url = https://x.awsapps.com/start\nsso_region = us-east-1\n${cloud.endpoint}`,
		);
		await eventually(async () => {
			const [failure] = await rowsOf(view.rows, await row('sso', 'EC2'));
			assert.match(failure?.label ?? '', /sso.*expired/);
			assert.ok(failure?.flags.includes('canSignIn'));
			const profile = await row('sso');
			assert.match(profile.description, /expired/);
			assert.ok(profile.flags.includes('canSignIn'));
		});
	});

	it('offers the configuration, and no sign-in, when a session token has expired', async () => {
		const { id, secret } = cloud.account.addAccessKey();
		await cloud.setProfiles(
			`[profile session]\nregion = eu-west-1\naws_access_key_id = ${id}\naws_secret_access_key = ${secret}\naws_session_token = old\n${cloud.endpoint}`,
		);
		cloud.emulator.faults.set([
			{ operation: 'DescribeRegions', effect: { kind: 'error', code: 'ExpiredToken', status: 400 } },
		]);
		await eventually(async () => {
			const [failure] = await rowsOf(view.rows, await row('session', 'EC2'));
			assert.match(failure?.label ?? '', /session.*expired/);
			assert.deepEqual(failure?.flags, ['failure', 'canRefresh', 'canConfigure']);
			assert.ok(!(await row('session')).flags.includes('canSignIn'));
		});
	});

	it('gets what was imported, and cloudKeyPairs.openKeyPair selects it', async () => {
		await row('mel', 'EC2', /empty/);
		const [outcome] = await commands.executeCommand<ImportOutcome[]>('cloudKeyPairs.import', {
			publicKey: keyLines.mel,
			keyName: 'mel-laptop',
			targets: [at('us-west-2')],
		});
		assert.equal(outcome?.status, 'imported');
		await eventually(async () => {
			// Again, should the profiles have been read anew meanwhile, which makes all rows anew.
			const target = at('us-west-2');
			const shown = await commands.executeCommand('cloudKeyPairs.openKeyPair', { target, keyName: 'mel-laptop' });
			assert.equal(shown, true);
			assert.equal(view.view.visible, true);
			const [selected] = view.view.selection;
			assert.ok(selected, 'nothing is selected');
			assert.equal((await view.rows.getTreeItem(selected)).label, 'mel-laptop');
		});
		await eventually(async () => assert.deepEqual(await labelsBelow('mel', 'EC2', 'us-west-2'), ['mel-laptop']));
	});

	it('says of a key pair that is not there that it is not', async () => {
		const before = extension.ui.messages.length;
		const shown = await commands.executeCommand('cloudKeyPairs.openKeyPair', {
			target: at('us-west-2'),
			keyName: 'gone',
		});
		assert.equal(shown, false);
		const [message, ...others] = extension.ui.messages.slice(before);
		assert.deepEqual(others, []);
		assert.equal(message?.severity, 'Warning');
		assert.match(message?.text ?? '', /gone/);
	});

	it('opens the file that defines a profile', async () => {
		await commands.executeCommand('_cloudKeyPairs.openConfiguration', (await row('mel')).node);
		assert.equal(window.activeTextEditor?.document.uri.fsPath, path.join(home, '.aws', 'config'));
	});
});
