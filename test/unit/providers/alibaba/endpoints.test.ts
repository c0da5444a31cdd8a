import assert from 'node:assert/strict';
import EcsClient from '@alicloud/ecs20140526';
import { $OpenApiUtil } from '@alicloud/openapi-core';
import {
	configuredEndpoint,
	type EndpointSettings,
	ecsEndpoint,
	ensEndpoint,
	resourceManagerEndpoint,
} from '../../../../src/providers/alibaba/endpoints';
import { isProviderError, type ProviderFailure } from '../../../../src/providers/failure';

const from = (
	profile: EndpointSettings['profile'] = {},
	settings: EndpointSettings['settings'] = {},
): EndpointSettings => ({ profile, settings });

function failureOf(call: () => unknown): ProviderFailure {
	try {
		call();
	} catch (error) {
		assert.ok(isProviderError(error));
		return error.failure;
	}
	return assert.fail('it did not fail');
}

describe('The endpoint of ECS', () => {
	it("is by name where the region was not described yet: that of Alibaba Cloud's own client", () => {
		for (const regionId of [
			'cn-hangzhou',
			'cn-shanghai-finance-1',
			'cn-shenzhen-finance-1',
			'cn-beijing',
			'eu-central-1',
			'me-east-1',
		]) {
			const { _endpoint } = new EcsClient(
				new $OpenApiUtil.Config({ regionId, accessKeyId: 'a', accessKeySecret: 'b' }),
			);
			assert.equal(ecsEndpoint(from(), regionId), _endpoint);
		}
	});

	it('is what DescribeRegions said, unless the profile is inside a VPC', () => {
		assert.equal(ecsEndpoint(from(), 'eu-central-1', 'ecs.example.aliyuncs.com'), 'ecs.example.aliyuncs.com');
		const vpc = from({ endpointType: 'vpc' });
		assert.equal(
			ecsEndpoint(vpc, 'eu-central-1', 'ecs.eu-central-1.aliyuncs.com'),
			'ecs-vpc.eu-central-1.aliyuncs.com',
		);
		assert.equal(ecsEndpoint(vpc, 'cn-hangzhou'), 'ecs-vpc.cn-hangzhou.aliyuncs.com');
	});

	it("is the profile's, unless that is of another product", () => {
		assert.equal(ecsEndpoint(from({ endpoint: 'gateway.example.com' }), 'eu-central-1'), 'gateway.example.com');
		const own = from({ endpoint: 'ecs.cn-beijing.aliyuncs.com' });
		assert.equal(ecsEndpoint(own, 'cn-beijing', 'ecs.x.aliyuncs.com'), 'ecs.cn-beijing.aliyuncs.com');
		assert.equal(ecsEndpoint(from({ endpoint: 'ens.aliyuncs.com' }), 'eu-central-1'), 'ecs.eu-central-1.aliyuncs.com');
		assert.equal(ensEndpoint(own), 'ens.aliyuncs.com');
	});

	it("is the setting's before all others", () => {
		const settings = { endpoints: { ecs: 'https://ecs.corp.example.com:8443/' } };
		const set = from({ endpoint: 'other.example.com', endpointType: 'vpc' }, settings);
		assert.equal(ecsEndpoint(set, 'eu-central-1', 'ecs.x.aliyuncs.com'), 'https://ecs.corp.example.com:8443');
	});

	it('is never another host that a region has been made to name', () => {
		for (const region of ['evil.example.com/', 'a.b', 'x@evil', '', 'CN-HANGZHOU', 'a b', '-']) {
			assert.equal(failureOf(() => ecsEndpoint(from(), region)).kind, 'regionUnknown', region);
		}
	});
});

describe('The endpoint of ENS', () => {
	const china = 'ens.aliyuncs.com';
	const international = 'ens.ap-southeast-1.aliyuncs.com';

	it("is the site's that the setting names, whatever the profile says", () => {
		for (const profile of [{}, { region: 'cn-hangzhou' }, { region: 'ap-southeast-1', site: 'international' }]) {
			assert.equal(ensEndpoint(from(profile, { ensSite: 'china' })), china);
			assert.equal(ensEndpoint(from(profile, { ensSite: 'international' })), international);
		}
	});

	it("is by itself the site of the profile's region, and without a region the profile's site", () => {
		for (const settings of [{}, { ensSite: 'auto' }, { ensSite: 7 }]) {
			assert.equal(ensEndpoint(from({}, settings)), china);
			assert.equal(ensEndpoint(from({ site: 'china' }, settings)), china);
			assert.equal(ensEndpoint(from({ site: 'international' }, settings)), international);
			assert.equal(ensEndpoint(from({ region: 'cn-hangzhou' }, settings)), china);
			assert.equal(ensEndpoint(from({ region: 'cn-hangzhou', site: 'international' }, settings)), international);
			// Alibaba Cloud CLI writes `china` into every profile.
			assert.equal(ensEndpoint(from({ region: 'ap-southeast-1', site: 'china' }, settings)), international);
		}
	});

	it("has VPC's hosts at both sites", () => {
		const endpointType = 'vpc';
		assert.equal(ensEndpoint(from({ endpointType })), 'ens.vpc-proxy.aliyuncs.com');
		assert.equal(ensEndpoint(from({ endpointType, region: 'cn-zhangjiakou' })), 'ens-vpc.cn-zhangjiakou.aliyuncs.com');
		assert.equal(ensEndpoint(from({ endpointType, region: 'eu-central-1' })), 'ens-vpc.ap-southeast-1.aliyuncs.com');
	});
});

describe('An endpoint that was set', () => {
	it('is a host or a URL, of each API for itself', () => {
		const endpoints = {
			sts: 'sts-vpc.cn-hangzhou.aliyuncs.com',
			resourcemanager: 'http://127.0.0.1:8080/',
			ens: '',
			ecs: 'http://[::1]:80',
		};
		assert.equal(configuredEndpoint('sts', { endpoints }), 'sts-vpc.cn-hangzhou.aliyuncs.com');
		assert.equal(configuredEndpoint('ecs', { endpoints }), 'http://[::1]:80');
		assert.equal(configuredEndpoint('ens', { endpoints }), undefined);
		assert.equal(resourceManagerEndpoint(from({}, { endpoints })), 'http://127.0.0.1:8080');
		assert.equal(resourceManagerEndpoint(from()), 'resourcemanager.aliyuncs.com');
		assert.equal(configuredEndpoint('ecs', { endpoints: 'ecs.example.com' }), undefined);
	});

	it('is refused when it is neither', () => {
		for (const ecs of [
			'https://a.example.com/path',
			'ftp://a',
			'a b',
			'user@host',
			7,
			{},
			'https://a?x=y',
			'a.example.com:port',
		]) {
			const failure = failureOf(() => configuredEndpoint('ecs', { endpoints: { ecs } }));
			assert.deepEqual([failure.kind, failure.code], ['configuration', 'EndpointInvalid'], String(ecs));
		}
	});

	it('is refused when requests would go to another machine in the clear', () => {
		for (const ecs of ['http://ecs.example.com', 'http://127.0.0.1.example.com', 'http://localhost.example.com:80']) {
			const failure = failureOf(() => configuredEndpoint('ecs', { endpoints: { ecs } }));
			assert.deepEqual([failure.kind, failure.code], ['configuration', 'EndpointNotEncrypted']);
		}
	});
});
