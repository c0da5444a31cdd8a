import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
	OIDCRoleArnCredentialsProvider,
	RAMRoleARNCredentialsProvider,
	StaticAKCredentialsProvider,
} from '@alicloud/credentials';
import type { AlibabaRoleOptions } from '../../emulator/alibaba/accounts/roles';
import { sendingTo } from './alibabaLibrary';
import { type AlibabaKey, alibabaRefuses, ens, resourceManager, sts, useAlibaba } from './alibabaSupport';

const roleArn = 'acs:ram::1234567890123456:role/deploy';

/** The key in STS's answer. */
function keyOf(body: Record<string, unknown>): AlibabaKey {
	const { AccessKeyId, AccessKeySecret, SecurityToken } = Object(body['Credentials']);
	return { id: AccessKeyId, secret: AccessKeySecret, session: { token: SecurityToken } };
}

describe('emulated STS of Alibaba Cloud', () => {
	const fixture = useAlibaba();

	function assume(options: AlibabaRoleOptions = {}, query: Record<string, string> = {}, key?: AlibabaKey) {
		const { account, call } = fixture();
		account.addRole('Deploy', options);
		return call(
			{ ...sts, action: 'AssumeRole' },
			{ RoleArn: roleArn, RoleSessionName: 'laptop', ...query },
			key === undefined ? {} : { key },
		);
	}

	it('gives credentials that ENS honours, under the name of the session', async () => {
		const body = await assume();
		assert.equal(Object(body['AssumedRoleUser']).Arn, 'acs:ram::1234567890123456:assumed-role/Deploy/laptop');
		const { Expiration } = Object(body['Credentials']);
		assert.match(Expiration, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
		const lifetime = Date.parse(Expiration) - Date.now();
		assert.ok(lifetime > 3_590_000 && lifetime <= 3_600_000, String(lifetime));
		const key = keyOf(body);
		await fixture().call({ ...ens, action: 'DescribeKeyPairs' }, {}, { key });
		const who = await fixture().call({ ...sts, action: 'GetCallerIdentity' }, {}, { key });
		assert.deepEqual(
			[who['IdentityType'], who['AccountId'], who['Arn']],
			['AssumedRoleUser', '1234567890123456', 'acs:ram::1234567890123456:assumed-role/Deploy/laptop'],
		);
	});

	it('says who a user is', async () => {
		const who = await fixture().call({ ...sts, action: 'GetCallerIdentity' }, {});
		assert.deepEqual([who['IdentityType'], who['Arn']], ['RAMUser', 'acs:ram::1234567890123456:user/mel']);
	});

	it('ends the session after DurationSeconds, within the role’s limits', async () => {
		const { Expiration } = Object(
			(await assume({ maxSessionSeconds: 7200 }, { DurationSeconds: '7200' }))['Credentials'],
		);
		assert.ok(Date.parse(Expiration) - Date.now() > 7_190_000);
		for (const DurationSeconds of ['899', '3601', 'long']) {
			await alibabaRefuses(assume({}, { DurationSeconds }), 'InvalidParameter.DurationSeconds');
		}
	});

	it('refuses malformed session names, policies and ARNs', async () => {
		for (const RoleSessionName of ['x', 'a b', 'a'.repeat(65)]) {
			await alibabaRefuses(assume({}, { RoleSessionName }), 'InvalidParameter.RoleSessionName');
		}
		for (const Policy of ['{', '{}', '{"Version":"1","Statement":[{"Effect":"Maybe","Action":"*"}]}']) {
			await alibabaRefuses(assume({}, { Policy }), 'InvalidParameter.PolicyGrammar');
		}
		await alibabaRefuses(assume({}, { RoleArn: 'arn:aws:iam::1:role/x' }), 'InvalidParameter.RoleArn');
		await alibabaRefuses(assume({}, { RoleArn: '' }), 'MissingParameter');
	});

	it('refuses roles that there are not, and principals that a role does not trust', async () => {
		await alibabaRefuses(assume({}, { RoleArn: `${roleArn}-not` }), 'EntityNotExist.Role', 404);
		await alibabaRefuses(assume({ trusts: ['acs:ram::1234567890123456:user/ann'] }), 'NoPermission', 403);
		await assume({ trusts: ['acs:ram::1234567890123456:user/mel'] });
	});

	it('refuses the account’s own key', async () => {
		const root = fixture().account.addAccessKey({ root: true });
		const { Message } = await alibabaRefuses(assume({}, {}, root), 'NoPermission', 403);
		assert.equal(Message, 'Roles may not be assumed by root accounts.');
	});

	it('refuses users who may not assume roles', async () => {
		const key = fixture().account.addAccessKey({ user: 'ann', deniedActions: ['sts:AssumeRole'] });
		const data = await alibabaRefuses(assume({}, {}, key), 'NoPermission', 403);
		assert.equal(Object(data['AccessDeniedDetail']).AuthAction, 'sts:AssumeRole');
	});

	it('demands the ExternalId of the trust policy', async () => {
		await alibabaRefuses(assume({ externalId: 'x1' }), 'NoPermission', 403);
		await alibabaRefuses(assume({ externalId: 'x1' }, { ExternalId: 'x2' }), 'NoPermission', 403);
		await assume({ externalId: 'x1' }, { ExternalId: 'x1' });
	});

	it('lets a session do no more than the role and the session’s policy allow', async () => {
		const Policy = JSON.stringify({
			Version: '1',
			Statement: [
				{ Effect: 'Allow', Action: 'ens:*', Resource: '*' },
				{ Effect: 'Deny', Action: ['ens:Import*'], Resource: '*' },
			],
		});
		const key = keyOf(await assume({ deniedActions: ['ens:DeleteKeyPairs'] }, { Policy }));
		const callAs = (version: string, action: string) => fixture().call({ version, action }, {}, { key });
		await callAs(ens.version, 'DescribeKeyPairs');
		await alibabaRefuses(callAs(ens.version, 'ImportKeyPair'), 'NoPermission');
		await alibabaRefuses(callAs(ens.version, 'DeleteKeyPairs'), 'NoPermission');
		const data = await alibabaRefuses(callAs(resourceManager.version, 'ListResourceGroups'), 'NoPermission', 403);
		assert.equal(Object(data['AccessDeniedDetail']).NoPermissionType, 'ImplicitDeny');
	});

	it('lets sessions assume further roles', async () => {
		const { account, call } = fixture();
		const first = keyOf(await assume());
		account.addRole('Second', { trusts: ['acs:ram::1234567890123456:assumed-role/Deploy/laptop'] });
		const query = { RoleArn: 'acs:ram::1234567890123456:role/second', RoleSessionName: 'next' };
		await call({ ...sts, action: 'AssumeRole' }, query, { key: first });
		await alibabaRefuses(call({ ...sts, action: 'AssumeRole' }, query), 'NoPermission', 403);
	});

	describe('with signature version 1.0, as @alicloud/credentials signs', () => {
		const providerOf = (accessKeySecret: string) => {
			const { key, emulator } = fixture();
			const base = StaticAKCredentialsProvider.builder()
				.withAccessKeyId(key.id)
				.withAccessKeySecret(accessKeySecret)
				.build();
			const builder = RAMRoleARNCredentialsProvider.builder()
				.withCredentialsProvider(base)
				.withRoleArn(roleArn)
				.withExternalId('é + *');
			return sendingTo(emulator.url, builder.build());
		};

		it('honours the library’s AssumeRole, with an external id', async () => {
			const { account, emulator, key } = fixture();
			account.addRole('Deploy', { externalId: 'é + *' });
			const { accessKeyId, securityToken } = await providerOf(key.secret).getCredentials();
			assert.equal(emulator.alibaba.accounts.sessionKey(securityToken)?.id, accessKeyId);
			const [entry] = emulator.requests.all({ service: 'alibaba-sts', operation: 'AssumeRole' });
			assert.equal(entry?.accessKeyId, key.id);
			const names = Object.keys(entry?.parameters ?? {}).sort();
			assert.deepEqual(names, ['DurationSeconds', 'ExternalId', 'RoleArn', 'RoleSessionName']);
		});

		it('refuses a wrong secret in words from which the library knows it', async () => {
			fixture().account.addRole('Deploy');
			await assert.rejects(providerOf('wrong').getCredentials(), /^Error: the access key secret is invalid$/);
		});
	});

	describe('AssumeRoleWithOIDC', () => {
		const providerArn = 'acs:ram::1234567890123456:oidc-provider/idp';
		const query = { RoleArn: roleArn, OIDCProviderArn: providerArn, RoleSessionName: 'laptop' };
		const tokenOf = (claims: object) => `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.sig`;
		const good = tokenOf({ sub: 'mel', exp: 4_000_000_000 });
		const old = tokenOf({ sub: 'mel', exp: 1_000_000_000 });
		const exchange = (OIDCToken: string, more: Record<string, string> = {}) =>
			fixture().call({ ...sts, action: 'AssumeRoleWithOIDC' }, { ...query, OIDCToken, ...more }, { key: 'none' });

		beforeEach(() => {
			fixture().account.addRole('Deploy', { oidc: { providerArn, tokens: [good, old] } });
		});

		it('gives credentials for a token, without a signature', async () => {
			const body = await exchange(good);
			assert.equal(Object(body['OIDCTokenInfo']).Subject, 'mel');
			await fixture().call({ ...ens, action: 'DescribeKeyPairs' }, {}, { key: keyOf(body) });
		});

		it('refuses tokens and providers that the role does not trust', async () => {
			await alibabaRefuses(exchange('x'), 'AuthenticationFail.OIDCToken.Invalid', 401);
			await alibabaRefuses(exchange(''), 'AuthenticationFail.OIDCToken.Invalid', 401);
			await alibabaRefuses(exchange(old), 'AuthenticationFail.OIDCToken.Expired', 401);
			const OIDCProviderArn = `${providerArn}-2`;
			await alibabaRefuses(exchange(good, { OIDCProviderArn }), 'AuthenticationFail.NoPermission', 401);
		});

		it('honours the library’s request, and keeps the token out of the logged parameters', async () => {
			const { emulator } = fixture();
			const folder = await mkdtemp(join(tmpdir(), 'oidc-'));
			try {
				const oidcTokenFile = join(folder, 'token');
				await writeFile(oidcTokenFile, good);
				const builder = OIDCRoleArnCredentialsProvider.builder()
					.withRoleArn(roleArn)
					.withOIDCProviderArn(providerArn)
					.withOIDCTokenFilePath(oidcTokenFile);
				const { securityToken } = await sendingTo(emulator.url, builder.build()).getCredentials();
				assert.ok(emulator.alibaba.accounts.sessionKey(securityToken));
				assert.ok(!JSON.stringify(emulator.requests.all()[0]?.parameters).includes(good));
			} finally {
				await rm(folder, { recursive: true });
			}
		});
	});
});

describe('emulated Resource Manager', () => {
	const resourceGroups = Array.from({ length: 12 }, (_, index) => ({ name: `team-${index}` }));
	const fixture = useAlibaba({ resourceGroups });

	const list = (query: Record<string, string> = {}) =>
		fixture().call({ ...resourceManager, action: 'ListResourceGroups' }, query);

	it('lists resource groups in pages, the default one first', async () => {
		const first = await list();
		const groups: Record<string, string>[] = Object(first['ResourceGroups']).ResourceGroup;
		assert.deepEqual([first['TotalCount'], groups.length], [13, 10]);
		assert.deepEqual([groups[0]?.['Name'], groups[1]?.['DisplayName']], ['default', 'team-0']);
		assert.match(String(groups[0]?.['Id']), /^rg-/);
		const rest = await list({ PageNumber: '2' });
		assert.equal(Object(rest['ResourceGroups']).ResourceGroup.length, 3);
		assert.equal(Object((await list({ PageSize: '100' }))['ResourceGroups']).ResourceGroup.length, 13);
		await alibabaRefuses(list({ PageSize: '101' }), 'InvalidParameter');
	});

	it('filters by status', async () => {
		fixture().account.resourceGroups.splice(1, 1, { ...group(), status: 'PendingDelete' });
		assert.equal((await list({ Status: 'PendingDelete' }))['TotalCount'], 1);
		assert.equal((await list({ Status: 'OK' }))['TotalCount'], 12);
	});

	function group() {
		const [, first] = fixture().account.resourceGroups;
		assert.ok(first);
		return first;
	}

	it('can be denied', async () => {
		fixture().account.deniedActions.add('resourcemanager:ListResourceGroups');
		await alibabaRefuses(list(), 'NoPermission', 403);
	});
});
