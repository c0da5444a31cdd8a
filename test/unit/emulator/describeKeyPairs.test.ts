import assert from 'node:assert/strict';
import { DescribeKeyPairsCommand, type DescribeKeyPairsCommandInput, ImportKeyPairCommand } from '@aws-sdk/client-ec2';
import { type Fixture, refuses, useEmulator } from './support';
import { ed25519Fingerprint, ed25519Line, rsaFingerprint, rsaLine } from './vectors';

const now = Date.UTC(2026, 0, 2, 3, 4, 5, 678);

async function describeKeys({ client }: Fixture, input: DescribeKeyPairsCommandInput = {}) {
	const { KeyPairs } = await client({ systemClockOffset: now - Date.now() }).send(new DescribeKeyPairsCommand(input));
	return KeyPairs ?? [];
}

async function names(fixture: Fixture, input: DescribeKeyPairsCommandInput) {
	return (await describeKeys(fixture, input)).map(({ KeyName }) => KeyName);
}

describe('emulated DescribeKeyPairs', () => {
	const fixture = useEmulator({ now: () => now, seed: 'describe' });
	let ids: Readonly<Record<string, string | undefined>>;

	beforeEach(async () => {
		const add = async (name: string, line: string, tags: Readonly<Record<string, string>>) => {
			const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
			const command = new ImportKeyPairCommand({
				KeyName: name,
				PublicKeyMaterial: Buffer.from(line),
				TagSpecifications: Tags.length === 0 ? [] : [{ ResourceType: 'key-pair', Tags }],
			});
			return (
				await fixture()
					.client({ systemClockOffset: now - Date.now() })
					.send(command)
			).KeyPairId;
		};
		ids = {
			web: await add('web-1', rsaLine, { owner: 'mel', stage: 'test' }),
			db: await add('db*1', ed25519Line, { owner: 'ann' }),
			plain: await add('Web-1', ed25519Line, {}),
		};
	});

	it('lists every key pair by name with id, type, fingerprint, time and tags, and without public key', async () => {
		assert.deepEqual(await describeKeys(fixture()), [
			{
				KeyPairId: ids['plain'],
				KeyName: 'Web-1',
				KeyType: 'ed25519',
				KeyFingerprint: ed25519Fingerprint,
				CreateTime: new Date('2026-01-02T03:04:05Z'),
				Tags: [],
			},
			{
				KeyPairId: ids['db'],
				KeyName: 'db*1',
				KeyType: 'ed25519',
				KeyFingerprint: ed25519Fingerprint,
				CreateTime: new Date('2026-01-02T03:04:05Z'),
				Tags: [{ Key: 'owner', Value: 'ann' }],
			},
			{
				KeyPairId: ids['web'],
				KeyName: 'web-1',
				KeyType: 'rsa',
				KeyFingerprint: rsaFingerprint,
				CreateTime: new Date('2026-01-02T03:04:05Z'),
				Tags: [
					{ Key: 'owner', Value: 'mel' },
					{ Key: 'stage', Value: 'test' },
				],
			},
		]);
	});

	it('gives the public key with the name in place of its comment when asked', async () => {
		const [keyPair] = await describeKeys(fixture(), { KeyNames: ['web-1'], IncludePublicKey: true });
		assert.equal(keyPair?.PublicKey, `${rsaLine.replace(/ demo rsa$/, '')} web-1\n`);
	});

	it('picks by name and by id', async () => {
		assert.deepEqual(await names(fixture(), { KeyNames: ['web-1', 'Web-1'] }), ['Web-1', 'web-1']);
		assert.deepEqual(await names(fixture(), { KeyPairIds: [ids['db'] ?? ''] }), ['db*1']);
	});

	it('names just those that are missing', async () => {
		const message = async (input: DescribeKeyPairsCommandInput) =>
			refuses(describeKeys(fixture(), input), 'InvalidKeyPair.NotFound');
		assert.equal(await message({ KeyNames: ['web-1', 'nope'] }), "The key pair 'nope' does not exist");
		assert.equal(await message({ KeyNames: ['no', 'web-1', 'nope'] }), "The key pairs 'no, nope' do not exist");
		assert.equal(
			await message({ KeyPairIds: ['key-0123456789abcdef0'] }),
			"The key pair ID 'key-0123456789abcdef0' does not exist",
		);
	});

	it('refuses an empty name', async () => {
		const message = await refuses(describeKeys(fixture(), { KeyNames: [''] }), 'InvalidParameterValue');
		assert.equal(message, "Invalid value '' for keyPairNames. It should not be blank");
	});

	const filters: readonly (readonly [string, string, readonly string[], readonly string[]])[] = [
		['a name', 'key-name', ['web-1'], ['web-1']],
		['* for any characters', 'key-name', ['*b*'], ['Web-1', 'db*1', 'web-1']],
		['? for one character', 'key-name', ['?eb-1'], ['Web-1', 'web-1']],
		['an escaped *', 'key-name', ['d*\\*1'], ['db*1']],
		['several values', 'key-name', ['web-1', 'Web-1'], ['Web-1', 'web-1']],
		['a fingerprint', 'fingerprint', [rsaFingerprint], ['web-1']],
		['a tag', 'tag:owner', ['ann'], ['db*1']],
		['a tag key', 'tag-key', ['own*'], ['db*1', 'web-1']],
		['characters that mean something in regular expressions', 'key-name', ['web.1', '(web-1)'], []],
	];
	for (const [what, Name, Values, expected] of filters) {
		it(`filters by ${what}`, async () => {
			assert.deepEqual(await names(fixture(), { Filters: [{ Name, Values: [...Values] }] }), expected);
		});
	}

	it('filters by id, and by several filters at once', async () => {
		const byId = { Name: 'key-pair-id', Values: [ids['db'] ?? '', ids['web'] ?? ''] };
		assert.deepEqual(await names(fixture(), { Filters: [byId] }), ['db*1', 'web-1']);
		assert.deepEqual(await names(fixture(), { Filters: [byId, { Name: 'tag-key', Values: ['stage'] }] }), ['web-1']);
	});

	it('refuses filters that it does not know, without values, or with more than 200', async () => {
		const code = (Name: string, Values: string[], expected: string) =>
			refuses(names(fixture(), { Filters: [{ Name, Values }] }), expected);
		assert.equal(await code('name', ['x'], 'InvalidParameterValue'), "The filter 'name' is invalid");
		await code('key-name', [], 'InvalidParameterValue');
		await code(
			'key-name',
			Array.from({ length: 201 }, (_, index) => String(index)),
			'FilterLimitExceeded',
		);
	});
});

describe('emulated EC2: eventual consistency', () => {
	let time = now;
	const fixture = useEmulator({ now: () => time, consistencyLagMs: 2000 });

	it('shows a new key pair, and the lack of a deleted one, only after a while', async () => {
		time = Date.now();
		const { importKey, account } = fixture();
		await importKey('late', ed25519Line);
		const ec2 = fixture().client();
		const call = () => ec2.send(new DescribeKeyPairsCommand({ KeyNames: ['late'] }));
		await refuses(call(), 'InvalidKeyPair.NotFound');
		await refuses(importKey('late', ed25519Line), 'InvalidKeyPair.Duplicate');
		time += 2000;
		assert.equal((await call()).KeyPairs?.length, 1);
		const store = account.keyPairs('us-east-1');
		for (const keyPair of store.existing()) store.remove(keyPair);
		assert.equal((await call()).KeyPairs?.length, 1);
		time += 2000;
		await refuses(call(), 'InvalidKeyPair.NotFound');
	});
});
