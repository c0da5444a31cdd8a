import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Account } from '../emulator/accounts/account.js';
import { accessKeySettings, addSection } from '../fakes/person.js';
import { openScene, type Scene } from './scene.js';
import { VSIX } from './vscode.js';
import { openWindow, type Window } from './window.js';
import type { Row } from './workbench.js';

const cloudView = 'Cloud Key Pairs';

describe('the views of a home without keys and profiles', () => {
	let window: Window;

	before(async () => {
		window = await openWindow({ extension: { vsix: VSIX } });
		await window.command('View: Show Cloud Key Pairs');
	});
	after(() => window?.close());

	it('lead to the setting for the folders of keys', async () => {
		await window.view('Local Public Keys').getByText('choose the folders').click();
		const settings = window.page.locator('.settings-editor');
		await settings.getByText('Folders in which to look for public keys').waitFor();
		await window.page.keyboard.press('Escape');
		await settings.waitFor({ state: 'hidden' });
	});

	it('offer to generate a key, and show it by themselves once it is there', async () => {
		const view = window.view('Local Public Keys');
		await view.getByText('No public keys were found').waitFor();
		await view.getByRole('button', { name: 'Generate Key Pair', exact: true }).click();
		// Whether ssh-keygen is there or not, its command line is.
		await window.page.locator('.terminal-tabs-entry, .single-terminal-tab', { hasText: 'Generate' }).first().waitFor();
		await window.command('Terminal: Kill the Active Terminal Instance');
		await writeFile(path.join(window.home, '.ssh', 'new.pub'), 'ssh-ed25519 AAAA broken\n');
		await window.row('Local Public Keys', 'new.pub').waitFor();
	});

	it('offer the configuration file, and show a profile by themselves once it is saved', async () => {
		const view = window.view(cloudView);
		await view.getByText('No profiles of AWS or Alibaba Cloud were found').waitFor();
		await view.getByRole('button', { name: 'Open Configuration File' }).click();
		await window.page.locator('.tab.active[data-resource-name="config"]').waitFor();
		await window.page.keyboard.type('[profile new]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE');
		await window.page.keyboard.press('ControlOrMeta+S');
		await window.row(cloudView, 'new').waitFor();
		const [row] = await window.rows(cloudView);
		assert.match(row?.description ?? '', /^AWS · .*no credentials/);
		assert.equal(row?.expanded, undefined);
		await window.page.keyboard.type('\naws_secret_access_key = secret');
		await window.page.keyboard.press('ControlOrMeta+S');
		await window.row(cloudView, 'new').and(window.page.locator('[aria-expanded="false"]')).waitFor();
	});
});

describe('the view Cloud Key Pairs', () => {
	let scene: Scene;
	let window: Window;
	let mixed: Account;
	let slow: Account;

	before(async () => {
		scene = await openScene({
			prepare: async (home, emulator) => {
				const { url } = emulator;
				const open = (name: string, account: Account, more = {}) =>
					addSection(home, `profile ${name}`, { ...accessKeySettings(account, url), ...more });
				const account = emulator.accounts.add();
				mixed = emulator.accounts.add();
				slow = emulator.accounts.add();
				const portal = emulator.accounts.add();
				await open('mixed', mixed);
				await open('slow', slow);
				await open('wrong-secret', account, { aws_secret_access_key: 'wrong' });
				await open('unreachable', account, { endpoint_url: 'http://127.0.0.1:9' });
				await open('portal', portal);
				await open('no-regions', emulator.accounts.add({ deniedActions: ['ec2:DescribeRegions'] }));
				await addSection(home, 'profile cycle', { role_arn: 'arn:aws:iam::1:role/x', source_profile: 'cycle' });
				const list = { operation: 'DescribeKeyPairs', account: mixed.id } as const;
				emulator.faults.set([
					{ account: portal.id, effect: { kind: 'html', status: 200 } },
					{ ...list, region: 'ap-south-1', effect: { kind: 'throttle' } },
					{ ...list, region: 'ca-central-1', effect: { kind: 'error', code: 'UnauthorizedOperation', status: 403 } },
					{ ...list, region: 'eu-north-1', effect: { kind: 'html', status: 200 } },
					{ ...list, region: 'sa-east-1', effect: { kind: 'drop' } },
					{ ...list, region: 'us-west-1', effect: { kind: 'serverError' } },
					{ operation: 'DescribeKeyPairs', account: slow.id, region: 'eu-west-2', delayMs: 6000 },
				]);
			},
		});
		window = scene.window;
		await window.command('View: Show Cloud Key Pairs');
		await window.toggleView('Local Public Keys');
		await window.row(cloudView, 'cycle').waitFor();
	});
	after(() => scene?.close());

	beforeEach(() => window.collapseAll(cloudView));

	/** The rows below a profile, once that has one that matches. */
	async function rowsBelow(profile: string, last: RegExp): Promise<Row[]> {
		await window.expand(cloudView, profile);
		await window.row(cloudView, 'EC2').waitFor();
		await window.expand(cloudView, 'EC2');
		await window.row(cloudView, last).first().waitFor();
		return (await window.rows(cloudView)).filter(({ level }) => level === 3);
	}

	it('lists profiles without asking anybody', async () => {
		const rows = await window.rows(cloudView);
		assert.deepEqual(
			rows.map(({ label }) => label),
			['mel', 'ops', 'mixed', 'slow', 'wrong-secret', 'unreachable', 'portal', 'no-regions', 'cycle'],
		);
		assert.equal(rows[0]?.accessibleName, 'mel, AWS, access key, us-east-1');
		assert.match(rows.at(-1)?.description ?? '', /source_profile leads back/);
		assert.equal(scene.emulator.requests.count(), 0);
	});

	it('shows the regions that hold key pairs, and folds the others', async () => {
		const rows = await rowsBelow('ops', /not enabled/);
		assert.deepEqual(
			rows.map(({ label, description }) => [label, description]),
			[
				['eu-west-1', '1 · just now'],
				['us-east-1', '1 · just now'],
				['15 empty regions', ''],
				['17 regions not enabled', ''],
			],
		);
		assert.equal(rows[0]?.accessibleName, 'eu-west-1, 1 key pair, just now');
		await window.expand(cloudView, 'us-east-1');
		await window.row(cloudView, 'deploy').waitFor();
		const deploy = (await window.rows(cloudView)).find(({ label }) => label === 'deploy');
		assert.equal(deploy?.description, 'RSA · deploy_rsa.pub');
		await window.expand(cloudView, '15 empty regions');
		await window.row(cloudView, 'sa-east-1').waitFor();
		await window.row(cloudView, '15 empty regions').locator('.monaco-tl-twistie').click();
		await window.expand(cloudView, '17 regions not enabled');
		await window.row(cloudView, 'af-south-1').waitFor();
		const closed = (await window.rows(cloudView)).find(({ label }) => label === 'af-south-1');
		assert.match(closed?.description ?? '', /not enabled/);
		assert.equal(closed?.expanded, undefined);
	});

	for (const [profile, message, advice] of [
		['wrong-secret', /EC2 .*credentials of profile wrong-secret/, /access key/],
		['unreachable', /reach EC2/, /network connection/],
		['portal', /other than EC2/, /proxy/],
		['no-regions', /no-regions .*ec2:DescribeRegions/, /administrator/],
	] as const) {
		it(`tells of profile ${profile} what is wrong, with advice`, async () => {
			const [failure] = await rowsBelow(profile, message);
			assert.match(failure?.label ?? '', message);
			assert.match(failure?.description ?? '', advice);
			assert.match(failure?.accessibleName ?? '', message);
		});
	}

	it('tells of each region why it could not be listed, and lists the others', async () => {
		await rowsBelow('mixed', /not enabled/);
		// The one that is throttled is asked several times.
		await window.row(cloudView, 'ap-south-1').getByText('too many requests').waitFor();
		const rows = (await window.rows(cloudView)).filter(({ level }) => level === 3);
		assert.deepEqual(
			rows.slice(0, 5).map(({ label, description }) => `${label}: ${description}`),
			[
				'ap-south-1: too many requests',
				'ca-central-1: no permission: ec2:DescribeKeyPairs',
				'eu-north-1: something else answered',
				'sa-east-1: not reachable (ECONNRESET)',
				'us-west-1: internal error of the service',
			],
		);
		assert.equal(rows[5]?.label, '12 empty regions');
		await window.expand(cloudView, 'ap-south-1');
		await window.row(cloudView, /Too many requests/).waitFor();
		const failure = (await window.rows(cloudView)).find(({ level }) => level === 4);
		assert.match(failure?.description ?? '', /retry/i);
		await window.row(cloudView, 'ap-south-1').locator('.monaco-tl-twistie').click();
	});

	it('lists one region anew by its button, and everything else keeps its place', async () => {
		scene.emulator.faults.set([
			{ operation: 'DescribeKeyPairs', account: slow.id, region: 'eu-west-2', delayMs: 6000 },
		]);
		await rowsBelow('mixed', /not enabled/);
		const before = (await window.rows(cloudView)).map(({ label }) => label);
		scene.emulator.requests.clear();
		await window.press(window.row(cloudView, 'us-west-1'), 'Refresh');
		await window.row(cloudView, 'us-west-1').getByText('0 · just now').waitFor();
		assert.equal(scene.emulator.requests.count(), 1);
		assert.deepEqual(
			(await window.rows(cloudView)).map(({ label }) => label),
			before,
		);
	});

	it('does not wait long for a slow region, and moves nothing when its answer comes', async () => {
		const start = Date.now();
		const rows = await rowsBelow('slow', /not enabled/);
		assert.ok(Date.now() - start < 5500, `${Date.now() - start} ms`);
		assert.deepEqual(
			rows.map(({ label, description }) => [label, description]),
			[
				['eu-west-2', 'loading…'],
				['16 empty regions', ''],
				['17 regions not enabled', ''],
			],
		);
		const icon = window.row(cloudView, 'eu-west-2').locator('.codicon-loading');
		await icon.waitFor();
		await window.row(cloudView, 'eu-west-2').getByText('0 · just now').waitFor();
		assert.deepEqual(
			(await window.rows(cloudView)).filter(({ level }) => level === 3).map(({ label }) => label),
			rows.map(({ label }) => label),
		);
	});

	it('shows the profiles anew when the configuration file changes', async () => {
		await addSection(window.home, 'profile added', accessKeySettings(slow, scene.emulator.url));
		await window.row(cloudView, 'added').waitFor();
	});
});
