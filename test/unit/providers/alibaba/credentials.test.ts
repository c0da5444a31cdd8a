import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { sendRpc } from '../../../../src/providers/alibaba/rpc';
import { noAccessKeys } from '../../../fakes/vendors';
import { CredentialScene, failureOf } from './credentialScene';

describe('The credentials of a profile of Alibaba Cloud', () => {
	let scene: CredentialScene;
	beforeEach(async () => {
		scene = await CredentialScene.start();
	});
	afterEach(() => scene.close());

	const ak = (name: string, more: object = {}) => ({
		name,
		mode: 'AK',
		access_key_id: scene.key.id,
		access_key_secret: scene.key.secret,
		region_id: 'cn-hangzhou',
		...more,
	});
	const user = () => scene.key.principal.arn;
	const session = (role: string, name: string) => `acs:ram::${scene.account.id}:assumed-role/${role}/${name}`;

	it('are its access key (AK), also when the mode is written in lower case; a left-over token is not sent', async () => {
		await scene.writeProfiles(ak('a'), ak('b', { mode: 'ak', sts_token: 'left over' }));
		assert.equal(await scene.callerOf('a'), user());
		assert.equal(await scene.callerOf('b'), user());
	});

	it('are its access key where the mode is left out, as the CLI takes it', async () => {
		await scene.writeProfiles(ak('a', { mode: '' }));
		assert.equal(await scene.callerOf('a'), user());
	});

	it('are its temporary key (StsToken)', async () => {
		const role = scene.account.addRole('temporary');
		const { id, secret, session: issued } = scene.account.startSession(role, 'mel', 3600);
		await scene.writeProfiles(
			ak('t', { mode: 'StsToken', access_key_id: id, access_key_secret: secret, sts_token: issued?.token }),
		);
		assert.equal(await scene.callerOf('t'), session('temporary', 'mel'));
	});

	it('are those of its role (RamRoleArn), with ExternalId, session name and duration', async () => {
		const { arn } = scene.account.addRole('deploy', { externalId: 'x-1', maxSessionSeconds: 7200 });
		await scene.writeProfiles(
			ak('r', {
				mode: 'RamRoleArn',
				ram_role_arn: arn,
				ram_session_name: 'mel',
				external_id: 'x-1',
				expired_seconds: 5400,
			}),
		);
		assert.equal(await scene.callerOf('r'), session('deploy', 'mel'));
		const [request] = scene.emulator.requests.all({ operation: 'AssumeRole' });
		assert.deepEqual(request?.parameters, {
			RoleArn: arn,
			RoleSessionName: 'mel',
			ExternalId: 'x-1',
			DurationSeconds: '5400',
		});
	});

	it('are those of a role that a temporary key assumes (RamRoleArn with sts_token)', async () => {
		const { id, secret, session: issued } = scene.account.startSession(scene.account.addRole('first'), 'me', 3600);
		const { arn } = scene.account.addRole('second');
		await scene.writeProfiles(
			ak('r', {
				mode: 'RamRoleArn',
				access_key_id: id,
				access_key_secret: secret,
				sts_token: issued?.token,
				ram_role_arn: arn,
			}),
		);
		assert.equal(await scene.callerOf('r'), session('second', 'cloud-key-pairs'));
	});

	it('are those of a chain of roles (ChainableRamRoleArn), each with its ExternalId; a source is asked once', async () => {
		const first = scene.account.addRole('first', { externalId: 'one' });
		const second = scene.account.addRole('second', { externalId: 'two' });
		const third = scene.account.addRole('third');
		const chained = (name: string, arn: string, source: string, external = '') => ({
			name,
			mode: 'ChainableRamRoleArn',
			ram_role_arn: arn,
			ram_session_name: name,
			source_profile: source,
			external_id: external,
		});
		await scene.writeProfiles(
			chained('cc', third.arn, 'bb'),
			chained('bb', second.arn, 'aa', 'two'),
			ak('aa', { mode: 'RamRoleArn', ram_role_arn: first.arn, ram_session_name: 'aa', external_id: 'one' }),
		);
		const credentials = scene.credentials();
		assert.equal(await scene.caller(await credentials.get('cc')), session('third', 'cc'));
		assert.equal(await scene.caller(await credentials.get('bb')), session('second', 'bb'));
		assert.equal(scene.emulator.requests.count({ operation: 'AssumeRole' }), 3);
	});

	it('are those of the role of the machine (EcsRamRole), by its name and without, with a token of the metadata service', async () => {
		scene.emulator.alibaba.metadata.role = scene.account.addRole('machine');
		scene.emulator.alibaba.metadata.requiresToken = true;
		await scene.writeProfiles(
			{ name: 'named', mode: 'EcsRamRole', ram_role_name: 'machine' },
			{ name: 'any', mode: 'EcsRamRole' },
		);
		assert.match(await scene.callerOf('named'), /:assumed-role\/machine\//);
		assert.match(await scene.callerOf('any'), /:assumed-role\/machine\//);
	});

	it('are those of a role that the machine assumes (RamRoleArnWithRoleName)', async () => {
		scene.emulator.alibaba.metadata.role = scene.account.addRole('machine');
		const { arn } = scene.account.addRole('deploy');
		await scene.writeProfiles({
			name: 'm',
			mode: 'RamRoleArnWithRoleName',
			ram_role_name: 'machine',
			ram_role_arn: arn,
			ram_session_name: 'mel',
		});
		assert.equal(await scene.callerOf('m'), session('deploy', 'mel'));
	});

	it('are those of a role for an OpenID Connect token (OIDC), which is not in the URL', async () => {
		const providerArn = `acs:ram::${scene.account.id}:oidc-provider/idp`;
		const token = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJtZWwifQ.c2lnbmF0dXJl';
		const { arn } = scene.account.addRole('pod', { oidc: { providerArn, tokens: [token] } });
		const file = await scene.write('token', `${token}\n`);
		await scene.writeProfiles({
			name: 'o',
			mode: 'OIDC',
			oidc_provider_arn: providerArn,
			oidc_token_file: file,
			ram_role_arn: arn,
			ram_session_name: 'mel',
			expired_seconds: 1800,
		});
		assert.equal(await scene.callerOf('o'), session('pod', 'mel'));
		const [request] = scene.emulator.requests.all({ operation: 'AssumeRoleWithOIDC' });
		assert.match(request?.body ?? '', /OIDCToken=eyJ/);
		assert.equal(request?.parameters['DurationSeconds'], '1800');
	});

	it('are what a URL answers (CredentialsURI)', async () => {
		const { arn } = scene.account.addRole('uri');
		const uri = `${scene.emulator.url}/_alibaba/credentials?role=${encodeURIComponent(arn)}`;
		await scene.writeProfiles({ name: 'u', mode: 'CredentialsURI', credentials_uri: uri });
		assert.match(await scene.callerOf('u'), /:assumed-role\/uri\//);
	});

	it('are those of a CloudSSO sign-in', async () => {
		const role = scene.account.addRole('sso');
		const { accessToken, accessTokenExpire } = scene.emulator.alibaba.cloudSso.signIn([
			{ accessConfiguration: 'ac-1', role },
		]);
		await scene.writeProfiles({
			name: 's',
			mode: 'CloudSSO',
			cloud_sso_sign_in_url: `${scene.emulator.url}/start`,
			cloud_sso_account_id: scene.account.id,
			cloud_sso_access_config: 'ac-1',
			access_token: accessToken,
			cloud_sso_access_token_expire: accessTokenExpire,
		});
		assert.match(await scene.callerOf('s'), /:assumed-role\/sso\//);
	});

	it('are those of the credentials file, by every type that the SDKs know between them', async () => {
		const role = scene.account.addRole('temporary');
		const temporary = scene.account.startSession(role, 'mel', 3600);
		const { arn } = scene.account.addRole('deploy', { externalId: 'x' });
		scene.emulator.alibaba.metadata.role = scene.account.addRole('machine');
		const uri = `${scene.emulator.url}/_alibaba/credentials?role=${encodeURIComponent(role.arn)}`;
		const keys = `access_key_id = ${scene.key.id}\naccess_key_secret = ${scene.key.secret}\n`;
		const file = await scene.write(
			'elsewhere',
			[
				`# comment\n[default]\ntype = access_key\n${keys}`,
				`[temporary]\ntype = sts\naccess_key_id = ${temporary.id}\naccess_key_secret = "${temporary.secret}"\n`,
				`security_token = ${temporary.session?.token}\n`,
				`[role]\ntype = ram_role_arn\n${keys}role_arn = ${arn}\nrole_session_name = mel\nexternal_id = x\n`,
				`[machine]\ntype = ecs_ram_role\nrole_name = machine ; the only one\n`,
				`[uri]\ntype = credentials_uri\ncredentials_uri = ${uri}\n`,
			].join(''),
		);
		scene.variables['ALIBABA_CLOUD_CREDENTIALS_FILE'] = file;
		assert.equal(await scene.callerOf('default'), user());
		assert.equal(await scene.callerOf('temporary'), session('temporary', 'mel'));
		assert.equal(await scene.callerOf('role'), session('deploy', 'mel'));
		assert.match(await scene.callerOf('machine'), /:assumed-role\/machine\//);
		assert.match(await scene.callerOf('uri'), /:assumed-role\/temporary\//);
	});

	it('are those of the environment variables, under each prefix, but never halves of two', async () => {
		const { id, secret } = scene.key;
		for (const prefix of ['ALIBABA_CLOUD_', 'ALIBABACLOUD_', 'ALICLOUD_']) {
			scene.variables = { [`${prefix}ACCESS_KEY_ID`]: id, [`${prefix}ACCESS_KEY_SECRET`]: secret };
			assert.equal(await scene.callerOf('(environment)'), user());
		}
		scene.variables = { ALIBABA_CLOUD_ACCESS_KEY_ID: id, ALICLOUD_ACCESS_KEY_SECRET: secret };
		assert.equal((await failureOf(scene.credentials().get('(environment)'))).kind, 'credentialsMissing');
	});

	it('are, for the default chain, the first that there are', async () => {
		const providerArn = `acs:ram::${scene.account.id}:oidc-provider/idp`;
		const { arn } = scene.account.addRole('pod', { oidc: { providerArn, tokens: ['a.b.c'] } });
		scene.variables = {
			ALIBABA_CLOUD_ROLE_ARN: arn,
			ALIBABA_CLOUD_OIDC_PROVIDER_ARN: providerArn,
			ALIBABA_CLOUD_OIDC_TOKEN_FILE: await scene.write('token', 'a.b.c'),
		};
		await scene.writeProfiles(ak('current'));
		assert.equal(await scene.callerOf('(default chain)'), session('pod', 'cloud-key-pairs'));
		await scene.write('token', 'no longer good');
		assert.equal(await scene.callerOf('(default chain)'), user());
		scene.variables['ALIBABA_CLOUD_CLI_PROFILE_DISABLED'] = 'true';
		scene.variables['ALIBABA_CLOUD_ECS_METADATA_DISABLED'] = 'true';
		const failure = await failureOf(scene.credentials().get('(default chain)'));
		assert.equal(failure.code, 'AuthenticationFail.OIDCToken.Invalid');
	});

	it('are a key that was entered by hand, before those of a file; other profiles of the file still start from the latter', async () => {
		const { id, secret } = scene.account.addAccessKey({ user: 'hand' });
		scene.accessKeys = {
			all: async () => [{ name: 'mine', region: 'cn-beijing' }],
			get: async (_, name) => (name === 'mine' ? { id, secret } : undefined),
		};
		const { arn } = scene.account.addRole('deploy', { trusts: [user()] });
		const role = { mode: 'ChainableRamRoleArn', ram_role_arn: arn, ram_session_name: 'mel' };
		await scene.writeProfiles(ak('mine'), { name: 'role', ...role, source_profile: 'mine' });
		const credentials = scene.credentials();
		assert.equal(await scene.caller(await credentials.get('role')), session('deploy', 'mel'));
		assert.match(await scene.caller(await credentials.get('mine')), /:user\/hand$/);
		assert.deepEqual(await credentials.profileSettings('mine'), { region: 'cn-beijing' });
		scene.accessKeys = noAccessKeys;
		assert.equal(await scene.callerOf('mine'), user());
	});

	it('are got once for all who ask at the same time, and again when they are forgotten or about to expire', async () => {
		const { arn } = scene.account.addRole('deploy');
		await scene.writeProfiles(ak('r', { mode: 'RamRoleArn', ram_role_arn: arn, expired_seconds: 900 }));
		const credentials = scene.credentials();
		const assumed = () => scene.emulator.requests.count({ operation: 'AssumeRole' });
		const [one, two] = await Promise.all([credentials.get('r'), credentials.get('r')]);
		assert.equal(one, two);
		assert.equal(await credentials.get('r'), one);
		assert.equal(assumed(), 1);
		credentials.forget('other');
		assert.equal(await credentials.get('r'), one);
		credentials.forget('r');
		assert.notEqual(await credentials.get('r'), one);
		assert.equal(assumed(), 2);
		const { now } = Date;
		Date.now = () => now() + 11 * 60_000;
		try {
			await credentials.get('r');
		} finally {
			Date.now = now;
		}
		assert.equal(assumed(), 3);
	});

	it('follow the file after it has changed and they were forgotten', async () => {
		await scene.writeProfiles(ak('a'));
		const credentials = scene.credentials();
		await credentials.get('a');
		const { id, secret } = scene.account.addAccessKey({ user: 'other' });
		await scene.writeProfiles(ak('a', { access_key_id: id, access_key_secret: secret }));
		assert.equal(await scene.caller(await credentials.get('a')), user());
		credentials.forget();
		assert.match(await scene.caller(await credentials.get('a')), /:user\/other$/);
	});

	it('come with the region, endpoint, endpoint type and site that the profile names', async () => {
		await scene.writeProfiles(
			ak('a', {
				endpoint: 'ecs.example.com',
				endpoint_type: 'vpc',
				site: 'international',
				region_id: 'ap-southeast-1',
			}),
			{ name: 'bare' },
		);
		const credentials = scene.credentials();
		assert.deepEqual(await credentials.profileSettings('a'), {
			region: 'ap-southeast-1',
			endpoint: 'ecs.example.com',
			endpointType: 'vpc',
			site: 'international',
		});
		assert.deepEqual(await credentials.profileSettings('bare'), {});
		assert.deepEqual(await credentials.profileSettings('nobody'), {});
		scene.variables = { ALICLOUD_REGION_ID: 'cn-beijing' };
		assert.deepEqual(await scene.credentials().profileSettings('(environment)'), { region: 'cn-beijing' });
	});

	it('are not looked for where a profile leads back to itself or to none, before any call', async () => {
		const chained = (name: string, source: string) => ({
			name,
			mode: 'ChainableRamRoleArn',
			ram_role_arn: 'acs:ram::1:role/x',
			source_profile: source,
		});
		await scene.writeProfiles(
			chained('self', 'self'),
			chained('one', 'two'),
			chained('two', 'three'),
			chained('three', 'one'),
			chained('lost', 'nobody'),
			{ name: 'rsa', mode: 'RsaKeyPair', private_key: 'x', key_pair_name: 'y' },
			chained('onRsa', 'rsa'),
			{ name: 'empty', mode: 'AK', access_key_id: '' },
		);
		const credentials = scene.credentials();
		const told = async (name: string) => {
			const { kind, code, file } = await failureOf(credentials.get(name));
			return [kind, code, file === scene.configFile];
		};
		for (const name of ['self', 'one', 'two', 'three']) {
			assert.deepEqual(await told(name), ['configuration', 'cycle', true]);
		}
		assert.deepEqual(await told('lost'), ['configuration', 'sourceMissing', true]);
		assert.deepEqual(await told('rsa'), ['configuration', 'modeNotSupported', true]);
		assert.deepEqual(await told('onRsa'), ['configuration', 'modeNotSupported', true]);
		assert.deepEqual(await told('empty'), ['credentialsMissing', 'nothingUsable', true]);
		assert.deepEqual(await told('nobody'), ['credentialsMissing', 'nothingUsable', false]);
		assert.equal(scene.emulator.requests.count(), 0);
	});

	it("are asked of the STS that the profile names: its host, or its region's, else the central one", async () => {
		const { arn } = scene.account.addRole('deploy');
		const role = { mode: 'RamRoleArn', ram_role_arn: arn };
		await scene.writeProfiles(
			ak('central', role),
			ak('region', { ...role, sts_region: 'cn-beijing' }),
			ak('host', { ...role, sts_region: 'cn-beijing', sts_endpoint: 'sts-vpc.cn-beijing.aliyuncs.com' }),
			ak('wrong', { ...role, sts_region: 'example.com/?' }),
		);
		const hosts: string[] = [];
		const credentials = scene.credentials('', async (request) => {
			hosts.push(request.endpoint);
			return sendRpc({ ...request, endpoint: scene.emulator.url });
		});
		for (const profile of ['central', 'region', 'host']) {
			await credentials.get(profile);
		}
		assert.deepEqual(hosts, ['sts.aliyuncs.com', 'sts.cn-beijing.aliyuncs.com', 'sts-vpc.cn-beijing.aliyuncs.com']);
		const { kind, detail } = await failureOf(credentials.get('wrong'));
		assert.deepEqual([kind, detail], ['configuration', 'sts_region does not name a host of STS']);
	});

	it('leave config.json as it is, byte by byte, save for OAuth', async () => {
		scene.emulator.alibaba.metadata.role = scene.account.addRole('machine');
		await scene.writeProfiles(ak('a'), { name: 'm', mode: 'EcsRamRole' });
		const before = await readFile(scene.configFile);
		await scene.callerOf('a');
		await scene.callerOf('m');
		assert.deepEqual(await readFile(scene.configFile), before);
	});
});
