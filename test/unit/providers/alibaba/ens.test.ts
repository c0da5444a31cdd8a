import assert from 'node:assert/strict';
import { createProviders } from '../../../../src/providers/alibaba/bundle';
import type { KeyPairProvider } from '../../../../src/providers/contract';
import { contractKeys } from '../contract';
import { failureOf } from '../failing';
import { type AlibabaSubject, startEns } from './alibabaSubject';
import { json, startLoopback } from './loopback';

const never = new AbortController().signal;
const target = { service: 'ens', profile: 'able' } as const;
const importing = { publicKey: contractKeys.rsa, tags: {}, dryRun: false } as const;
const creation = { tags: {}, type: 'rsa', format: 'pem' } as const;
const codes = ['InvalidParameter', 'ens.interface.error', 'CallInterface'] as const;

describe('Key pairs of ENS', function () {
	this.timeout(20_000);
	let subject: AlibabaSubject;
	let provider: KeyPairProvider;
	beforeEach(async () => {
		subject = await startEns(createProviders);
		({ provider } = subject);
	});
	afterEach(() => subject.close());

	const sent = (operation: string) => subject.emulator.requests.all({ operation }).map(({ parameters }) => parameters);
	const importNamed = (keyName: string) => provider.import(target, { ...importing, keyName }, never);

	it('come in pages of 50, all of them, with ids', async () => {
		for (let index = 0; index < 60; index++) {
			await importNamed(`pair-${index}`);
		}
		subject.emulator.requests.clear();
		const listed = await provider.list(target, never);
		assert.equal(new Set(listed.map(({ name }) => name)).size, 60);
		assert.ok(
			listed.every(({ id, createdAt, publicKey }) => id?.startsWith('ssh-') && createdAt && publicKey === undefined),
		);
		assert.deepEqual(
			sent('DescribeKeyPairs').map(({ PageNumber, PageSize }) => [PageNumber, PageSize]),
			[
				['1', '50'],
				['2', '50'],
			],
		);
	});

	it('come once each where the pages overlap, and the last ones may be gone', async () => {
		const pair = (number: number) => ({ KeyPairName: `pair-${number}`, KeyPairFingerPrint: 'f' });
		const pages = [
			[pair(1), pair(2)],
			[pair(2), pair(3)],
			[pair(3), pair(4)],
		];
		const server = await startLoopback((response, index) => {
			const KeyPairs = { KeyPair: pages[index] ?? [] };
			json(response, 200, { RequestId: 'R', TotalCount: 2_000, PageNumber: index + 1, PageSize: 2, KeyPairs });
		});
		try {
			subject.settings['endpoints'] = { ens: server.url };
			assert.deepEqual(
				(await provider.list(target, never)).map(({ name }) => name),
				['pair-1', 'pair-2', 'pair-3', 'pair-4'],
			);
			assert.ok(server.requests.length < 12, `${server.requests.length} pages`);
		} finally {
			await server.close();
		}
	});

	it('are sent without region, group and tags', async () => {
		const request = { ...importing, keyName: 'deploy', tags: { team: 'x' }, resourceGroupId: 'rg-1' };
		const imported = await provider.import(target, request, never);
		assert.deepEqual(sent('ImportKeyPair'), [{ KeyPairName: 'deploy', PublicKeyBody: contractKeys.rsa }]);
		const { fingerprint, ...rest } = imported?.keyPair ?? assert.fail();
		assert.ok(fingerprint);
		assert.deepEqual(rest, { name: 'deploy', publicKey: contractKeys.rsa });
	});

	it('that have the name are seen before anything is sent', async () => {
		await importNamed('taken');
		subject.emulator.requests.clear();
		for (const [operation, failing] of [
			['ImportKeyPair', importNamed('taken')],
			['CreateKeyPair', provider.create(target, { ...creation, keyName: 'taken' }, never)],
		] as const) {
			const failure = await failureOf(failing);
			assert.deepEqual([failure.kind, failure.operation, failure.outcomeUnknown], ['nameTaken', operation, false]);
			assert.equal(subject.emulator.requests.count({ operation }), 0);
		}
	});

	for (const code of codes) {
		it(`that took the name in between are not taken for our own after ${code}`, async () => {
			const { emulator, account } = subject;
			emulator.alibaba.choices.ensDuplicateCode = code;
			// The first look lags behind; what it will see later is there already.
			emulator.faults.set([{ operation: 'ImportKeyPair', delayMs: 100 }]);
			const failing = failureOf(importNamed('deploy'));
			while (emulator.requests.count({ operation: 'ImportKeyPair' }) === 0) {
				await new Promise((resolve) => setTimeout(resolve, 2));
			}
			account.keyPairs('ens').add({
				...{ name: 'deploy', publicKey: contractKeys.rsa, fingerprint: 'f', id: 'ssh-other', createdAt: 0 },
				...{ resourceGroupId: '', tags: new Map(), attached: false },
			});
			const failure = await failing;
			// After an error of the server it may be our own: that is left to who compares.
			const [kind, isOpen] = code === 'InvalidParameter' ? ['nameTaken', false] : ['serverError', true];
			assert.deepEqual(
				[failure.kind, failure.code, failure.retryable, failure.outcomeUnknown],
				[kind, code, isOpen, isOpen],
			);
			assert.equal(emulator.requests.count({ operation: 'ImportKeyPair' }), 1);
		});

		it(`are not called taken for ${code} where nothing has the name`, async () => {
			subject.emulator.faults.set([
				{ operation: 'ImportKeyPair', effect: { kind: 'error', code, message: 'It is so.' } },
			]);
			const failure = await failureOf(importNamed('deploy'));
			assert.equal(failure.kind, code === 'InvalidParameter' ? 'badRequest' : 'serverError');
			assert.equal(failure.detail, 'It is so.');
		});
	}

	it('are imported by who may import and not look, and refused by what ENS answers', async () => {
		subject.account.deniedActions.add('ens:DescribeKeyPairs');
		assert.equal((await importNamed('deploy'))?.keyPair.name, 'deploy');
		const failure = await failureOf(importNamed('deploy'));
		assert.deepEqual([failure.kind, failure.code], ['nameInvalid', 'InvalidParameter']);
	});

	it('are not imported when the look before fails otherwise', async () => {
		subject.emulator.faults.set([{ operation: 'DescribeKeyPairs', effect: { kind: 'serverError' } }]);
		const failure = await failureOf(importNamed('deploy'));
		assert.deepEqual(
			[failure.kind, failure.operation, failure.outcomeUnknown],
			['serverError', 'DescribeKeyPairs', false],
		);
		assert.equal(subject.emulator.requests.count({ operation: 'ImportKeyPair' }), 0);
	});

	it('are refused with HTTP 400 to who lacks the permission', async () => {
		subject.account.deniedActions.add('ens:CreateKeyPair');
		const failure = await failureOf(provider.create(target, { ...creation, keyName: 'made' }, never));
		assert.deepEqual(
			[failure.kind, failure.code, failure.httpStatus, failure.action],
			['notPermitted', 'NoPermission', 400, 'ens:CreateKeyPair'],
		);
	});

	it('are deleted by their id, and without one by name', async () => {
		await importNamed('first');
		await importNamed('second');
		const first = await provider.find(target, 'first', never);
		assert.ok(first?.id);
		await provider.delete(target, first, never);
		await provider.delete(target, { name: 'second' }, never);
		assert.deepEqual(sent('DeleteKeyPairs'), [{ KeyPairId: first.id }, { KeyPairName: 'second' }]);
		assert.deepEqual(await provider.list(target, never), []);
	});

	it('are of the site that the setting names, or else the profile', async () => {
		const { emulator, settings, configure } = subject;
		const international = await emulator.listenAs('ens.ap-southeast-1.aliyuncs.com');
		const china = await emulator.listenAs('ens.aliyuncs.com');
		for (const [url, keyName] of [
			[china, 'in-china'],
			[international, 'elsewhere'],
		] as const) {
			settings['endpoints'] = { ens: url };
			await importNamed(keyName);
			assert.deepEqual(
				(await provider.list(target, never)).map(({ name }) => name),
				[keyName],
			);
		}
		// A profile's own endpoint counts where the settings have none.
		settings['endpoints'] = {};
		await configure({ endpoint: china });
		provider.forget();
		assert.deepEqual(
			(await provider.list(target, never)).map(({ name }) => name),
			['in-china'],
		);
	});

	it('are not asked for where the endpoint that was set is none', async () => {
		subject.settings['endpoints'] = { ens: 'http://ens.example.com' };
		const failure = await failureOf(provider.list(target, never));
		assert.deepEqual([failure.kind, failure.code, failure.profile], ['configuration', 'EndpointNotEncrypted', 'able']);
		assert.match(failure.detail ?? '', /cloudKeyPairs\.alibaba\.endpoints/);
		assert.equal(subject.emulator.requests.count(), 0);
	});

	it('are created as RSA keys in PEM and nothing else, with their id', async () => {
		for (const more of [{ type: 'ed25519' }, { format: 'ppk' }] as const) {
			const failing = provider.create(target, { ...creation, keyName: 'made', ...more }, never);
			assert.equal((await failureOf(failing)).kind, 'unsupported');
		}
		const { keyPair } = await provider.create(target, { ...creation, keyName: 'made' }, never);
		assert.equal(keyPair.id, (await provider.find(target, 'made', never))?.id);
	});
});

describe('Credentials of Alibaba Cloud that run out while they are kept', () => {
	it('are got anew for the next call', async () => {
		const subject = await startEns(createProviders);
		try {
			const { provider, emulator, configure } = subject;
			await configure({ mode: 'StsToken', access_key_id: 'STS.unknown', access_key_secret: 'x', sts_token: 'old' });
			const expired = { kind: 'error', code: 'InvalidSecurityToken.Expired', status: 400 } as const;
			emulator.faults.set([{ operation: 'DescribeKeyPairs', calls: [1], effect: expired }]);
			assert.equal((await failureOf(provider.list(target, never))).kind, 'signInExpired');
			await configure({});
			assert.deepEqual(await provider.list(target, never), []);
		} finally {
			await subject.close();
		}
	});
});
