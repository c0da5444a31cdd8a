import assert from 'node:assert/strict';
import { join } from 'node:path';
import { readProfiles } from '../../../../src/providers/alibaba/configuration/profiles';
import { alibaba } from '../../../../src/providers/alibaba/manifest';
import { CredentialScene, failureOf } from './credentialScene';

describe('The profiles of Alibaba Cloud', () => {
	let scene: CredentialScene;
	beforeEach(async () => {
		scene = await CredentialScene.start();
	});
	afterEach(() => scene.close());

	const list = () => readProfiles(scene.environment);
	const brief = async () =>
		Object.fromEntries(
			(await list()).map(({ name, kind, problem, mode }) => [name, [kind, problem, mode].filter(Boolean)]),
		);
	const key = { access_key_id: 'LTAI', access_key_secret: 'secret' };
	const role = { ram_role_arn: 'acs:ram::1:role/x', ram_session_name: 'mel' };

	it('are none in an empty home', async () => {
		assert.deepEqual(await list(), []);
	});

	it("are the CLI's, of every mode, with the region and the file", async () => {
		await scene.writeProfiles(
			{ name: 'ak', mode: 'AK', ...key, region_id: 'cn-hangzhou' },
			{ name: 'sts', mode: 'StsToken', ...key, sts_token: 'token' },
			{ name: 'role', mode: 'RamRoleArn', ...key, ...role },
			{ name: 'chain', mode: 'ChainableRamRoleArn', ...role, source_profile: 'sso' },
			{ name: 'machine', mode: 'EcsRamRole' },
			{ name: 'machineRole', mode: 'RamRoleArnWithRoleName', ...role },
			{ name: 'oidc', mode: 'OIDC', ...role, oidc_provider_arn: 'a', oidc_token_file: 'b' },
			{ name: 'external', mode: 'External', process_command: 'keys' },
			{ name: 'sso', mode: 'CloudSSO', cloud_sso_sign_in_url: 'https://signin.example.com' },
			{ name: 'oauth', mode: 'OAuth', oauth_site_type: 'INTL' },
			{ name: 'uri', mode: 'CredentialsURI', credentials_uri: 'http://localhost' },
			{ name: 'rsa', mode: 'RsaKeyPair', private_key: 'a', key_pair_name: 'b' },
			{ name: 'bearer', mode: 'BearerToken', bearer_token: 'a' },
			{ name: 'anonymous', mode: 'Anonymous' },
			{ name: 'future', mode: 'Telepathy' },
		);
		assert.deepEqual(await brief(), {
			ak: ['static'],
			sts: ['session'],
			role: ['assumedRole'],
			chain: ['assumedRole'],
			machine: ['instanceRole'],
			machineRole: ['assumedRole'],
			oidc: ['webIdentity'],
			external: ['process'],
			sso: ['sso'],
			oauth: ['login'],
			uri: ['credentialsUri'],
			rsa: ['broken', 'modeNotSupported', 'RsaKeyPair'],
			bearer: ['broken', 'modeNotSupported', 'BearerToken'],
			anonymous: ['broken', 'modeNotSupported', 'Anonymous'],
			future: ['broken', 'modeNotSupported', 'Telepathy'],
		});
		const [first] = await list();
		assert.deepEqual(first, {
			vendor: 'alibaba',
			name: 'ak',
			region: 'cn-hangzhou',
			source: scene.configFile,
			kind: 'static',
		});
	});

	it('are broken when their section lacks what the mode needs, or leads nowhere', async () => {
		const modes = ['AK', 'StsToken', 'RamRoleArn', 'ChainableRamRoleArn', 'RamRoleArnWithRoleName', 'OIDC', 'External'];
		const more = ['CloudSSO', 'OAuth', 'CredentialsURI', ''];
		await scene.writeProfiles(
			...[...modes, ...more].map((mode) => ({ name: `x${mode}`, mode })),
			{ name: 'half', mode: 'AK', access_key_id: 'LTAI' },
			{ name: 'noToken', mode: 'StsToken', ...key },
			{ name: 'noRole', mode: 'RamRoleArn', ...key },
			{ name: 'lost', mode: 'ChainableRamRoleArn', ...role, source_profile: 'nobody' },
			{ name: 'one', mode: 'ChainableRamRoleArn', ...role, source_profile: 'two' },
			{ name: 'two', mode: 'ChainableRamRoleArn', ...role, source_profile: 'one' },
			{ name: 'onHalf', mode: 'ChainableRamRoleArn', ...role, source_profile: 'half' },
		);
		const { lost, one, two, ...others } = await brief();
		assert.deepEqual(
			[lost, one, two],
			[
				['broken', 'sourceMissing'],
				['broken', 'cycle'],
				['broken', 'cycle'],
			],
		);
		for (const [name, seen] of Object.entries(others)) {
			assert.deepEqual(seen, ['broken', 'nothingUsable'], name);
		}
	});

	it('are those of the credentials file too; of two with one name the CLI counts, unless only the other one can work', async () => {
		const { configFile } = scene;
		await scene.writeProfiles({ name: 'default', mode: 'AK' }, { name: 'both', mode: 'EcsRamRole' });
		const ini = await scene.write(
			'.alibabacloud/credentials',
			[
				'[default]\ntype = access_key\naccess_key_id = a\naccess_key_secret = b\nregion_id = cn-beijing\n',
				'[both]\ntype = access_key\naccess_key_id = a\naccess_key_secret = b\n',
				'[rsa]\ntype = rsa_key_pair\n[none]\nenable = true\n',
			].join(''),
		);
		assert.deepEqual(
			(await list()).map(({ name, kind, source, region, problem, mode }) => [
				name,
				kind,
				source,
				region ?? problem,
				mode,
			]),
			[
				['default', 'static', ini, 'cn-beijing', undefined],
				['both', 'instanceRole', configFile, undefined, undefined],
				['rsa', 'broken', ini, 'modeNotSupported', 'rsa_key_pair'],
				['none', 'broken', ini, 'nothingUsable', undefined],
			],
		);
		await scene.writeProfiles({ name: 'default', mode: 'AK', ...key });
		assert.equal((await list())[0]?.source, configFile);
	});

	it("are the environment's key, or the default chain where the environment asks for what is no profile by itself", async () => {
		scene.variables = {
			ALIBABACLOUD_ACCESS_KEY_ID: 'a',
			ALIBABACLOUD_ACCESS_KEY_SECRET: 'b',
			ALICLOUD_REGION_ID: 'cn-x',
		};
		const base = { vendor: 'alibaba', region: 'cn-x', source: 'environment' };
		assert.deepEqual(await list(), [{ ...base, name: '(environment)', kind: 'environment' }]);
		const asking: readonly Record<string, string>[] = [
			{
				ALIBABA_CLOUD_ROLE_ARN: 'a',
				ALIBABA_CLOUD_OIDC_PROVIDER_ARN: 'b',
				ALIBABA_CLOUD_OIDC_TOKEN_FILE: 'c',
			},
			{ ALIBABA_CLOUD_ECS_METADATA: 'role' },
			{ ALIBABA_CLOUD_CREDENTIALS_URI: 'http://localhost' },
		];
		for (const variables of asking) {
			scene.variables = { ...variables, ALIBABA_CLOUD_REGION_ID: 'cn-x' };
			assert.deepEqual(await list(), [{ ...base, name: '(default chain)', kind: 'defaultChain' }]);
		}
		const silent: readonly Record<string, string>[] = [
			{ ALIBABA_CLOUD_ECS_METADATA: 'role', ALIBABA_CLOUD_ECS_METADATA_DISABLED: 'true' },
			{ ALIBABA_CLOUD_ROLE_ARN: 'a' },
			{ ALIBABA_CLOUD_PROFILE: 'x', ACCESS_KEY_ID: 'a', ACCESS_KEY_SECRET: 'b' },
		];
		for (const variables of silent) {
			scene.variables = variables;
			assert.deepEqual(await list(), []);
		}
	});

	it('are the keys that were entered by hand, which hide a profile of the same name', async () => {
		await scene.writeProfiles({ name: 'mine', mode: 'AK', ...key }, { name: 'other', mode: 'AK', ...key });
		scene.accessKeys = { all: async () => [{ name: 'mine', region: 'cn-beijing' }], get: async () => undefined };
		assert.deepEqual(
			(await list()).map(({ name, kind, source, region }) => [name, kind, source, region]),
			[
				['other', 'static', scene.configFile, undefined],
				['mine', 'saved', 'secretStorage', 'cn-beijing'],
			],
		);
	});

	it('are an error at the line of a file that is broken', async () => {
		const ini = await scene.write('.alibabacloud/credentials', '[default]\ntype = access_key\n[open\nx = S3cr3t\n');
		const failure = await failureOf(list());
		assert.deepEqual(
			[failure.kind, failure.code, failure.file, failure.line],
			['configuration', 'sectionUnclosed', ini, 2],
		);
		await scene.write('.alibabacloud/credentials', 'access_key_secret = S3cr3t\n');
		const second = await failureOf(list());
		assert.deepEqual([second.code, second.line], ['keyBeforeSection', 0]);
		assert.doesNotMatch(JSON.stringify([failure, second]), /S3cr3t/);
	});

	it('hold no secret', async () => {
		await scene.writeProfiles(
			{ name: 'a', mode: 'StsToken', access_key_id: 'S3cr3t', access_key_secret: 'S3cr3t', sts_token: 'S3cr3t' },
			{ name: 'b', mode: 'External', process_command: 'keys S3cr3t' },
			{ name: 'c', mode: 'CloudSSO', cloud_sso_sign_in_url: 'https://S3cr3t', access_token: 'S3cr3t' },
			{ name: 'd', mode: 'BearerToken', bearer_token: 'S3cr3t' },
		);
		assert.doesNotMatch(JSON.stringify(await list()), /S3cr3t/);
	});

	it('are signed in by the CLI, each sign-in by its mode and by the profile that the role starts from', async () => {
		await scene.writeProfiles(
			{ name: 'sso', mode: 'CloudSSO', cloud_sso_sign_in_url: 'https://signin.example.com' },
			{ name: 'web', mode: 'OAuth', oauth_site_type: 'CN' },
			{ name: 'chain', mode: 'ChainableRamRoleArn', ...role, source_profile: 'middle' },
			{ name: 'middle', mode: 'ChainableRamRoleArn', ...role, source_profile: 'web' },
			{ name: 'ak', mode: 'AK', ...key },
			{ name: 'a; rm -rf ~', mode: 'OAuth', oauth_site_type: 'CN' },
			{ name: '-x', mode: 'OAuth', oauth_site_type: 'CN' },
		);
		const commands = (await list()).map((profile) => alibaba.signInCommand(profile)?.join(' '));
		assert.deepEqual(commands, [
			'aliyun configure --profile sso --mode CloudSSO',
			'aliyun configure --profile web --mode OAuth',
			'aliyun configure --profile web --mode OAuth',
			'aliyun configure --profile web --mode OAuth',
			undefined,
			undefined,
			undefined,
		]);
		assert.deepEqual(alibaba.signInFolders(scene.environment), [join(scene.home, '.aliyun')]);
	});

	it('come from two files, one of which a variable moves', () => {
		assert.deepEqual(alibaba.profileFiles(scene.environment), [
			scene.configFile,
			join(scene.home, '.alibabacloud', 'credentials'),
		]);
		scene.variables = { ALIBABA_CLOUD_CREDENTIALS_FILE: '/elsewhere' };
		assert.equal(alibaba.profileFiles(scene.environment)[1], '/elsewhere');
	});

	it('are listed within 150 ms when there are 5,000, also when each is a role of the one before', async () => {
		const many = (entry: (index: number) => object) =>
			scene.writeProfiles(...Array.from({ length: 5000 }, (_, index) => ({ name: `p${index}`, ...entry(index) })));
		const time = async (): Promise<number> => {
			const times: number[] = [];
			for (let run = 0; run < 5; run++) {
				const start = performance.now();
				assert.equal((await list()).length, 5000);
				times.push(performance.now() - start);
			}
			return Math.min(...times);
		};
		await many(() => ({ mode: 'RamRoleArn', ...key, ...role, region_id: 'cn-hangzhou', output_format: 'json' }));
		const flat = await time();
		await many((index) =>
			index === 4999
				? { mode: 'AK', ...key }
				: { mode: 'ChainableRamRoleArn', ...role, source_profile: `p${index + 1}` },
		);
		const chained = await time();
		assert.equal((await list())[0]?.kind, 'assumedRole');
		assert.ok(flat < 150 && chained < 150, `${flat} ms and ${chained} ms`);
	});
});
