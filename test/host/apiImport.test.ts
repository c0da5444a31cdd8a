import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { CancellationTokenSource, Uri } from 'vscode';
import type { CloudKeyPairsApi, ImportRequest } from '../../src/api';
import { keyLines } from '../fakes/keys';
import { holdKeyPair } from '../fakes/person';
import { Cloud, home, writeHome } from './support/cloud';
import { eventually } from './support/eventually';
import { activated } from './support/extension';

describe('import of the API', () => {
	let api: CloudKeyPairsApi;
	let cloud: Cloud;
	/** In a region and under a name of its own for each test. */
	let request: ImportRequest & { keyName: string };
	let count = 0;
	const at = (region: string) => ({ service: 'ec2', profile: 'mel', region }) as const;

	before(async () => {
		({ api } = await activated());
		cloud = await Cloud.start();
	});
	after(() => cloud.close());
	beforeEach(() => {
		cloud.emulator.faults.clear();
		cloud.emulator.requests.clear();
		count++;
		request = { publicKey: keyLines.mel, keyName: `key-${count}`, targets: [at('us-east-1')] };
	});

	it('brings a key with its tags into several regions, in the order of the targets', async () => {
		const targets = [at('eu-west-1'), at('us-east-1'), at('ap-east-1')];
		const outcomes = await api.import({ ...request, targets, tags: { Owner: 'mel', 'cost centre': '' } });
		assert.deepEqual(
			outcomes.map(({ target, status }) => ({ target, status })),
			targets.map((target) => ({ target, status: 'imported' })),
		);
		for (const { target, keyPair } of outcomes) {
			const held = cloud.account.keyPairs(target.region ?? '').withName(request.keyName);
			assert.ok(held);
			assert.deepEqual(Object.fromEntries(held.tags), { Owner: 'mel', 'cost centre': '' });
			assert.equal(keyPair?.id, held.id);
			assert.equal(keyPair?.fingerprint, 'JWFTprBYALUuL8QyB5pv7xhXc8y1A1W4ZzjtwAPLc2M=');
			assert.equal(keyPair?.name, request.keyName);
		}
	});

	it('reads the key from a file', async () => {
		const file = await writeHome('.ssh/id_rsa.pub', `${keyLines.deploy}\n`);
		const [outcome] = await api.import({ ...request, publicKey: Uri.file(file) });
		assert.equal(outcome?.status, 'imported');
		assert.equal(outcome?.keyPair?.fingerprint, '10:2d:f1:02:94:dd:e7:37:55:4c:b4:61:b5:95:65:75');
	});

	it('counts the same key under the same name as done', async () => {
		const [first] = await api.import(request);
		const [second] = await api.import({ ...request, publicKey: `${keyLines.mel}-again` });
		assert.equal(second?.status, 'alreadyPresent');
		assert.equal(second?.keyPair?.id, first?.keyPair?.id);
	});

	describe('when the name is taken', () => {
		beforeEach(() => holdKeyPair(cloud.account, 'us-east-1', request.keyName, keyLines.ops));
		const held = () => cloud.account.keyPairs('us-east-1').withName(request.keyName);

		it('fails for another key and leaves the one that is there', async () => {
			const before = held()?.id;
			const [outcome] = await api.import(request);
			assert.equal(outcome?.status, 'failed');
			assert.equal(outcome?.error?.code, 'InvalidKeyPair.Duplicate');
			assert.equal(outcome?.error?.retryable, false);
			assert.match(outcome?.error?.requestId ?? '', /^[0-9a-f-]{36}$/);
			// The fingerprint of the other key, from ssh-keygen -l.
			assert.match(outcome?.error?.message ?? '', /2G07\+RiqU\/9zyYvLPcdyM\+wwfki4d1VqdI99CbOFWeY/);
			assert.notEqual(outcome?.error?.advice, '');
			assert.equal(held()?.id, before);
		});

		it('fails even for the same key when that is asked for', async () => {
			const [outcome] = await api.import({ ...request, publicKey: keyLines.ops, ifExists: 'fail' });
			assert.equal(outcome?.status, 'failed');
			assert.equal(outcome?.error?.code, 'InvalidKeyPair.Duplicate');
		});

		it('replaces the other key when that is asked for', async () => {
			const before = held()?.id;
			const [outcome] = await api.import({ ...request, ifExists: 'replace' });
			assert.equal(outcome?.status, 'imported');
			assert.notEqual(held()?.id, before);
			assert.ok(held()?.publicKey.startsWith(keyLines.mel.slice(0, 60)));
		});
	});

	describe('as a dry run', () => {
		it('says that it is permitted and changes nothing', async () => {
			const [outcome] = await api.import({ ...request, dryRun: true });
			assert.deepEqual(outcome, { target: at('us-east-1'), status: 'permitted' });
			assert.equal(cloud.account.keyPairs('us-east-1').withName(request.keyName), undefined);
			assert.equal(cloud.imports()[0]?.parameters['DryRun'], 'true');
		});

		it('names the permission that is missing', async () => {
			cloud.account.deniedActions.add('ec2:ImportKeyPair');
			try {
				const [outcome] = await api.import({ ...request, dryRun: true });
				assert.equal(outcome?.status, 'failed');
				assert.equal(outcome?.error?.code, 'UnauthorizedOperation');
				assert.match(outcome?.error?.message ?? '', /mel.*ec2:ImportKeyPair/);
			} finally {
				cloud.account.deniedActions.clear();
			}
		});
	});

	describe('that is cancelled', () => {
		it('beforehand makes no call', async () => {
			const source = new CancellationTokenSource();
			source.cancel();
			const outcomes = await api.import({ ...request, targets: [at('us-east-1'), at('us-east-2')] }, source.token);
			assert.deepEqual(
				outcomes.map(({ status }) => status),
				['cancelled', 'cancelled'],
			);
			assert.deepEqual(cloud.imports(), []);
		});

		it('half-way says which targets have the key', async () => {
			cloud.emulator.faults.set([{ operation: 'ImportKeyPair', region: 'us-west-2', effect: { kind: 'hang' } }]);
			const source = new CancellationTokenSource();
			const running = api.import({ ...request, targets: [at('us-west-2'), at('us-east-1')] }, source.token);
			await eventually(() => {
				assert.equal(cloud.imports().length, 2);
				assert.ok(cloud.account.keyPairs('us-east-1').withName(request.keyName));
			});
			source.cancel();
			assert.deepEqual(
				(await running).map(({ target, status }) => `${target.region} ${status}`),
				['us-west-2 cancelled', 'us-east-1 imported'],
			);
		});
	});

	it("lets one target's failure stand alone", async () => {
		cloud.emulator.faults.set([
			{ operation: 'ImportKeyPair', region: 'eu-west-2', effect: { kind: 'error', code: 'PendingVerification' } },
		]);
		const targets = [at('eu-west-2'), at('eu-west-3'), { ...at('us-east-1'), profile: 'nobody' }];
		const outcomes = await api.import({ ...request, targets });
		assert.deepEqual(
			outcomes.map(({ status }) => status),
			['failed', 'imported', 'failed'],
		);
		const [broken, , nobody] = outcomes;
		assert.equal(broken?.error?.code, 'PendingVerification');
		assert.match(nobody?.error?.message ?? '', /nobody/);
	});

	describe('before any call', () => {
		const fails = async (part: Partial<ImportRequest>) => {
			const [outcome] = await api.import({ ...request, ...part });
			assert.equal(outcome?.status, 'failed');
			assert.deepEqual(outcome?.target, at('us-east-1'));
			assert.equal(outcome?.error?.retryable, false);
			assert.deepEqual(cloud.emulator.requests.all(), []);
			return outcome?.error;
		};

		it('refuses a private key, and does not repeat it', async () => {
			const { privateKey } = generateKeyPairSync('ed25519', {
				privateKeyEncoding: { format: 'pem', type: 'pkcs8' },
				publicKeyEncoding: { format: 'pem', type: 'spki' },
			});
			const error = await fails({ publicKey: privateKey });
			assert.equal(error?.code, 'privateKey');
			assert.ok(!JSON.stringify(error).includes(privateKey.split('\n')[1] ?? privateKey));
			const file = await writeHome('.ssh/id_ed25519', privateKey);
			assert.equal((await fails({ publicKey: Uri.file(file) }))?.code, 'privateKey');
		});

		it('refuses a type of key that EC2 does not take', async () => {
			const error = await fails({ publicKey: keyLines.ecdsa });
			assert.equal(error?.code, 'keyTypeRefused');
			assert.match(error?.message ?? '', /ecdsa-sha2-nistp256/);
		});

		it('refuses names and tags that EC2 does not take', async () => {
			assert.equal((await fails({ keyName: 'schlüssel' }))?.code, 'nameCharacters');
			assert.equal((await fails({ keyName: 'x'.repeat(256) }))?.code, 'nameTooLong');
			assert.equal((await fails({ keyName: '' }))?.code, 'nameEmpty');
			assert.equal((await fails({ tags: { 'aws:owner': 'mel' } }))?.code, 'tagKeyReserved');
		});

		it('refuses a text without a key, with a broken one, or with several', async () => {
			assert.equal((await fails({ publicKey: 'Dear colleagues' }))?.code, 'noKey');
			assert.equal((await fails({ publicKey: keyLines.mel.slice(0, 50) }))?.code, 'bodyTruncated');
			assert.equal((await fails({ publicKey: `${keyLines.mel}\n${keyLines.ops}\n` }))?.code, 'severalKeys');
		});

		it('refuses a file that is not there', async () => {
			assert.equal((await fails({ publicKey: Uri.file(`${home}/.ssh/gone.pub`) }))?.code, 'notFound');
		});
	});

	describe('of a request that is none', () => {
		const wrong: readonly (readonly [field: string, part: Readonly<Record<string, unknown>>])[] = [
			['publicKey', { publicKey: 5 }],
			['publicKey', { publicKey: undefined }],
			['keyName', { keyName: null }],
			['targets', { targets: 'us-east-1' }],
			['targets', { targets: [{ service: 's3', profile: 'mel', region: 'us-east-1' }] }],
			['targets', { targets: [{ service: 'ec2', region: 'us-east-1' }] }],
			['targets', { targets: [{ service: 'ec2', profile: 'mel', region: 1 }] }],
			['targets', { targets: [{ service: 'ec2', profile: 'mel' }] }],
			['targets', { targets: [{ service: 'ens', profile: 'hangzhou', region: 'cn-hangzhou' }] }],
			['tags', { tags: { a: 1 } }],
			['tags', { tags: ['a'] }],
			['dryRun', { dryRun: 'yes' }],
			['ifExists', { ifExists: 'overwrite' }],
			['resourceGroupId', { resourceGroupId: 7 }],
		];
		for (const [field, part] of wrong) {
			it(`rejects with a TypeError that names ${field}: ${JSON.stringify(part)}`, async () => {
				const rejected = api.import({ ...request, ...part } as ImportRequest);
				await assert.rejects(rejected, (error) => error instanceof TypeError && error.message.includes(field));
				assert.deepEqual(cloud.emulator.requests.all(), []);
			});
		}

		it('rejects with a TypeError when there is no request at all', async () => {
			for (const nothing of [undefined, null, 'ec2', 5, []]) {
				await assert.rejects(api.import(nothing as unknown as ImportRequest), TypeError);
			}
		});
	});

	it('does nothing for no target', async () => {
		assert.deepEqual(await api.import({ ...request, targets: [] }), []);
		assert.deepEqual(cloud.emulator.requests.all(), []);
	});

	it('shows no message', async () => {
		const { ui } = await activated();
		const before = ui.messages.length;
		await api.import(request);
		await api.import({ ...request, publicKey: keyLines.ops });
		assert.equal(ui.messages.length, before);
	});
});
