import assert from 'node:assert/strict';
import {
	CreateTagsCommand,
	DeleteTagsCommand,
	DescribeTagsCommand,
	ImportKeyPairCommand,
	type ResourceType,
	type Tag,
} from '@aws-sdk/client-ec2';
import { type Fixture, refuses, useEmulator } from './support';
import { ed25519Line } from './vectors';

const manyTags = (count: number): Tag[] =>
	Array.from({ length: count }, (_, index) => ({ Key: `k${index}`, Value: String(index) }));

function importWith({ client }: Fixture, Tags: Tag[], ResourceType: ResourceType = 'key-pair') {
	return client().send(
		new ImportKeyPairCommand({
			KeyName: 'tagged',
			PublicKeyMaterial: Buffer.from(ed25519Line),
			TagSpecifications: [{ ResourceType, Tags }],
		}),
	);
}

describe('emulated tags at the import', () => {
	const fixture = useEmulator();

	const refused: readonly (readonly [string, Tag[], string, RegExp])[] = [
		[
			'a key that starts with aws:',
			[{ Key: 'aws:x', Value: '' }],
			'InvalidParameterValue',
			/^Value \( aws:x \) for parameter key is invalid\. Tag keys starting with 'aws:' are reserved for internal use$/,
		],
		['a key that starts with AWS:', [{ Key: 'AWS:x', Value: '' }], 'InvalidParameterValue', /reserved/],
		[
			'an empty key',
			[{ Key: '', Value: 'x' }],
			'InvalidParameterValue',
			/^Value \( '' \) for parameter Tag key is invalid\. Tag key cannot be null or empty\.$/,
		],
		['no value', [{ Key: 'x' }], 'InvalidParameterValue', /^Tag value cannot be null\. Use empty string instead\.$/],
		['a key of 129 characters', [{ Key: 'k'.repeat(129), Value: '' }], 'InvalidParameterValue', /128 characters$/],
		['a value of 257 characters', [{ Key: 'k', Value: 'v'.repeat(257) }], 'InvalidParameterValue', /256 characters$/],
		[
			'a key twice',
			[
				{ Key: 'k', Value: '1' },
				{ Key: 'k', Value: '2' },
			],
			'InvalidParameterValue',
			/^Duplicate tag key 'k' specified\.$/,
		],
		['51 tags', manyTags(51), 'TagLimitExceeded', /^The maximum number of Tags for a resource has been reached\.$/],
		['no tags', [], 'InvalidTagKey.Malformed', /^Tag specification must have at least one tag$/],
	];
	for (const [what, tags, code, text] of refused) {
		it(`refuses ${what} with ${code}`, async () => {
			assert.match(await refuses(importWith(fixture(), tags), code), text);
			assert.deepEqual(fixture().account.keyPairs('us-east-1').existing(), []);
		});
	}

	it('refuses another type of resource', async () => {
		assert.equal(
			await refuses(importWith(fixture(), manyTags(1), 'instance'), 'InvalidParameterValue'),
			"'instance' is not a valid taggable resource type for this operation.",
		);
	});

	it('counts characters, not UTF-16 units, and takes 50 tags', async () => {
		const tags = [...manyTags(49), { Key: '🔑'.repeat(128), Value: '🔑'.repeat(256) }];
		assert.deepEqual((await importWith(fixture(), tags)).Tags, tags);
	});
});

describe('emulated CreateTags, DeleteTags and DescribeTags', () => {
	const fixture = useEmulator();
	let id: string;

	beforeEach(async () => {
		const { KeyPairId } = await importWith(fixture(), [
			{ Key: 'owner', Value: 'mel' },
			{ Key: 'empty', Value: '' },
		]);
		id = KeyPairId ?? '';
	});

	const tagsNow = () => Object.fromEntries(fixture().account.keyPairs('us-east-1').withId(id)?.tags ?? []);
	const createTags = (Tags: Tag[], Resources = [id]) =>
		fixture().client().send(new CreateTagsCommand({ Resources, Tags }));
	const deleteTags = (Tags?: Tag[]) =>
		fixture()
			.client()
			.send(new DeleteTagsCommand({ Resources: [id], ...(Tags === undefined ? {} : { Tags }) }));

	it('adds tags and overwrites those of the same key', async () => {
		await createTags([
			{ Key: 'owner', Value: 'ann' },
			{ Key: 'stage', Value: 'test' },
		]);
		assert.deepEqual(tagsNow(), { owner: 'ann', empty: '', stage: 'test' });
	});

	it('refuses ids of nothing, tags that break a rule, and more than 50 in all', async () => {
		const tag = manyTags(1);
		await refuses(createTags(tag, ['key-0123456789abcdef0']), 'InvalidKeyPair.NotFound');
		await refuses(createTags(tag, [id, 'tagged']), 'InvalidID');
		await refuses(createTags(tag, []), 'MissingParameter');
		await refuses(createTags([]), 'MissingParameter');
		await refuses(createTags([{ Key: 'aws:x', Value: '' }]), 'InvalidParameterValue');
		await refuses(createTags(manyTags(49)), 'TagLimitExceeded');
		assert.deepEqual(tagsNow(), { owner: 'mel', empty: '' });
		await createTags([...manyTags(48), { Key: 'owner', Value: 'ann' }]);
		assert.equal(Object.keys(tagsNow()).length, 50);
	});

	it('deletes by key, by key and value, and by key and empty value', async () => {
		await deleteTags([
			{ Key: 'owner', Value: '' },
			{ Key: 'empty', Value: 'x' },
		]);
		assert.deepEqual(tagsNow(), { owner: 'mel', empty: '' });
		await deleteTags([{ Key: 'owner' }, { Key: 'empty', Value: '' }]);
		assert.deepEqual(tagsNow(), {});
	});

	it('deletes all without tags', async () => {
		await deleteTags();
		assert.deepEqual(tagsNow(), {});
	});

	it('describes tags by filters', async () => {
		const keys = async (Name: string, Value: string) => {
			const command = new DescribeTagsCommand({ Filters: [{ Name, Values: [Value] }] });
			const { Tags = [] } = await fixture().client().send(command);
			return Tags.map(({ Key }) => Key);
		};
		assert.deepEqual(await keys('resource-id', id), ['owner', 'empty']);
		assert.deepEqual(await keys('resource-type', 'key-pair'), ['owner', 'empty']);
		assert.deepEqual(await keys('resource-type', 'instance'), []);
		assert.deepEqual(await keys('key', 'own*'), ['owner']);
		assert.deepEqual(await keys('value', 'mel'), ['owner']);
		assert.deepEqual(await keys('tag:owner', 'm?l'), ['owner']);
	});

	it('gives tags in pages of at least five', async () => {
		await createTags(manyTags(10));
		const ec2 = fixture().client();
		const sizes: number[] = [];
		let NextToken: string | undefined;
		do {
			const page = await ec2.send(new DescribeTagsCommand({ MaxResults: 5, ...(NextToken ? { NextToken } : {}) }));
			sizes.push(page.Tags?.length ?? 0);
			NextToken = page.NextToken;
		} while (NextToken !== undefined);
		assert.deepEqual(sizes, [5, 5, 2]);
		await refuses(ec2.send(new DescribeTagsCommand({ MaxResults: 4 })), 'InvalidParameterValue');
		await refuses(ec2.send(new DescribeTagsCommand({ NextToken: 'x' })), 'InvalidNextToken');
	});
});
