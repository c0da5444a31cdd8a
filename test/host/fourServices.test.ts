import assert from 'node:assert/strict';
import { commands } from 'vscode';
import type { CloudKeyPairsApi, ImportOutcome } from '../../src/api';
import type { Target } from '../../src/domain/target';
import { keyLines } from '../fakes/keys';
import { AlibabaCloud } from './support/alibabaCloud';
import { Cloud } from './support/cloud';
import { activated, modulesOf } from './support/extension';
import { type Row, rowAt, rowsOf } from './support/rows';
import type { UiWatch } from './support/watching';

const targets: readonly Target[] = [
	{ service: 'ec2', profile: 'mel', region: 'us-east-1' },
	{ service: 'lightsail', profile: 'mel', region: 'us-east-1' },
	{ service: 'ecs', profile: 'hangzhou', region: 'cn-hangzhou' },
	{ service: 'ens', profile: 'hangzhou' },
];

describe('one key in four services', () => {
	let api: CloudKeyPairsApi;
	let ui: UiWatch;
	let cloud: Cloud;
	let alibaba: AlibabaCloud;

	before(async () => {
		({ api, ui } = await activated());
		cloud = await Cloud.start();
		alibaba = await AlibabaCloud.start(cloud.emulator);
	});
	after(async () => {
		await alibaba.close();
		await cloud.close();
	});

	const statuses = (outcomes: readonly ImportOutcome[]) =>
		outcomes.map(({ target, status, error }) => `${target.service} ${error?.code ?? status}`);
	const imported = (keyName: string, more: Readonly<Record<string, unknown>> = {}) =>
		commands.executeCommand<ImportOutcome[]>('cloudKeyPairs.import', {
			publicKey: keyLines.deploy,
			keyName,
			targets,
			...more,
		});

	it('is imported by one request, and is there already the next time', async () => {
		const outcomes = await imported('deploy');
		assert.deepEqual(
			statuses(outcomes),
			targets.map(({ service }) => `${service} imported`),
		);
		for (const { keyPair } of outcomes) {
			assert.equal(keyPair?.name, 'deploy');
			assert.ok(keyPair.fingerprint);
		}
		assert.deepEqual(
			statuses(await imported('deploy')),
			targets.map(({ service }) => `${service} alreadyPresent`),
		);
	});

	it('stands in one tree, in regions where the service has them', async () => {
		await imported('listed');
		await commands.executeCommand('cloudKeyPairs.refresh');
		const tree = ui.view('cloudKeyPairs.keyPairs').rows;
		const names = async (...labels: readonly string[]) =>
			(await rowsOf(tree, await rowAt(tree, ...labels))).map(({ label }: Row) => label);
		assert.deepEqual(await names('mel'), ['EC2', 'Lightsail']);
		assert.deepEqual(await names('hangzhou'), ['ECS', 'ENS']);
		assert.ok((await names('mel', 'EC2', 'us-east-1')).includes('listed'));
		assert.ok((await names('mel', 'Lightsail', 'us-east-1')).includes('listed'));
		assert.ok((await names('hangzhou', 'ECS', 'cn-hangzhou')).includes('listed'));
		assert.ok((await names('hangzhou', 'ENS')).includes('listed'));
	});

	it('is told to be refused where a service has no tags, and imported elsewhere', async () => {
		const outcomes = await imported('tagged', { tags: { team: 'platform' } });
		assert.deepEqual(statuses(outcomes), ['ec2 imported', 'lightsail imported', 'ecs imported', 'ens tagsUnsupported']);
		assert.match(outcomes[3]?.error?.message ?? '', /ENS does not support tags/);
		for (const { keyPair } of outcomes.slice(0, 3)) {
			assert.deepEqual(keyPair?.tags, { team: 'platform' });
		}
	});

	it('is only asked about where the service can be asked', async () => {
		const outcomes = await imported('asked', { dryRun: true });
		assert.equal(outcomes[0]?.status, 'permitted');
		for (const { status, error } of outcomes.slice(1)) {
			assert.equal(status, 'failed');
			assert.ok(error?.message);
		}
		assert.deepEqual(
			(await Promise.all(targets.map((target) => api.list(target)))).flat().filter(({ name }) => name === 'asked'),
			[],
		);
	});

	it('fails in one without being held up in the others', async () => {
		alibaba.account.deniedActions.add('ens:ImportKeyPair');
		try {
			const outcomes = await imported('denied');
			assert.deepEqual(
				outcomes.map(({ status }) => status),
				['imported', 'imported', 'imported', 'failed'],
			);
			assert.match(outcomes[3]?.error?.message ?? '', /hangzhou/);
		} finally {
			alibaba.account.deniedActions.clear();
		}
	});

	it("loads each vendor's bundle, and nothing of another", async () => {
		const { extension } = await activated();
		const bundles = modulesOf(extension).filter((file) => file.startsWith('dist/providers/'));
		assert.deepEqual([...bundles].sort(), ['dist/providers/alibaba.js', 'dist/providers/aws.js']);
	});
});
