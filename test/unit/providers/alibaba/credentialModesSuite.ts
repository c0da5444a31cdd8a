import assert from 'node:assert/strict';
import type { CreateProviders } from './alibabaSubject';
import { CredentialScene } from './credentialScene';

/** The CLI's own id at the Chinese sign-in page. */
export const oauthClientId = '4038181954557748008';

/** Tests that a call is made with the credentials of each mode, and with which requests they are got. Runs in a `describe` of its own. */
export function describeCredentialModes(title: string, create: () => CreateProviders): void {
	describe(title, () => {
		let scene: CredentialScene;
		before(async () => {
			scene = await CredentialScene.start();
			await writeEveryMode(scene);
		});
		after(() => scene.close());

		const requests: Readonly<Record<string, readonly string[]>> = {
			AK: [],
			StsToken: [],
			RamRoleArn: ['AssumeRole'],
			ChainableRamRoleArn: ['AssumeRole', 'AssumeRole'],
			EcsRamRole: ['GetToken', 'GetRoleName', 'GetToken', 'GetRoleCredentials'],
			RamRoleArnWithRoleName: ['GetToken', 'GetRoleCredentials', 'AssumeRole'],
			OIDC: ['AssumeRoleWithOIDC'],
			External: [],
			CredentialsURI: ['GetCredentials'],
			CloudSSO: ['GetCloudCredentials'],
			OAuth: ['RefreshToken', 'Exchange'],
		};
		for (const [mode, before] of Object.entries(requests)) {
			it(`are got: ${mode}`, async () => {
				const { url, requests: log } = scene.emulator;
				const [ecs] = create()({
					environment: scene.environment,
					log: { debug: () => {} },
					mfaCode: () => Promise.reject(new Error('Nobody is there')),
					userAgent: 'cloud-key-pairs/1.2.3',
					settings: () => ({ endpoints: { sts: url, ecs: url } }),
				});
				assert.equal(ecs?.service, 'ecs');
				log.clear();
				const target = { service: 'ecs', profile: mode, region: 'cn-hangzhou' } as const;
				assert.deepEqual(await ecs.list(target, new AbortController().signal), []);
				assert.deepEqual(
					log.all().map(({ operation }) => operation),
					[...before, 'DescribeKeyPairs'],
				);
			});
		}
	});
}

/** Profiles of every mode, each under the mode's name, that work. */
async function writeEveryMode(scene: CredentialScene): Promise<void> {
	const { account, emulator, key } = scene;
	const machine = account.addRole('machine');
	const deploy = account.addRole('deploy');
	const providerArn = `acs:ram::${account.id}:oidc-provider/idp`;
	const pod = account.addRole('pod', { oidc: { providerArn, tokens: ['a.b.c'] } });
	emulator.alibaba.metadata.role = machine;
	const temporary = account.startSession(machine, 'mel', 3600);
	const cloudSso = emulator.alibaba.cloudSso.signIn([{ accessConfiguration: 'ac-1', role: deploy }]);
	const oauth = emulator.alibaba.oauth.signIn(deploy, oauthClientId, 30);
	const printed = JSON.stringify({ mode: 'AK', access_key_id: key.id, access_key_secret: key.secret });
	const script = await scene.write('keys.js', `console.log(${JSON.stringify(printed)})`);
	const keys = { access_key_id: key.id, access_key_secret: key.secret };
	const role = { ram_role_arn: deploy.arn, ram_session_name: 'mel' };
	const modes: Readonly<Record<string, object>> = {
		AK: keys,
		StsToken: {
			access_key_id: temporary.id,
			access_key_secret: temporary.secret,
			sts_token: temporary.session?.token,
		},
		RamRoleArn: { ...keys, ...role },
		ChainableRamRoleArn: { ...role, source_profile: 'RamRoleArn' },
		EcsRamRole: {},
		RamRoleArnWithRoleName: { ...role, ram_role_name: 'machine' },
		OIDC: {
			oidc_provider_arn: providerArn,
			oidc_token_file: await scene.write('token', 'a.b.c'),
			ram_role_arn: pod.arn,
		},
		External: { process_command: `"${process.execPath}" "${script}"` },
		CredentialsURI: {
			credentials_uri: `${emulator.url}/_alibaba/credentials?role=${encodeURIComponent(deploy.arn)}`,
		},
		CloudSSO: {
			cloud_sso_sign_in_url: `${emulator.url}/start`,
			cloud_sso_account_id: account.id,
			cloud_sso_access_config: 'ac-1',
			access_token: cloudSso.accessToken,
			cloud_sso_access_token_expire: cloudSso.accessTokenExpire,
		},
		OAuth: {
			oauth_site_type: 'CN',
			oauth_access_token: oauth.accessToken,
			oauth_refresh_token: oauth.refreshToken,
			oauth_access_token_expire: oauth.accessTokenExpire,
		},
	};
	await scene.writeProfiles(...Object.entries(modes).map(([mode, values]) => ({ name: mode, mode, ...values })));
}
