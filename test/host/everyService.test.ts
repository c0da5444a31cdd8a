import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { commands } from 'vscode';
import { parsePublicKeys } from '../../src/domain/parsePublicKeys';
import type { Target } from '../../src/domain/target';
import { serviceManifest } from '../../src/providers/registry';
import type { CreatedPair } from '../../src/ui/commands/create';
import type { Deletion } from '../../src/ui/commands/delete';
import { AlibabaCloud } from './support/alibabaCloud';
import { Cloud } from './support/cloud';
import { answerDialogs } from './support/dialogs';
import { eventually } from './support/eventually';
import { type Activated, activated } from './support/extension';
import { rowAt, rowsOf } from './support/rows';

describe('every service', () => {
	let extension: Activated;
	let cloud: Cloud;
	let alibaba: AlibabaCloud;
	const targets: readonly Target[] = [
		{ service: 'ec2', profile: 'mel', region: 'us-east-1' },
		{ service: 'lightsail', profile: 'mel', region: 'us-east-1' },
		{ service: 'ecs', profile: 'hangzhou', region: 'cn-hangzhou' },
		{ service: 'ens', profile: 'hangzhou' },
	];

	before(async () => {
		extension = await activated();
		cloud = await Cloud.start();
		alibaba = await AlibabaCloud.start(cloud.emulator);
	});
	after(async () => {
		await alibaba.close();
		await cloud.close();
	});

	for (const target of targets) {
		const { service, profile, region } = target;
		it(`creates, shows, tags where it has tags, and deletes: ${service}`, async () => {
			const view = extension.ui.view('cloudKeyPairs.keyPairs');
			const { label, capabilities } = serviceManifest(service);
			const keyName = `made-in-${service}`;
			const created = await commands.executeCommand<CreatedPair | undefined>('cloudKeyPairs.create', {
				target,
				keyName,
			});
			assert.ok(created);
			assert.equal(created.keyPair.name, keyName);
			const [key] = parsePublicKeys(await readFile(`${created.privateKeyFile}.pub`, 'utf8')).keys;
			assert.equal(key?.type, 'ssh-rsa');

			const shown = await eventually(async () => {
				assert.equal(await commands.executeCommand('cloudKeyPairs.openKeyPair', { target, keyName }), true);
				return rowAt(view.rows, profile, label, ...(region === undefined ? [] : [region]), keyName);
			});
			assert.equal(shown.flags.includes('canEditTags'), capabilities.tags);
			assert.ok(shown.flags.includes('canDelete'));

			const tagged = await commands.executeCommand<{ tags?: unknown } | undefined>('cloudKeyPairs.editTags', {
				target,
				keyName,
				set: { Owner: 'mel' },
			});
			assert.deepEqual(tagged?.tags, capabilities.tags ? { Owner: 'mel' } : undefined);

			const dialogs = answerDialogs('Delete');
			try {
				const deletion = await commands.executeCommand<Deletion | undefined>('cloudKeyPairs.delete', {
					target,
					keyName,
				});
				assert.equal(deletion?.status, 'deleted');
				assert.match(dialogs.asked[0]?.text ?? '', new RegExp(`^Delete ${keyName} from ${profile} · ${label}`));
			} finally {
				dialogs.stop();
			}
			const again = await commands.executeCommand('cloudKeyPairs.openKeyPair', { target, keyName });
			assert.equal(again, false);
		});
	}

	it('says what it can not do, in its row', async () => {
		const view = extension.ui.view('cloudKeyPairs.keyPairs');
		const rows = [
			...(await rowsOf(view.rows, await rowAt(view.rows, 'mel'))),
			...(await rowsOf(view.rows, await rowAt(view.rows, 'hangzhou'))),
		];
		assert.deepEqual(
			rows.map(({ label, tooltip }) => [label, tooltip.split('\n')[1] ?? '']),
			[
				['EC2', ''],
				['Lightsail', 'Permissions cannot be checked beforehand. Public keys cannot be read back.'],
				['ECS', 'Permissions cannot be checked beforehand.'],
				[
					'ENS',
					'No regions. No tags. Permissions cannot be checked beforehand. Public keys cannot be read back. RSA only.',
				],
			],
		);
	});
});
