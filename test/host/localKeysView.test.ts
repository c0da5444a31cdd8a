import assert from 'node:assert/strict';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ConfigurationTarget, commands, type TreeDataProvider, workspace } from 'vscode';
import { keyLines } from '../fakes/keys';
import { holdKeyPair } from '../fakes/person';
import { Cloud, home, writeHome } from './support/cloud';
import { eventually } from './support/eventually';
import { type Activated, activated } from './support/extension';
import { clearWorkspace, writeWorkspace } from './support/files';
import { rowsOf } from './support/rows';
import { setWorkspaceSettings } from './support/workspaceSettings';

describe('the view Local Public Keys', () => {
	let extension: Activated;
	let cloud: Cloud;
	let tree: TreeDataProvider<unknown>;

	before(async () => {
		extension = await activated();
		tree = extension.ui.view('cloudKeyPairs.localKeys').rows;
		cloud = await Cloud.start();
		// Its folders are watched from now on.
		await tree.getChildren();
	});
	afterEach(() => clearWorkspace());
	after(() => cloud.close());

	/** The rows of these files, as the view would show them after a refresh. */
	const rowsNamed = async (...names: readonly string[]) =>
		(await rowsOf(tree)).filter(({ label }) => names.includes(label));
	const refresh = () => commands.executeCommand('cloudKeyPairs.refresh');

	it('shows the keys of ~/.ssh with type and comment, and of what is no key why', async () => {
		await writeHome('.ssh/a.pub', `${keyLines.mel}\n`);
		await writeHome('.ssh/b.pub', `${keyLines.deploy}\n`);
		await writeHome('.ssh/c.pub', keyLines.mel.replace('AAAAC3', 'AAAA*3'));
		await writeHome('.ssh/known_hosts', `example.org ${keyLines.ops}\n`);
		await refresh();
		const rows = await rowsNamed('a.pub', 'b.pub', 'c.pub', 'known_hosts');
		assert.deepEqual(
			rows.map(({ label, icon }) => `${label} ${icon}`),
			['a.pub key', 'b.pub key', 'c.pub warning'],
		);
		const [a, b, c] = rows;
		assert.match(a?.description ?? '', /^ED25519 · mel@laptop/);
		assert.match(b?.description ?? '', /^RSA 2048 · deploy/);
		assert.match(c?.description ?? '', /base64/);
		assert.ok(a?.flags.includes('canImport'));
		assert.ok(!c?.flags.includes('canImport'));
		for (const row of rows) {
			assert.ok(row.spoken.includes(row.label));
		}
	});

	it('shows the keys of the workspace, but no .pub file of another kind', async () => {
		const key = await writeWorkspace(`${keyLines.ops}\n`);
		const prose = await writeWorkspace('Dear colleagues\n');
		const nameOf = (uri: { readonly path: string }) => path.posix.basename(uri.path);
		await refresh();
		const rows = await rowsNamed(nameOf(key), nameOf(prose));
		assert.deepEqual(
			rows.map(({ label }) => label),
			[nameOf(key)],
		);
	});

	it('tells several keys of one file apart', async () => {
		await writeHome('.ssh/team.pub', `${keyLines.mel}\n${keyLines.ops}\n`);
		await refresh();
		const rows = await rowsNamed('team.pub (1)', 'team.pub (2)');
		assert.equal(rows.length, 2);
		assert.match(rows[1]?.description ?? '', /ops@laptop/);
	});

	it('follows files that come, change and go, without a refresh', async () => {
		const expectRow = (description: RegExp, write: () => Promise<unknown>) =>
			eventually(async () => {
				// Again, should the watching have begun after the first time.
				await write();
				const [row] = await rowsNamed('later.pub');
				assert.match(row?.description ?? 'no row', description);
			});
		await expectRow(/mel@laptop/, () => writeHome('.ssh/later.pub', `${keyLines.mel}\n`));
		await expectRow(/ops@laptop/, () => writeHome('.ssh/later.pub', `${keyLines.ops}\n`));
		await expectRow(/no row/, () => rm(path.join(home, '.ssh', 'later.pub'), { force: true }));
	});

	it('looks into the folders of the setting, and at once into those that are added', async () => {
		const folder = path.join(home, 'more keys');
		await mkdir(folder, { recursive: true });
		await writeFile(path.join(folder, 'usb.pub'), `${keyLines.ops}\n`);
		const settings = () => workspace.getConfiguration('cloudKeyPairs');
		assert.deepEqual(await rowsNamed('usb.pub'), []);
		await settings().update('localKeys.folders', ['~/.ssh', folder], ConfigurationTarget.Global);
		try {
			await eventually(async () => assert.equal((await rowsNamed('usb.pub')).length, 1));
		} finally {
			await settings().update('localKeys.folders', undefined, ConfigurationTarget.Global);
		}
		await eventually(async () => assert.deepEqual(await rowsNamed('usb.pub'), []));
	});

	it('lets the settings of a workspace choose no folder, be it trusted', async () => {
		const folder = path.join(home, 'elsewhere');
		await mkdir(folder, { recursive: true });
		await writeFile(path.join(folder, 'elsewhere.pub'), `${keyLines.ops}\n`);
		assert.equal(workspace.isTrusted, true);
		await setWorkspaceSettings({ 'cloudKeyPairs.localKeys.folders': [folder] });
		await refresh();
		assert.deepEqual(await rowsNamed('elsewhere.pub'), []);
		assert.deepEqual(workspace.getConfiguration('cloudKeyPairs').get('localKeys.folders'), ['~/.ssh']);
	});

	it('finds a folder that is made later', async () => {
		const folder = path.join(home, 'made later');
		const settings = () => workspace.getConfiguration('cloudKeyPairs');
		await settings().update('localKeys.folders', ['~/made later'], ConfigurationTarget.Global);
		try {
			await eventually(async () => {
				// From the beginning again, should the watching have begun after the first time.
				await rm(folder, { recursive: true, force: true });
				await tree.getChildren();
				await mkdir(folder);
				await writeFile(path.join(folder, 'new.pub'), `${keyLines.ops}\n`);
				await eventually(async () => assert.equal((await rowsNamed('new.pub')).length, 1), 2_000);
			});
		} finally {
			await settings().update('localKeys.folders', undefined, ConfigurationTarget.Global);
		}
	});

	it('counts the targets that hold a key, as far as they are listed', async () => {
		await writeHome('.ssh/held.pub', `${keyLines.deploy}\n`);
		const targets = ['us-east-2', 'ca-central-1'].map(
			(region) => ({ service: 'ec2', profile: 'mel', region }) as const,
		);
		for (const { region } of targets) {
			holdKeyPair(cloud.account, region, 'deploy', keyLines.deploy);
		}
		await eventually(async () => {
			await Promise.all(targets.map((target) => extension.api.list(target)));
			const [row] = await rowsNamed('held.pub');
			assert.match(row?.description ?? '', /in 2 targets/);
		});
	});

	it('has no rows, and so a welcome, when there is no key', async () => {
		const settings = () => workspace.getConfiguration('cloudKeyPairs');
		await writeWorkspace(`${keyLines.mel}\n`);
		await settings().update('localKeys.folders', [path.join(home, 'nowhere')], ConfigurationTarget.Global);
		try {
			await eventually(async () => assert.ok((await rowsOf(tree)).every(({ label }) => label.endsWith('.pub'))));
			await clearWorkspace();
			await eventually(async () => assert.deepEqual(await rowsOf(tree), []));
		} finally {
			await settings().update('localKeys.folders', undefined, ConfigurationTarget.Global);
		}
	});
});
