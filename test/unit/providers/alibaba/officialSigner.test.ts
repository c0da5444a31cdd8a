import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import EcsClient, * as sdk from '@alicloud/ecs20140526';
import { $OpenApiUtil, OpenApiUtil } from '@alicloud/openapi-core';
import type { Target } from '../../../../src/domain/target';
import { createProviders } from '../../../../src/providers/alibaba/bundle';
import type { KeyPairProvider } from '../../../../src/providers/contract';
import { contractKeys } from '../contract';
import { type AlibabaSubject, startEcs, startEns } from './alibabaSubject';
import { type RecordedRequest, type Recorder, startRecorder } from './recorder';

const never = new AbortController().signal;

/** Characters that signers and URL encoders treat differently from each other. */
const tags = { team: 'platform', empty: '', "a+b c~d*e'(f)!": '100% ü 漢字 = & ? / : ; , @ $ # [ ] "' };
const imported = { keyName: 'deploy:1', publicKey: `${contractKeys.rsa} mel@laptop`, tags, dryRun: false };
const created = { keyName: 'made-here', tags, type: 'rsa', format: 'pem' } as const;

/** Every call of a provider that reads or changes key pairs, in an order that works. */
async function callAll(provider: KeyPairProvider, target: Target, resourceGroupId?: string): Promise<void> {
	const group = resourceGroupId === undefined ? {} : { resourceGroupId };
	await provider.import(target, { ...imported, ...group }, never);
	await provider.create(target, created, never);
	await provider.list(target, never);
	const found = await provider.find(target, imported.keyName, never);
	assert.ok(found);
	if (target.service === 'ecs') {
		await provider.changeTags(target, found, { set: { new: 'ü' }, remove: ['team', 'empty'] }, never);
		await provider.regions(target.profile, never);
		await provider.resourceGroups(target.profile, never);
	}
	await provider.delete(target, found, never);
}

/** The `Authorization` that the official signer gives a request, from its parts as the wire has them. */
function signOfficially({ method, url, headers, body }: RecordedRequest, accessKeyId: string, secret: string): string {
	const { pathname, searchParams } = new URL(url, 'http://localhost');
	const signed = /SignedHeaders=([^,]+)/.exec(headers.authorization ?? '')?.[1]?.split(';') ?? [];
	const payload = createHash('sha256').update(body).digest('hex');
	const request = {
		method,
		pathname,
		query: Object.fromEntries(searchParams),
		headers: Object.fromEntries(signed.map((name) => [name, String(headers[name])])),
	};
	// It takes its own class of requests, of which it reads these parts.
	return Reflect.apply(OpenApiUtil.getAuthorization, OpenApiUtil, [
		request,
		'ACS3-HMAC-SHA256',
		payload,
		accessKeyId,
		secret,
	]);
}

/** A request without what differs from one to the next by nature. Parameters are sorted. */
function essence({ method, url, headers, body }: RecordedRequest) {
	const { pathname, searchParams } = new URL(url, 'http://localhost');
	searchParams.sort();
	const signedHeaders = /SignedHeaders=([^,]+)/.exec(headers.authorization ?? '')?.[1]?.split(';');
	return {
		method,
		pathname,
		query: [...searchParams],
		body,
		action: headers['x-acs-action'],
		version: headers['x-acs-version'],
		accept: headers.accept,
		contentType: headers['content-type'],
		payload: headers['x-acs-content-sha256'],
		token: headers['x-acs-security-token'],
		// This one tells by which class the client got its keys.
		signedHeaders: signedHeaders?.filter((name) => name !== 'x-acs-credentials-provider'),
	};
}

describe('Requests to Alibaba Cloud', () => {
	let subject: AlibabaSubject;
	let recorder: Recorder;

	const start = async (starting: Promise<AlibabaSubject>) => {
		subject = await starting;
		recorder = await startRecorder(subject.emulator.url);
		const { url } = recorder;
		subject.settings['endpoints'] = { ecs: url, ens: url, resourcemanager: url };
	};
	afterEach(async () => {
		await recorder.close();
		await subject.close();
	});

	const keyOf = ({ headers }: RecordedRequest) => /Credential=([^,]+)/.exec(headers.authorization ?? '')?.[1] ?? '';
	const assertSigned = (actions: readonly string[]) => {
		assert.deepEqual(
			recorder.requests.map(({ headers }) => headers['x-acs-action']),
			actions,
		);
		for (const request of recorder.requests) {
			assert.equal(request.headers.authorization, signOfficially(request, keyOf(request), subject.secret));
			assert.doesNotMatch(JSON.stringify(request), new RegExp(subject.secret));
		}
	};

	it('of ECS are signed as the official signer signs them', async () => {
		await start(startEcs(createProviders));
		const target = { service: 'ecs', profile: 'able', region: 'cn-hangzhou' } as const;
		await callAll(subject.provider, target, subject.account.resourceGroups[1]?.id);
		assertSigned([
			'ImportKeyPair',
			'CreateKeyPair',
			'DescribeKeyPairs',
			'DescribeKeyPairs',
			'TagResources',
			'UntagResources',
			'DescribeRegions',
			'ListResourceGroups',
			'DeleteKeyPairs',
		]);
	});

	it('of ENS are signed as the official signer signs them', async () => {
		await start(startEns(createProviders));
		await callAll(subject.provider, { service: 'ens', profile: 'able' });
		assertSigned([
			...['DescribeKeyPairs', 'ImportKeyPair', 'DescribeKeyPairs', 'CreateKeyPair'],
			...['DescribeKeyPairs', 'DescribeKeyPairs', 'DeleteKeyPairs'],
		]);
	});

	it("of ECS are those of Alibaba Cloud's own client for the same arguments", async () => {
		await start(startEcs(createProviders));
		const { account, provider } = subject;
		const regionId = 'cn-hangzhou';
		const target = { service: 'ecs', profile: 'able', region: regionId } as const;
		const resourceGroupId = account.resourceGroups[1]?.id ?? '';
		await callAll(provider, target, resourceGroupId);
		const ours = recorder.requests.splice(0).filter(({ headers }) => headers['x-acs-action'] !== 'ListResourceGroups');
		await provider.delete(target, { name: created.keyName }, never);
		recorder.requests.length = 0;

		const client = new EcsClient(
			new $OpenApiUtil.Config({
				accessKeyId: keyOf(ours[0] ?? assert.fail()),
				accessKeySecret: subject.secret,
				endpoint: new URL(recorder.url).host,
				protocol: 'http',
				regionId,
			}),
		);
		const pairs = Object.entries(tags).map(([key, value]) => ({ key, value }));
		const { keyName: keyPairName, publicKey: publicKeyBody } = imported;
		await client.importKeyPair(
			new sdk.ImportKeyPairRequest({
				...{ regionId, keyPairName, publicKeyBody, resourceGroupId },
				tag: pairs.map((pair) => new sdk.ImportKeyPairRequestTag(pair)),
			}),
		);
		await client.createKeyPair(
			new sdk.CreateKeyPairRequest({
				...{ regionId, keyPairName: created.keyName },
				tag: pairs.map((pair) => new sdk.CreateKeyPairRequestTag(pair)),
			}),
		);
		const page = { regionId, includePublicKey: true, pageNumber: 1, pageSize: 50 };
		await client.describeKeyPairs(new sdk.DescribeKeyPairsRequest(page));
		await client.describeKeyPairs(new sdk.DescribeKeyPairsRequest({ ...page, keyPairName }));
		const resource = { regionId, resourceType: 'keypair', resourceId: [keyPairName] };
		await client.tagResources(
			new sdk.TagResourcesRequest({ ...resource, tag: [new sdk.TagResourcesRequestTag({ key: 'new', value: 'ü' })] }),
		);
		await client.untagResources(new sdk.UntagResourcesRequest({ ...resource, tagKey: ['team', 'empty'] }));
		await client.describeRegions(new sdk.DescribeRegionsRequest({ acceptLanguage: 'en-US' }));
		await client.deleteKeyPairs(
			new sdk.DeleteKeyPairsRequest({ regionId, keyPairNames: JSON.stringify([keyPairName]) }),
		);

		assert.deepEqual(ours.map(essence), recorder.requests.map(essence));
	});
});
