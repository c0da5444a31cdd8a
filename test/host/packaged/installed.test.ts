import assert from 'node:assert/strict';
import path from 'node:path';
import { commands, extensions, Uri, window, workspace } from 'vscode';
import type { CloudKeyPairsApi, ImportOutcome } from '../../../src/api';
import { keyLines } from '../../fakes/keys';
import { Cloud, writeHome } from '../support/cloud';
import { eventually } from '../support/eventually';
import { closeEditors } from '../support/files';

const ROOT = path.resolve(__dirname, '..', '..', '..', '..');

describe('the extension installed from its VSIX', () => {
	const extension = () => extensions.getExtension<CloudKeyPairsApi>('cloud-key-pairs.cloud-key-pairs');
	let cloud: Cloud;
	let wasActive: boolean | undefined;
	let file: Uri;

	before(async () => {
		wasActive = extension()?.isActive;
		file = Uri.file(await writeHome('.ssh/id_rsa.pub', `${keyLines.deploy}\n`));
		await window.showTextDocument(await workspace.openTextDocument(file));
		await eventually(() => assert.equal(extension()?.isActive, true));
		cloud = await Cloud.start();
	});
	after(async () => {
		await closeEditors();
		await cloud.close();
	});

	it('lies outside the project', () => {
		assert.ok(path.relative(ROOT, extension()?.extensionPath ?? ROOT).startsWith('..'));
	});

	it('is activated by a key in an editor, and not before', () => {
		assert.equal(wasActive, false);
		assert.equal(extension()?.exports.version, 1);
	});

	it('imports a key with tags into three regions', async () => {
		const regions = ['us-east-1', 'eu-west-1', 'ap-east-1'];
		const outcomes = await commands.executeCommand<ImportOutcome[]>('cloudKeyPairs.import', {
			publicKey: file,
			keyName: 'deploy',
			targets: regions.map((region) => ({ service: 'ec2', profile: 'mel', region })),
			tags: { Owner: 'mel' },
		});
		assert.deepEqual(
			outcomes.map(({ status }) => status),
			['imported', 'imported', 'imported'],
		);
		for (const region of regions) {
			const held = cloud.account.keyPairs(region).withName('deploy');
			assert.equal(held?.fingerprint, '10:2d:f1:02:94:dd:e7:37:55:4c:b4:61:b5:95:65:75');
			assert.deepEqual([...(held?.tags ?? [])], [['Owner', 'mel']]);
		}
	});

	it('loads nothing from the project', () => {
		const own = Object.keys(require.cache).filter((name) => name.startsWith(path.join(ROOT, 'dist')));
		assert.deepEqual(own, []);
	});
});
