import assert from 'node:assert/strict';
import { commands } from 'vscode';
import { serviceManifest } from '../../src/providers/registry';
import type { CheckedPermission } from '../../src/ui/commands/checkPermission';
import { permissionDocument } from '../../src/ui/results/permissionDocument';
import { aFailure } from '../fakes/failures';
import { Cloud } from './support/cloud';
import { activated } from './support/extension';
import { messageOf } from './support/messages';
import { rowAt } from './support/rows';
import type { UiWatch } from './support/watching';

describe('the check of the permission to import', () => {
	let cloud: Cloud;
	let ui: UiWatch;
	const at = (region: string) => ({ service: 'ec2', profile: 'mel', region }) as const;
	const check = (argument: unknown) =>
		commands.executeCommand<CheckedPermission[] | undefined>('cloudKeyPairs.checkPermission', argument);

	before(async () => {
		({ ui } = await activated());
		cloud = await Cloud.start();
	});
	after(() => cloud.close());
	afterEach(() => cloud.account.deniedActions.clear());

	it('asks EC2 by dry runs, and imports nothing', async () => {
		const told = await messageOf(ui, async () =>
			assert.deepEqual(await check({ targets: [at('us-east-1'), at('eu-west-1')] }), [
				{ target: at('us-east-1'), status: 'permitted' },
				{ target: at('eu-west-1'), status: 'permitted' },
			]),
		);
		assert.match(told.text, /2 permitted/);
		assert.ok(
			cloud.imports().length === 2 && cloud.imports().every(({ parameters }) => parameters['DryRun'] === 'true'),
		);
		assert.equal(cloud.account.keyPairs('us-east-1').size, 0);
	});

	it('names the action that is missing', async () => {
		cloud.account.deniedActions.add('ec2:ImportKeyPair');
		const told = await messageOf(ui, async () => {
			const [checked] = (await check({ targets: [at('us-east-1')] })) ?? [];
			assert.deepEqual([checked?.status, checked?.action], ['denied', 'ec2:ImportKeyPair']);
		});
		assert.equal(told.severity, 'Warning');
		assert.match(told.text, /1 denied.*ec2:ImportKeyPair/);
	});

	it('says of a service that can not be asked what is known without writing', async () => {
		const lightsail = { service: 'lightsail', profile: 'mel', region: 'us-east-1' } as const;
		cloud.emulator.requests.clear();
		const told = await messageOf(ui, async () =>
			assert.deepEqual(await check({ targets: [lightsail, at('us-east-1')] }), [
				{ target: lightsail, status: 'readOnlyKnown' },
				{ target: at('us-east-1'), status: 'permitted' },
			]),
		);
		assert.equal(told.severity, 'Information');
		assert.equal(told.text, 'Permission to import: 1 permitted, 1 not known before an import.');
		assert.deepEqual(
			cloud.emulator.requests.all({ service: 'lightsail' }).map(({ operation }) => operation),
			['GetKeyPairs'],
		);
	});

	it('is told target by target in a document, what is missing first', () => {
		const failure = { by: 'service', failure: aFailure('notPermitted', { action: 'ec2:ImportKeyPair' }) } as const;
		const text = permissionDocument(
			[
				{ target: at('us-east-1'), status: 'permitted' },
				{ target: { service: 'ens', profile: 'hangzhou' }, status: 'readOnlyKnown' },
				{ target: at('eu-west-1'), status: 'denied', action: 'ec2:ImportKeyPair', failure },
			],
			{ manifest: serviceManifest },
		);
		const [summary, , , ...rows] = text.split('\n');
		assert.equal(summary, 'Permission to import: 1 permitted, 1 not known before an import, 1 denied.');
		assert.match(rows[0] ?? '', /^mel · EC2 · eu-west-1 +denied +ec2:ImportKeyPair +\S/);
		assert.match(rows[1] ?? '', /^hangzhou · ENS +not known before an import .*ENS cannot be asked without importing/);
		assert.match(rows[2] ?? '', /^mel · EC2 · us-east-1 +permitted$/);
	});

	it('takes a row of the view', async () => {
		const tree = ui.view('cloudKeyPairs.keyPairs').rows;
		await tree.getChildren((await rowAt(tree, 'mel', 'EC2')).node);
		const region = { kind: 'region', profile: { name: 'mel' }, target: at('eu-west-1') };
		assert.deepEqual(await check(region), [{ target: at('eu-west-1'), status: 'permitted' }]);
	});

	it('refuses targets that are none', async () => {
		await assert.rejects(Promise.resolve(check({ targets: [{ service: 'ec2' }] })), /targets/);
	});
});
