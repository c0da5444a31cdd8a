import assert from 'node:assert/strict';
import { Agent } from 'node:https';
import { AwsContext } from '../../../../src/providers/aws/context';
import { Credentials } from '../../../../src/providers/aws/credentials';
import { Ec2KeyPairs } from '../../../../src/providers/aws/ec2';
import { type EndpointService, endpointSettings } from '../../../../src/providers/aws/endpoint';
import { requestHandlerOptions } from '../../../../src/providers/aws/http';
import { LightsailKeyPairs } from '../../../../src/providers/aws/lightsail';
import { readSharedConfig } from '../../../../src/providers/aws/sharedConfig';
import type { KeyPairProvider } from '../../../../src/providers/contract';
import { isProviderError } from '../../../../src/providers/failure';
import { failureOf } from '../failing';
import { AwsHome, testDependencies } from './awsHome';

const never = new AbortController().signal;

describe('The endpoint of a profile', function () {
	this.timeout(20_000);
	let home: AwsHome;
	const settings = async (profile: string, service: EndpointService = 'ec2') => {
		const config = await readSharedConfig(home.environment);
		return endpointSettings(service, config.profiles.get(profile)?.values, config, home.environment);
	};
	const endpoint = async (profile: string, service?: EndpointService) => (await settings(profile, service)).endpoint;

	beforeEach(async () => {
		home = await AwsHome.create();
		await home.config(
			[
				'[services local]\nec2 =\n  endpoint_url = http://ec2.test\nlightsail =\n  endpoint_url = http://lightsail.test\nsso_oidc =\n  endpoint_url = http://oidc.test\n',
				'[default]\nendpoint_url = http://default.test\n[profile plain]\nregion = eu-west-1\n',
				'[profile url]\nendpoint_url = http://profile.test\n[profile services]\nservices = local\nendpoint_url = http://profile.test\n',
				'[profile ignoring]\nendpoint_url = http://profile.test\nignore_configured_endpoint_urls = true\n',
				'[profile absent]\nservices = nowhere\n[profile bad]\nendpoint_url = hunter2\n[profile file]\nendpoint_url = file:///x\n',
				'[profile fips]\nuse_fips_endpoint = true\nuse_dualstack_endpoint = true\n',
			].join(''),
		);
	});
	afterEach(() => home.remove());

	it("is the services section's, then the profile's own, and never another profile's", async () => {
		assert.equal(await endpoint('url'), 'http://profile.test');
		assert.equal(await endpoint('services'), 'http://ec2.test');
		assert.equal(await endpoint('services', 'sso_oidc'), 'http://oidc.test');
		assert.equal(await endpoint('services', 'lightsail'), 'http://lightsail.test');
		assert.equal(await endpoint('services', 'sts'), 'http://profile.test');
		assert.equal(await endpoint('plain'), undefined);
		assert.equal(await endpoint('default'), 'http://default.test');
	});

	it("is the environment's before all", async () => {
		home.set({ AWS_ENDPOINT_URL: 'http://all.test', AWS_ENDPOINT_URL_SSO_OIDC: 'http://env-oidc.test' });
		assert.equal(await endpoint('services'), 'http://all.test');
		assert.equal(await endpoint('services', 'sso_oidc'), 'http://env-oidc.test');
		home.set({ AWS_ENDPOINT_URL_EC2: 'http://env-ec2.test' });
		assert.equal(await endpoint('services'), 'http://env-ec2.test');
		assert.equal(await endpoint('services', 'lightsail'), 'http://all.test');
		home.set({ AWS_ENDPOINT_URL_LIGHTSAIL: 'http://env-lightsail.test' });
		assert.equal(await endpoint('services', 'lightsail'), 'http://env-lightsail.test');
	});

	it('is not asked for where that is switched off', async () => {
		assert.equal(await endpoint('ignoring'), undefined);
		home.set({ AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'false' });
		assert.equal(await endpoint('ignoring'), 'http://profile.test');
		home.set({ AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true', AWS_ENDPOINT_URL: 'http://all.test' });
		assert.equal(await endpoint('url'), undefined);
	});

	it('must be an http or https URL in a section that is there', async () => {
		const absent = await failureOf(endpoint('absent'));
		assert.deepEqual([absent.kind, absent.code], ['configuration', 'servicesMissing']);
		for (const profile of ['bad', 'file']) {
			const failure = await failureOf(endpoint(profile));
			assert.deepEqual([failure.kind, failure.code], ['configuration', 'endpointInvalid']);
			assert.doesNotMatch(JSON.stringify(failure), /hunter2/);
		}
	});

	it('may be one for FIPS or dual stack', async () => {
		const { useFipsEndpoint, useDualstackEndpoint } = await settings('fips');
		assert.deepEqual([useFipsEndpoint, useDualstackEndpoint], [true, true]);
		home.set({ AWS_USE_FIPS_ENDPOINT: 'false' });
		assert.equal((await settings('fips')).useFipsEndpoint, false);
	});

	/** The host names that calls look up; none of them is answered. */
	async function hostsOf(
		act: (provider: KeyPairProvider) => Promise<unknown>,
		Provider: typeof Ec2KeyPairs | typeof LightsailKeyPairs = Ec2KeyPairs,
	): Promise<readonly string[]> {
		const hosts = new Set<string>();
		const httpsAgent = new Agent({
			lookup: (host, _, callback) => {
				hosts.add(host);
				callback(Object.assign(new Error(`getaddrinfo ENOTFOUND ${host}`), { code: 'ENOTFOUND' }), '', 4);
			},
		});
		const context = new AwsContext(testDependencies(home.environment), { ...requestHandlerOptions(), httpsAgent });
		const provider = new Provider(context, new Credentials(context));
		await act(provider).catch((error: unknown) => assert.ok(isProviderError(error), String(error)));
		return [...hosts];
	}

	it("is the service's own where nothing is configured, in every partition", async () => {
		const keys = 'aws_access_key_id=AKIA\naws_secret_access_key=s\n';
		await home.config(
			[
				`[default]\nendpoint_url = http://127.0.0.1:9\n[profile plain]\n${keys}region=eu-west-1\n[profile cn]\n${keys}region=cn-northwest-1\n[profile none]\n${keys}`,
				`[profile fips]\n${keys}use_fips_endpoint=true\n`,
			].join(''),
		);
		const list = (profile: string, region: string) =>
			hostsOf((provider) => provider.list({ service: 'ec2', profile, region }, never));
		assert.deepEqual(await list('plain', 'eu-west-1'), ['ec2.eu-west-1.amazonaws.com']);
		assert.deepEqual(await list('plain', 'us-gov-east-1'), ['ec2.us-gov-east-1.amazonaws.com']);
		assert.deepEqual(await list('cn', 'cn-north-1'), ['ec2.cn-north-1.amazonaws.com.cn']);
		assert.deepEqual(await list('plain', 'eusc-de-east-1'), ['ec2.eusc-de-east-1.amazonaws.eu']);
		assert.deepEqual(await list('fips', 'us-east-1'), ['ec2-fips.us-east-1.amazonaws.com']);
		assert.deepEqual(await hostsOf((provider) => provider.regions('none', never)), ['ec2.us-east-1.amazonaws.com']);
		const regions = (profile: string) => hostsOf((provider) => provider.regions(profile, never), LightsailKeyPairs);
		// A region without Lightsail has no host: then us-east-1.
		assert.deepEqual(await regions('plain'), [
			'lightsail.eu-west-1.amazonaws.com',
			'lightsail.us-east-1.amazonaws.com',
		]);
		assert.deepEqual(await regions('none'), ['lightsail.us-east-1.amazonaws.com']);
		assert.deepEqual(await regions('cn'), []);
		// The profile's own region can't be reached: then the main one of its partition.
		assert.deepEqual(await hostsOf((provider) => provider.regions('cn', never)), [
			'ec2.cn-northwest-1.amazonaws.com.cn',
			'ec2.cn-north-1.amazonaws.com.cn',
		]);
	});

	it("is, for what gives credentials, the service's own likewise", async () => {
		const keys = 'aws_access_key_id=AKIA\naws_secret_access_key=s\n';
		const role = (partition: string) => `role_arn=arn:${partition}:iam::111122223333:role/r\nsource_profile=base\n`;
		await home.config(
			[
				`[default]\nendpoint_url = http://127.0.0.1:9\n[profile base]\n${keys}[profile cn]\n${role('aws-cn')}[profile gov]\n${role('aws-us-gov')}`,
				`[profile own]\n${role('aws')}region=eu-south-1\n[profile sso]\nsso_region=eu-west-1\nsso_start_url=https://x\nsso_account_id=1\nsso_role_name=r\n`,
			].join(''),
		);
		const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
		// sha1 of `https://x`
		await home.write(
			'.aws/sso/cache/98383e6608d65e46b24bbd92582bc8d916605a21.json',
			JSON.stringify({ accessToken: 't', expiresAt }),
		);
		const list = (profile: string) =>
			hostsOf((provider) => provider.list({ service: 'ec2', profile, region: 'eu-west-1' }, never));
		assert.deepEqual(await list('cn'), ['sts.cn-north-1.amazonaws.com.cn']);
		assert.deepEqual(await list('gov'), ['sts.us-gov-west-1.amazonaws.com']);
		assert.deepEqual(await list('own'), ['sts.eu-south-1.amazonaws.com']);
		assert.deepEqual(await list('sso'), ['portal.sso.eu-west-1.amazonaws.com']);
	});
});
