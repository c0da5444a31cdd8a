import assert from 'node:assert/strict';
import { createProviders } from '../../../../src/providers/alibaba/bundle';
import { AlibabaCalls } from '../../../../src/providers/alibaba/calls';
import { AlibabaContext } from '../../../../src/providers/alibaba/context';
import { Credentials } from '../../../../src/providers/alibaba/credentials/credentials';
import { EcsKeyPairs } from '../../../../src/providers/alibaba/ecs';
import { type RpcRequest, sendRpc } from '../../../../src/providers/alibaba/rpc';
import type { AccessKeys, KeyPairProvider } from '../../../../src/providers/contract';
import { contractKeys } from '../contract';
import { failureOf } from '../failing';
import { type AlibabaSubject, startEcs } from './alibabaSubject';

const never = new AbortController().signal;
const target = { service: 'ecs', profile: 'able', region: 'cn-hangzhou' } as const;
const importing = { publicKey: contractKeys.rsa, tags: {}, dryRun: false } as const;

describe('Key pairs of ECS', function () {
	this.timeout(20_000);
	let subject: AlibabaSubject;
	let provider: KeyPairProvider;
	beforeEach(async () => {
		subject = await startEcs(createProviders);
		({ provider } = subject);
	});
	afterEach(() => subject.close());

	const sent = (operation: string) => subject.emulator.requests.all({ operation }).map(({ parameters }) => parameters);
	const fill = async (count: number, name = (index: number) => `pair-${String(index).padStart(3, '0')}`) => {
		for (let index = 0; index < count; index++) {
			await provider.import(target, { ...importing, keyName: name(index) }, never);
		}
		subject.emulator.requests.clear();
	};

	it('come in pages of 50, all of them, four at a time after the first', async () => {
		await fill(312);
		let underWay = 0;
		let most = 0;
		const { requests, faults } = subject.emulator;
		faults.set([{ operation: 'DescribeKeyPairs', delayMs: 30 }]);
		const watching = setInterval(() => {
			underWay = requests.all({ operation: 'DescribeKeyPairs' }).filter(({ answeredAt }) => !answeredAt).length;
			most = Math.max(most, underWay);
		}, 2);
		const listed = await provider.list(target, never).finally(() => clearInterval(watching));
		assert.equal(new Set(listed.map(({ name }) => name)).size, 312);
		assert.deepEqual(
			sent('DescribeKeyPairs')
				.map(({ PageNumber }) => Number(PageNumber))
				.sort((a, b) => a - b),
			[1, 2, 3, 4, 5, 6, 7],
		);
		assert.ok(sent('DescribeKeyPairs').every(({ PageSize }) => PageSize === '50'));
		assert.equal(most, 4);
	});

	it('ask for public keys, and come with tags, group and time', async () => {
		const group = subject.account.resourceGroups[1];
		const request = {
			...importing,
			keyName: 'deploy',
			tags: { team: 'x', empty: '' },
			resourceGroupId: group?.id ?? '',
		};
		const before = Math.floor(Date.now() / 60_000) * 60_000;
		const imported = await provider.import(target, request, never);
		const [{ fingerprint, createdAt, ...rest } = assert.fail(), ...others] = await provider.list(target, never);
		assert.deepEqual(others, []);
		assert.equal(fingerprint, imported?.keyPair.fingerprint);
		assert.ok(createdAt && createdAt.getTime() >= before);
		assert.deepEqual(rest, {
			...{ name: 'deploy', publicKey: contractKeys.rsa, resourceGroupId: group?.id },
			tags: { team: 'x', empty: '' },
		});
	});

	it('take names that look like the members of an object, as tags too', async () => {
		const tags = { constructor: 'a', toString: 'b' };
		await provider.import(target, { ...importing, keyName: 'constructor', tags }, never);
		assert.deepEqual((await provider.find(target, 'constructor', never))?.tags, tags);
	});

	it('are found by name also where a name begins another, and never by a wildcard', async () => {
		await fill(60, (index) => `deploy-${index}`);
		await provider.import(target, { ...importing, keyName: 'deploy' }, never);
		assert.equal((await provider.find(target, 'deploy', never))?.name, 'deploy');
		assert.equal(await provider.find(target, 'dep*', never), undefined);
		assert.equal(await provider.find(target, '*', never), undefined);
	});

	for (const code of ['KeyPair.AlreadyExist', 'InvalidKeyPairName.Malformed'] as const) {
		it(`are refused as taken when ECS says so by ${code}`, async () => {
			subject.emulator.alibaba.choices.ecsDuplicateCode = code;
			await provider.import(target, { ...importing, keyName: 'taken' }, never);
			const creation = { keyName: 'taken', tags: {}, type: 'rsa', format: 'pem' } as const;
			for (const failing of [
				provider.import(target, { ...importing, keyName: 'taken' }, never),
				provider.create(target, creation, never),
			]) {
				const failure = await failureOf(failing);
				assert.deepEqual([failure.kind, failure.code, failure.outcomeUnknown], ['nameTaken', code, false]);
				assert.ok(failure.requestId);
			}
		});
	}

	it('are refused for a name that ECS does not take', async () => {
		const failure = await failureOf(provider.import(target, { ...importing, keyName: '1-digit-first' }, never));
		assert.deepEqual([failure.kind, failure.code], ['nameInvalid', 'InvalidKeyPairName.Malformed']);
	});

	it('are refused beyond the limit of the account', async () => {
		subject.account.keyPairLimit = 1;
		await fill(1);
		const failure = await failureOf(provider.import(target, { ...importing, keyName: 'more' }, never));
		assert.deepEqual([failure.kind, failure.httpStatus], ['pairLimit', 403]);
	});

	it('are not deleted while an instance uses them', async () => {
		await fill(1);
		const pair = subject.account.keyPairs('ecs', 'cn-hangzhou').all()[0];
		assert.ok(pair);
		Object.assign(pair, { attached: true });
		assert.equal((await failureOf(provider.delete(target, { name: pair.name }, never))).kind, 'keyPairInUse');
	});

	it('are deleted by a JSON list of one name', async () => {
		const name = 'zh:密钥-1';
		await provider.import(target, { ...importing, keyName: name }, never);
		await provider.delete(target, { name }, never);
		assert.equal(sent('DeleteKeyPairs')[0]?.['KeyPairNames'], JSON.stringify([name]));
		assert.deepEqual(await provider.list(target, never), []);
	});

	it('get their tags by name, in calls of 20 at most', async () => {
		await fill(1);
		const keyPair = { name: 'pair-000' };
		const set = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`key-${index}`, '']));
		await provider.changeTags(target, keyPair, { set, remove: [] }, never);
		const remove = Array.from({ length: 25 }, (_, index) => `key-${index}`);
		await provider.changeTags(target, keyPair, { set: {}, remove }, never);
		assert.deepEqual(
			[...sent('TagResources'), ...sent('UntagResources')].map((parameters) => [
				parameters['ResourceType'],
				parameters['ResourceId.1'],
				Object.keys(parameters).filter((key) => /^Tag\.\d+\.Key$|^TagKey\.\d+$/.test(key)).length,
			]),
			[
				['keypair', 'pair-000', 20],
				['keypair', 'pair-000', 20],
				['keypair', 'pair-000', 5],
			],
		);
		assert.deepEqual((await provider.find(target, 'pair-000', never))?.tags, {});
	});

	it('are refused more tags than ECS allows, and may have got some of them', async () => {
		await fill(1);
		const set = Object.fromEntries(Array.from({ length: 21 }, (_, index) => [`key-${index}`, '']));
		const failure = await failureOf(provider.changeTags(target, { name: 'pair-000' }, { set, remove: [] }, never));
		assert.deepEqual([failure.kind, failure.outcomeUnknown], ['tagLimit', true]);
		assert.equal(Object.keys((await provider.find(target, 'pair-000', never))?.tags ?? {}).length, 20);
		assert.equal(
			(await failureOf(provider.changeTags(target, { name: 'gone' }, { set: { a: '' }, remove: [] }, never))).kind,
			'notFound',
		);
	});

	it('are created as RSA keys in PEM and nothing else', async () => {
		const creation = { keyName: 'made', tags: {}, type: 'rsa', format: 'pem' } as const;
		for (const more of [{ type: 'ed25519' }, { format: 'ppk' }] as const) {
			assert.equal((await failureOf(provider.create(target, { ...creation, ...more }, never))).kind, 'unsupported');
		}
		assert.equal(subject.emulator.requests.count(), 0);
	});

	it('need a region, one that ECS has', async () => {
		const { region: _, ...nowhere } = target;
		assert.deepEqual((({ kind, code }) => [kind, code])(await failureOf(provider.list(nowhere, never))), [
			'badRequest',
			'RegionMissing',
		]);
		assert.equal((await failureOf(provider.list({ ...target, region: 'cn-nowhere' }, never))).kind, 'regionUnknown');
	});

	it('go into groups that the profile may see, all pages of them, without those on the way out', async () => {
		const { account } = subject;
		for (let index = 0; index < 120; index++) {
			const status = index === 7 ? 'PendingDelete' : 'OK';
			account.resourceGroups.push({
				id: `rg-${index}`,
				name: `g${index}`,
				displayName: `Group ${index}`,
				status,
				createdAt: 0,
			});
		}
		const groups = await provider.resourceGroups('able', never);
		assert.equal(groups.length, 2 + 119);
		assert.deepEqual(
			groups.find(({ id }) => id === 'rg-8'),
			{ id: 'rg-8', name: 'Group 8' },
		);
		assert.deepEqual(
			sent('ListResourceGroups').map(({ PageNumber, PageSize }) => [PageNumber, PageSize]),
			[
				['1', '100'],
				['2', '100'],
			],
		);
		const failure = await failureOf(provider.resourceGroups('denied', never));
		assert.deepEqual(
			[failure.kind, failure.action, failure.service],
			['notPermitted', 'resourcemanager:ListResourceGroups', 'ecs'],
		);
	});

	it('leave in the log what was called and what came of it, and nothing else', async () => {
		const creation = { keyName: 'made', tags: { hush: 'secret-tag' }, type: 'rsa', format: 'pem' } as const;
		await provider.create(target, creation, never);
		await provider.import(target, { ...importing, keyName: 'made-too' }, never);
		await failureOf(provider.import(target, { ...importing, keyName: 'made' }, never));
		await provider.resourceGroups('able', never);
		assert.deepEqual(
			subject.lines.map((line) => line.replace(/\d+ ms$/, 'n ms')),
			[
				'CreateKeyPair able/cn-hangzhou: ok, n ms',
				'ImportKeyPair able/cn-hangzhou: ok, n ms',
				'ImportKeyPair able/cn-hangzhou: nameTaken (KeyPair.AlreadyExist), n ms',
				'ListResourceGroups able: ok, n ms',
			],
		);
	});

	it('are asked for with the time corrected where the clock of the machine is wrong', async () => {
		await subject.close();
		subject = await startEcs(createProviders, { now: () => Date.now() + 3_600_000 });
		await subject.provider.import(target, { ...importing, keyName: 'deploy' }, never);
		assert.equal((await subject.provider.list(target, never)).length, 1);
		assert.equal(subject.emulator.requests.count({ operation: 'ImportKeyPair' }), 2);
	});
});

describe('Regions of ECS', () => {
	let subject: AlibabaSubject;
	let asked: Pick<RpcRequest, 'endpoint' | 'action'>[];
	afterEach(() => subject.close());

	/** A provider that believes it talks to Alibaba Cloud's own hosts. */
	const startElsewhere = async (profile: { readonly region?: string } = {}) => {
		subject = await startEcs(createProviders);
		const { url } = subject.emulator;
		const key = subject.account.addAccessKey();
		const saved = { name: 'mine', ...profile };
		const accessKeys: AccessKeys = {
			all: async () => [saved],
			get: async () => ({ id: key.id, secret: key.secret }),
		};
		asked = [];
		const context = new AlibabaContext(
			{
				environment: { variables: {}, home: '/nowhere', accessKeys },
				log: { debug: () => undefined },
				mfaCode: () => Promise.reject(new Error('No MFA code was to be asked for')),
				userAgent: 'cloud-key-pairs/1.2.3',
				settings: () => ({}),
			},
			async (request) => {
				asked.push({ endpoint: request.endpoint, action: request.action });
				if (request.endpoint.includes('nowhere')) {
					throw Object.assign(new Error(`getaddrinfo ENOTFOUND ${request.endpoint}`), { code: 'ENOTFOUND' });
				}
				return sendRpc({ ...request, endpoint: url });
			},
		);
		return new EcsKeyPairs(new AlibabaCalls(context, new Credentials(context)));
	};

	it("are asked for in the profile's own, and each is then called at the host it was told with", async () => {
		const provider = await startElsewhere({ region: 'eu-central-1' });
		const place = { service: 'ecs', profile: 'mine', region: 'cn-hangzhou' } as const;
		await provider.list(place, never);
		const regions = await provider.regions('mine', never);
		await provider.list(place, never);
		provider.forget('mine');
		await provider.list(place, never);
		assert.ok(regions.length > 10 && regions.every(({ usable }) => usable));
		assert.deepEqual(asked, [
			{ endpoint: 'ecs-cn-hangzhou.aliyuncs.com', action: 'DescribeKeyPairs' },
			{ endpoint: 'ecs.eu-central-1.aliyuncs.com', action: 'DescribeRegions' },
			// The emulator calls itself the endpoint of every region.
			{ endpoint: new URL(subject.emulator.url).host, action: 'DescribeKeyPairs' },
			{ endpoint: 'ecs-cn-hangzhou.aliyuncs.com', action: 'DescribeKeyPairs' },
		]);
	});

	it('are asked for in Hangzhou where the profile has none, or one that is not there', async () => {
		for (const [index, profile] of [{}, { region: 'cn-nowhere' }, { region: 'no host' }].entries()) {
			if (index > 0) {
				await subject.close();
			}
			const provider = await startElsewhere(profile);
			assert.ok((await provider.regions('mine', never)).length > 10);
			assert.equal(asked.at(-1)?.endpoint, 'ecs-cn-hangzhou.aliyuncs.com');
		}
	});

	it('that ECS does not have are called so once its regions are known', async () => {
		const provider = await startElsewhere();
		const place = { service: 'ecs', profile: 'mine', region: 'cn-nowhere' } as const;
		assert.equal((await failureOf(provider.list(place, never))).kind, 'unreachable');
		await provider.regions('mine', never);
		assert.equal((await failureOf(provider.list(place, never))).kind, 'regionUnknown');
	});
});
