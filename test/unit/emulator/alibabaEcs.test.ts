import assert from 'node:assert/strict';
import { createPrivateKey, createPublicKey } from 'node:crypto';
import * as $ecs from '@alicloud/ecs20140526';
import type { AlibabaAccountOptions } from '../../emulator/alibaba/accounts/account';
import { alibabaRefuses, useAlibaba } from './alibabaSupport';
import { ed25519Line, refused, rsaLine } from './vectors';

const regionId = 'cn-hangzhou';

describe('emulated ECS, called by the official SDK', () => {
	const groups: AlibabaAccountOptions = {
		resourceGroups: [{ id: 'rg-bp67acfmxazb4ph', name: 'web' }],
		keyPairLimit: 60,
	};
	const fixture = useAlibaba(groups);

	function importKey(fields: Record<string, unknown> = {}) {
		return fixture()
			.ecs()
			.importKeyPair(
				new $ecs.ImportKeyPairRequest({ regionId, keyPairName: 'demo', publicKeyBody: rsaLine, ...fields }),
			);
	}

	async function describeKeys(fields: Record<string, unknown> = {}) {
		const request = new $ecs.DescribeKeyPairsRequest({ regionId, ...fields });
		const { body } = await fixture().ecs().describeKeyPairs(request);
		return { names: (body?.keyPairs?.keyPair ?? []).map((pair) => pair.keyPairName), body };
	}

	it('imports a key with tags into a resource group, and lists it', async () => {
		const { body } = await importKey({
			resourceGroupId: 'rg-bp67acfmxazb4ph',
			tag: [new $ecs.ImportKeyPairRequestTag({ key: 'team', value: 'Gruppe Süd + *~' })],
		});
		assert.equal(body?.keyPairName, 'demo');
		// As `ssh-keygen -l -E md5` has it (OpenSSH 9.2).
		assert.equal(body?.keyPairFingerPrint, 'ec:cd:8b:89:1c:37:13:3e:f1:fb:9f:8a:b1:0d:dc:31');
		assert.match(body?.requestId ?? '', /^[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$/);
		const [pair] = (await describeKeys({ includePublicKey: true })).body?.keyPairs?.keyPair ?? [];
		assert.equal(pair?.publicKey, rsaLine);
		assert.equal(pair?.resourceGroupId, 'rg-bp67acfmxazb4ph');
		assert.match(pair?.creationTime ?? '', /^\d{4}-\d\d-\d\dT\d\d:\d\dZ$/);
		assert.deepEqual(
			pair?.tags?.tag?.map((tag) => ({ ...tag })),
			[{ tagKey: 'team', tagValue: 'Gruppe Süd + *~' }],
		);
		assert.equal((await describeKeys()).body?.keyPairs?.keyPair?.[0]?.publicKey, undefined);
	});

	it('notes in the log which region, account and parameters a request had', async () => {
		const { emulator, key } = fixture();
		await importKey();
		const [entry] = emulator.requests.all({ service: 'ecs', operation: 'ImportKeyPair' });
		assert.deepEqual(
			[entry?.region, entry?.account, entry?.accessKeyId, entry?.status, entry?.done],
			[regionId, '1234567890123456', key.id, 200, true],
		);
		assert.deepEqual(entry?.parameters, { KeyPairName: 'demo', PublicKeyBody: rsaLine, RegionId: regionId });
	});

	it('creates a key pair whose private key belongs to the public one that it keeps', async () => {
		const { account, ecs } = fixture();
		const request = new $ecs.CreateKeyPairRequest({ regionId, keyPairName: 'made' });
		const { body } = await ecs().createKeyPair(request);
		assert.match(body?.keyPairId ?? '', /^ssh-[a-z0-9]{22}$/);
		const made = createPublicKey(createPrivateKey(body?.privateKeyBody ?? '')).export({ format: 'jwk' });
		const blob = Buffer.from(
			account.keyPairs('ecs', regionId).withName('made')?.publicKey.split(' ')[1] ?? '',
			'base64',
		);
		assert.ok(blob.includes(Buffer.from(made.n ?? '', 'base64url')));
		assert.equal(made.kty, 'RSA');
	});

	it('pages by number, with 10 on a page unless asked and 50 at most', async () => {
		for (let index = 0; index < 55; index += 1) await importKey({ keyPairName: `demo-${index}` });
		const first = await describeKeys();
		assert.deepEqual([first.names.length, first.body?.totalCount, first.body?.pageSize], [10, 55, 10]);
		assert.equal((await describeKeys({ pageSize: 50 })).names.length, 50);
		const last = await describeKeys({ pageSize: 50, pageNumber: 2 });
		assert.deepEqual([last.names.length, last.body?.pageNumber], [5, 2]);
		assert.deepEqual((await describeKeys({ pageSize: 50, pageNumber: 3 })).names, []);
		await alibabaRefuses(describeKeys({ pageSize: 51 }), 'InvalidParameter');
		await alibabaRefuses(describeKeys({ pageNumber: 0 }), 'InvalidParameter');
	});

	it('filters by name with *, by fingerprint and by tag', async () => {
		const tag = [new $ecs.ImportKeyPairRequestTag({ key: 'env', value: 'prod' })];
		await importKey({ keyPairName: 'web.one', tag });
		await importKey({ keyPairName: 'webs' });
		await importKey({ keyPairName: 'other', publicKeyBody: 'ssh-rsa AAAAB3Nza12345678qwertyuudsfsg' });
		assert.deepEqual((await describeKeys({ keyPairName: 'web*' })).names.sort(), ['web.one', 'webs']);
		assert.deepEqual((await describeKeys({ keyPairName: '*.one' })).names, ['web.one']);
		assert.deepEqual((await describeKeys({ keyPairName: 'web' })).names, []);
		const byTag = (key: string, value?: string) =>
			describeKeys({ tag: [new $ecs.DescribeKeyPairsRequestTag({ key, ...(value === undefined ? {} : { value }) })] });
		assert.deepEqual((await byTag('env')).names, ['web.one']);
		assert.deepEqual((await byTag('env', 'test')).names, []);
		const fingerprint = fixture().account.keyPairs('ecs', regionId).withName('other')?.fingerprint;
		assert.deepEqual((await describeKeys({ keyPairFingerPrint: fingerprint })).names, ['other']);
	});

	it('filters by resource group, but shows those in the default group whatever is asked', async () => {
		await importKey({ keyPairName: 'in-web', resourceGroupId: 'rg-bp67acfmxazb4ph' });
		await importKey({ keyPairName: 'in-default', resourceGroupId: fixture().account.resourceGroups[0]?.id });
		const inWeb = await describeKeys({ resourceGroupId: 'rg-bp67acfmxazb4ph' });
		assert.deepEqual(inWeb.names.sort(), ['in-default', 'in-web']);
		assert.deepEqual((await describeKeys({ resourceGroupId: 'rg-another' })).names, ['in-default']);
	});

	it('keeps the key pairs of regions apart', async () => {
		await importKey({ regionId: 'ap-southeast-1' });
		assert.deepEqual((await describeKeys()).names, []);
		assert.deepEqual((await describeKeys({ regionId: 'ap-southeast-1' })).names, ['demo']);
	});

	it('refuses a name that is taken, with the code that was chosen', async () => {
		await importKey();
		await alibabaRefuses(importKey(), 'KeyPair.AlreadyExist');
		fixture().emulator.alibaba.choices.ecsDuplicateCode = 'InvalidKeyPairName.Malformed';
		await alibabaRefuses(importKey(), 'InvalidKeyPairName.Malformed');
	});

	it('refuses names by the documented rule', async () => {
		for (const keyPairName of ['x', '1st', '-a', 'a b', 'http://a', 'a/b', 'a'.repeat(129)]) {
			await alibabaRefuses(importKey({ keyPairName }), 'InvalidKeyPairName.Malformed');
		}
		for (const keyPairName of ['ab', 'a'.repeat(128), '密钥对', 'a.b:c_d-e1']) await importKey({ keyPairName });
	});

	it('refuses public keys of types that the reference does not list, and text that is none', async () => {
		const { 'a FIDO key': fido = '', 'an ECDSA key': ecdsa = '', 'a DSA key': dsa = '' } = refused;
		for (const publicKeyBody of [ed25519Line, fido, 'ssh-rsa', 'ssh-rsa !!!', `${rsaLine}\n${rsaLine}`]) {
			await alibabaRefuses(importKey({ publicKeyBody }), 'InvalidPublicKeyBody.Malformed');
		}
		await importKey({ keyPairName: 'ecdsa', publicKeyBody: ecdsa });
		await importKey({ keyPairName: 'dsa', publicKeyBody: dsa });
		fixture().emulator.alibaba.choices.ecsTakesEd25519 = true;
		await importKey({ keyPairName: 'ed', publicKeyBody: ed25519Line });
	});

	it('refuses what is missing, unknown regions and unknown resource groups', async () => {
		const { Message } = await alibabaRefuses(importKey({ publicKeyBody: '' }), 'MissingParameter');
		assert.match(String(Message), /"PublicKeyBody"/);
		await alibabaRefuses(importKey({ regionId: 'cn-nowhere' }), 'InvalidRegionId.NotFound', 404);
		await alibabaRefuses(importKey({ resourceGroupId: 'rg-none' }), 'InvalidResourceGroup.NotFound', 404);
	});

	it('refuses more key pairs than the quota', async () => {
		fixture().account.keyPairLimit = 1;
		await importKey();
		await alibabaRefuses(importKey({ keyPairName: 'more' }), 'QuotaExceed.KeyPair', 403);
	});

	it('has a quota of 500 unless another is given', () => {
		assert.equal(fixture().emulator.alibaba.accounts.add().keyPairLimit, 500);
	});

	it('deletes key pairs by a JSON array of names, but none that an instance uses', async () => {
		const deletePairs = (names: readonly string[] | string) =>
			fixture()
				.ecs()
				.deleteKeyPairs(
					new $ecs.DeleteKeyPairsRequest({
						regionId,
						keyPairNames: typeof names === 'string' ? names : JSON.stringify(names),
					}),
				);
		for (const keyPairName of ['one', 'two', 'three']) await importKey({ keyPairName });
		await deletePairs(['one', 'unknown']);
		const store = fixture().account.keyPairs('ecs', regionId);
		const two = store.withName('two');
		assert.ok(two);
		two.attached = true;
		await alibabaRefuses(deletePairs(['two', 'three']), 'InvalidParameter.KeypairAlreadyAttachedInstance');
		assert.deepEqual(
			store
				.all()
				.map(({ name }) => name)
				.sort(),
			['three', 'two'],
		);
		await alibabaRefuses(deletePairs('three'), 'InvalidKeyPairNames.ValueNotSupported');
		await alibabaRefuses(deletePairs(Array(101).fill('three')), 'InvalidKeyPairNames.ValueNotSupported');
	});

	it('lists regions whose endpoints lead back, named in the language that is asked for', async () => {
		const { ecs, emulator } = fixture();
		const regionsIn = async (acceptLanguage?: string) => {
			const request = new $ecs.DescribeRegionsRequest(acceptLanguage === undefined ? {} : { acceptLanguage });
			return (await ecs().describeRegions(request)).body?.regions?.region ?? [];
		};
		const chinese = (await regionsIn()).find((region) => region.regionId === regionId);
		assert.equal(chinese?.localName, '华东1（杭州）');
		const english = (await regionsIn('en-US')).find((region) => region.regionId === 'ap-southeast-1');
		assert.equal(english?.localName, 'Singapore');
		assert.equal(english?.regionEndpoint, new URL(emulator.url).host);
	});

	it('gives the real endpoints to who called it by a real name', async () => {
		const { call, emulator } = fixture();
		const url = await emulator.listenAs('ecs.aliyuncs.com');
		const body = await call({ version: '2014-05-26', action: 'DescribeRegions' }, {}, { url });
		assert.match(JSON.stringify(body), /"ecs\.ap-southeast-1\.aliyuncs\.com"/);
		assert.match(JSON.stringify(body), /"ecs-cn-hangzhou\.aliyuncs\.com"/);
	});

	describe('tags', () => {
		const resource = { regionId, resourceType: 'keypair', resourceId: ['demo'] };
		const tag = (key: string, value?: string) =>
			new $ecs.TagResourcesRequestTag({ key, ...(value === undefined ? {} : { value }) });
		const setTags = (tags: readonly $ecs.TagResourcesRequestTag[], fields: object = {}) =>
			fixture()
				.ecs()
				.tagResources(new $ecs.TagResourcesRequest({ ...resource, tag: tags, ...fields }));
		const removeTags = (fields: object) =>
			fixture()
				.ecs()
				.untagResources(new $ecs.UntagResourcesRequest({ ...resource, ...fields }));
		const listTags = async (fields: object = {}) => {
			const request = new $ecs.ListTagResourcesRequest({ ...resource, ...fields });
			const { body } = await fixture().ecs().listTagResources(request);
			const tags = body?.tagResources?.tagResource ?? [];
			return { tags: tags.map(({ tagKey, tagValue }) => `${tagKey}=${tagValue}`), next: body?.nextToken };
		};

		beforeEach(() => importKey());

		it('are set by the name of the key pair, overwritten, listed and removed', async () => {
			await setTags([tag('a', '1'), tag('b')]);
			await setTags([tag('a', '2')]);
			assert.deepEqual((await listTags()).tags, ['a=2', 'b=']);
			await removeTags({ tagKey: ['a'] });
			assert.deepEqual((await listTags()).tags, ['b=']);
			await removeTags({ all: true });
			assert.deepEqual(await listTags(), { tags: [], next: '' });
		});

		it('are listed in pages by token', async () => {
			const names = ['demo', 'two', 'three'];
			for (const keyPairName of names.slice(1)) await importKey({ keyPairName });
			const tags = Array.from({ length: 20 }, (_, index) => tag(`k${index}`, 'v'));
			await setTags(tags, { resourceId: names });
			const first = await listTags({ resourceId: names });
			const rest = await listTags({ resourceId: names, nextToken: first.next });
			assert.deepEqual([first.tags.length, rest.tags.length, rest.next], [50, 10, '']);
		});

		it('are refused beyond 20, twice, with reserved keys and with addresses', async () => {
			const twenty = Array.from({ length: 20 }, (_, index) => tag(`k${index}`));
			await alibabaRefuses(setTags([...twenty, tag('one more')]), 'NumberExceed.Tags');
			await setTags(twenty);
			await alibabaRefuses(setTags([tag('one more')]), 'NumberExceed.Tags');
			await alibabaRefuses(setTags([tag('a'), tag('a')]), 'Duplicate.TagKey');
			for (const key of ['', 'acs:x', 'aliyunX', 'see http://x', 'k'.repeat(129)]) {
				await alibabaRefuses(setTags([tag(key, 'v')]), 'InvalidTagKey.Malformed');
			}
			await alibabaRefuses(setTags([tag('k0', 'https://x')]), 'InvalidTagValue.Malformed');
			await alibabaRefuses(setTags([tag('k0', 'v'.repeat(129))]), 'InvalidTagValue.Malformed');
		});

		it('are refused for what there is not', async () => {
			await alibabaRefuses(setTags([tag('a')], { resourceId: ['none'] }), 'InvalidResourceId.NotFound', 404);
			await alibabaRefuses(setTags([tag('a')], { resourceType: 'moon' }), 'InvalidResourceType.NotFound', 404);
			await alibabaRefuses(removeTags({}), 'MissingParameter');
		});
	});

	it('names the denied action and the principal to who may not', async () => {
		const { account, ecs, key } = fixture();
		account.deniedActions.add('ecs:ImportKeyPair');
		const data = await alibabaRefuses(importKey(), 'Forbidden.RAM', 403);
		const { AuthAction, AuthPrincipalType, AuthPrincipalDisplayName, NoPermissionType } = Object(
			data['AccessDeniedDetail'],
		);
		assert.deepEqual(
			[AuthAction, AuthPrincipalType, AuthPrincipalDisplayName, NoPermissionType],
			['ecs:ImportKeyPair', 'SubUser', key.principal.id, 'ExplicitDeny'],
		);
		assert.match(String(data['Recommend']), /^https:\/\/api\.alibabacloud\.com\/troubleshoot\?q=Forbidden\.RAM/);
		await describeKeys();
		const denied = account.addAccessKey({ user: 'ann', deniedActions: ['ecs:DescribeKeyPairs'] });
		const request = new $ecs.DescribeKeyPairsRequest({ regionId });
		await alibabaRefuses(ecs(denied).describeKeyPairs(request), 'Forbidden.RAM', 403);
	});
});
