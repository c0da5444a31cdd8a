import assert from 'node:assert/strict';
import { ECSRAMRoleCredentialsProvider, URICredentialsProvider } from '@alicloud/credentials';
import CloudSSOCredentialsProvider from '@alicloud/credentials/dist/src/providers/cloud_sso';
import OAuthCredentialsProvider from '@alicloud/credentials/dist/src/providers/oauth';
import { sendingTo } from './alibabaLibrary';
import { ens, useAlibaba } from './alibabaSupport';

describe('emulated sign-ins of Alibaba Cloud, used by @alicloud/credentials', () => {
	let skewMs = 0;
	const fixture = useAlibaba({}, { now: () => Date.now() + skewMs });
	afterEach(() => {
		skewMs = 0;
	});

	/** Asserts that ENS honours the credentials. */
	async function areHonoured(given: { accessKeyId: string; accessKeySecret: string; securityToken: string }) {
		const key = { id: given.accessKeyId, secret: given.accessKeySecret, session: { token: given.securityToken } };
		await fixture().call({ ...ens, action: 'DescribeKeyPairs' }, {}, { key });
	}

	const operations = () =>
		fixture()
			.emulator.requests.all()
			.map(({ operation, status }) => [operation, status]);

	describe('the metadata service', () => {
		const provider = (name = '', disableV1 = false) => {
			const builder = ECSRAMRoleCredentialsProvider.builder().withRoleName(name).withDisableIMDSv1(disableV1);
			return sendingTo(fixture().emulator.url, builder.build());
		};

		it('gives the credentials of the instance’s role to who has a token', async () => {
			const { account, emulator } = fixture();
			emulator.alibaba.metadata.role = account.addRole('Instance');
			emulator.alibaba.metadata.requiresToken = true;
			await areHonoured(await provider().getCredentials());
			assert.deepEqual(operations().slice(0, 4), [
				['GetToken', 200],
				['GetRoleName', 200],
				['GetToken', 200],
				['GetRoleCredentials', 200],
			]);
			await areHonoured(await provider('Instance', true).getCredentials());
		});

		it('gives them without a token, as long as none is demanded', async () => {
			const { account, emulator } = fixture();
			const { metadata } = emulator.alibaba;
			metadata.role = account.addRole('Instance');
			const url = `${emulator.url}/latest/meta-data/ram/security-credentials/Instance`;
			const { Code, AccessKeyId } = Object(await (await fetch(url)).json());
			assert.deepEqual([Code, AccessKeyId.slice(0, 4)], ['Success', 'STS.']);
			metadata.requiresToken = true;
			assert.equal((await fetch(url)).status, 403);
			metadata.requiresToken = false;
			const headers = { 'x-aliyun-ecs-metadata-token': 'unknown' };
			assert.equal((await fetch(url, { headers })).status, 403);
		});

		it('ends tokens after the time they were made for', async () => {
			const { account, emulator } = fixture();
			emulator.alibaba.metadata.role = account.addRole('Instance');
			const token = await (
				await fetch(`${emulator.url}/latest/api/token`, {
					method: 'PUT',
					headers: { 'x-aliyun-ecs-metadata-token-ttl-seconds': '60' },
				})
			).text();
			const status = async () => {
				const headers = { 'x-aliyun-ecs-metadata-token': token };
				return (await fetch(`${emulator.url}/latest/meta-data/ram/security-credentials/`, { headers })).status;
			};
			assert.equal(await status(), 200);
			skewMs = 60_001;
			assert.equal(await status(), 403);
		});

		it('has nothing for an instance without a role, or for another role', async () => {
			await assert.rejects(provider().getCredentials(), /404/);
			fixture().emulator.alibaba.metadata.role = fixture().account.addRole('Instance');
			await assert.rejects(provider('Other').getCredentials(), /404/);
		});
	});

	it('gives credentials at a credentials URI', async () => {
		const { account, emulator } = fixture();
		const { arn } = account.addRole('Deploy');
		const uri = `${emulator.url}/_alibaba/credentials?role=${encodeURIComponent(arn)}`;
		const provider = (credentialsUri: string) =>
			URICredentialsProvider.builder().withCredentialsURI(credentialsUri).build();
		await areHonoured(await provider(uri).getCredentials());
		await assert.rejects(provider(`${uri}-not`).getCredentials(), /EntityNotExist\.Role/);
	});

	describe('OAuth', () => {
		const clientId = '4071151845732613353';
		const provider = (signIn: { accessToken: string; refreshToken: string; accessTokenExpire: number }) => {
			const refreshed: string[] = [];
			const built = OAuthCredentialsProvider.builder()
				.withSignInUrl(fixture().emulator.url)
				.withClientId(clientId)
				.withAccessToken(signIn.accessToken)
				.withRefreshToken(signIn.refreshToken)
				.withAccessTokenExpire(signIn.accessTokenExpire)
				.withTokenUpdateCallback((refreshToken, accessToken) => {
					refreshed.push(refreshToken, accessToken);
				})
				.build();
			return { built, refreshed };
		};
		const signIn = (seconds?: number) => {
			const { account, emulator } = fixture();
			return emulator.alibaba.oauth.signIn(account.addRole('Person'), clientId, seconds);
		};

		it('exchanges an access token for credentials', async () => {
			const { built } = provider(signIn());
			await areHonoured(await built.getCredentials());
			assert.deepEqual(operations()[0], ['Exchange', 200]);
		});

		it('renews the access token with the refresh token, which works once', async () => {
			const old = signIn(600);
			const { built, refreshed } = provider(old);
			await areHonoured(await built.getCredentials());
			assert.deepEqual(operations().slice(0, 2), [
				['RefreshToken', 200],
				['Exchange', 200],
			]);
			assert.ok(!refreshed.includes(old.refreshToken) && !refreshed.includes(old.accessToken));
			await assert.rejects(provider(old).built.getCredentials(), /status code: 400/);
		});

		it('refuses an access token that has expired', async () => {
			const { accessToken } = signIn();
			skewMs = 3_601_000;
			const headers = { authorization: `Bearer ${accessToken}` };
			const reply = await fetch(`${fixture().emulator.url}/v1/exchange`, { method: 'POST', headers });
			assert.deepEqual([reply.status, await reply.json()], [401, { error: 'invalid_token' }]);
		});
	});

	describe('CloudSSO', () => {
		const accessConfiguration = 'ac-00example';
		const signIn = () => {
			const { account, emulator } = fixture();
			return emulator.alibaba.cloudSso.signIn([{ accessConfiguration, role: account.addRole('Person') }]);
		};
		const exchange = async (accessToken: string, body: object) => {
			const reply = await fetch(`${fixture().emulator.url}/cloud-credentials`, {
				method: 'POST',
				headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
				body: JSON.stringify(body),
			});
			return { status: reply.status, body: Object(await reply.json()) };
		};
		const wanted = { AccountId: '1234567890123456', AccessConfigurationId: accessConfiguration };

		it('exchanges an access token for credentials of an assigned configuration', async () => {
			const { status, body } = await exchange(signIn().accessToken, wanted);
			const { AccessKeyId, AccessKeySecret, SecurityToken } = body.CloudCredential;
			assert.equal(status, 200);
			await areHonoured({
				accessKeyId: AccessKeyId,
				accessKeySecret: AccessKeySecret,
				securityToken: SecurityToken,
			});
		});

		it('has nothing for @alicloud/credentials 2.4.7, whose request leaves account and configuration out', async () => {
			const { accessToken, accessTokenExpire } = signIn();
			const library = CloudSSOCredentialsProvider.builder()
				.withSignInUrl(fixture().emulator.url)
				.withAccountId(wanted.AccountId)
				.withAccessConfig(wanted.AccessConfigurationId)
				.withAccessToken(accessToken)
				.withAccessTokenExpire(accessTokenExpire)
				.build();
			await assert.rejects(library.getCredentials(), /NoPermission/);
			assert.equal(fixture().emulator.requests.all({ service: 'cloudsso' })[0]?.body, '');
		});

		it('refuses other accounts and configurations', async () => {
			const { accessToken } = signIn();
			for (const other of [{ AccountId: '1234567890123457' }, { AccessConfigurationId: 'ac-other' }]) {
				const { status, body } = await exchange(accessToken, { ...wanted, ...other });
				assert.deepEqual([status, body.ErrorCode], [403, 'NoPermission']);
			}
		});

		it('refuses tokens that are unknown, expired or signed out', async () => {
			const { accessToken } = signIn();
			const { accessToken: signedOut } = signIn();
			fixture().emulator.alibaba.cloudSso.signOut(signedOut);
			for (const token of ['unknown', signedOut]) {
				assert.equal((await exchange(token, wanted)).status, 401);
			}
			skewMs = 8 * 3_600_000 + 1000;
			const { status, body } = await exchange(accessToken, wanted);
			assert.deepEqual([status, body.ErrorCode], [401, 'InvalidAccessToken']);
		});
	});
});
