import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { inspect } from 'node:util';
import { createProviders } from '../../../../src/providers/aws/bundle';
import { aws } from '../../../../src/providers/aws/manifest';
import type { KeyPairProvider } from '../../../../src/providers/contract';
import { isProviderError } from '../../../../src/providers/failure';
import { contractKeys } from '../contract';
import { type AwsCloud, startAwsCloud } from './awsCloud';

const never = new AbortController().signal;
const region = 'eu-west-1';

describe('Credentials and key material', () => {
	let cloud: AwsCloud;
	beforeEach(async () => {
		cloud = await startAwsCloud(createProviders);
	});
	afterEach(() => cloud.close());

	it('are in no failure, no log line and no profile, whatever goes wrong', async () => {
		const { id, secret } = cloud.account.addAccessKey();
		const session = cloud.account.startSession(cloud.account.addRole('s'), 'me', 3600);
		const web = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJzZWNyZXQifQ.c2VjcmV0LXNpZ25hdHVyZQ';
		const { privateKey } = generateKeyPairSync('ed25519');
		const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
		const file = await cloud.home.write('token', web);
		const { arn } = cloud.account.addRole('r', { trusts: [], externalId: 'external-secret' });
		await cloud.home.config(
			[
				`[profile role]\nrole_arn=${arn}\nsource_profile=static\nexternal_id=external-secret\n`,
				`[profile web]\nrole_arn=${arn}\nweb_identity_token_file=${file}\n`,
				`[profile process]\ncredential_process = "${process.execPath}" -e "console.log('${secret}');process.exit(1)" ${secret}\n`,
				`[profile text]\ncredential_process = echo ${secret}\n`,
			].join(''),
		);
		await cloud.home.credentials(
			[
				`[static]\naws_access_key_id=${id}\naws_secret_access_key=${secret}\n`,
				`[wrong]\naws_access_key_id=${id}\naws_secret_access_key=${secret}x\n`,
				`[session]\naws_access_key_id=${session.id}\naws_secret_access_key=${session.secret}\naws_session_token=${session.session.token}\n`,
				`[stale]\naws_access_key_id=${session.id}\naws_secret_access_key=${session.secret}\naws_session_token=${session.session.token}x\n`,
			].join(''),
		);
		const providers = Object.values(cloud.providers({ mfaCode: async () => '123456' }));
		const seen: unknown[] = [await aws.profiles(cloud.home.environment)];
		const collect = async (call: Promise<unknown>) => {
			try {
				await call;
			} catch (error) {
				assert.ok(isProviderError(error), String(error));
				seen.push(inspect(error, { depth: 9, showHidden: true }), JSON.stringify(error.failure));
			}
		};
		const profiles = ['static', 'wrong', 'session', 'stale', 'role', 'web', 'process', 'text'];
		const echo = `Value (${id} ${secret} ${session.session.token} ${web} ${pem}) for parameter PublicKeyMaterial is invalid`;
		const effects = [
			undefined,
			{ kind: 'error', code: 'InvalidParameterValue', message: echo },
			{ kind: 'error', code: 'UnauthorizedOperation', status: 403, message: echo },
			{ kind: 'error', code: 'InvalidInputException', message: echo },
			{ kind: 'serverError' },
			{ kind: 'drop' },
			{ kind: 'html', status: 403 },
		] as const;
		for (const effect of effects) {
			cloud.emulator.faults.set(effect ? [{ effect }] : []);
			for (const provider of providers) {
				provider.forget();
				for (const profile of profiles) {
					await collect(attempt(provider, profile, contractKeys.rsa));
					await collect(attempt(provider, profile, pem));
					await collect(provider.regions(profile, AbortSignal.timeout(50)));
				}
			}
		}
		assert.ok(seen.length > 120, `only ${seen.length} failures`);
		const text = [
			...seen.map((entry) => (typeof entry === 'string' ? entry : JSON.stringify(entry))),
			...cloud.lines,
		].join('\n');
		const secrets = [
			id,
			secret,
			session.id,
			session.secret,
			session.session.token,
			web,
			'external-secret',
			contractKeys.rsa.slice(20, 60),
		];
		for (const value of [...secrets, ...pem.split('\n').filter((line) => line.length > 20), 'PRIVATE KEY']) {
			assert.ok(!text.includes(value), `${value.slice(0, 4)}… was given away`);
		}
	}).timeout(60_000);
});

function attempt(provider: KeyPairProvider, profile: string, publicKey: string): Promise<unknown> {
	return provider.import(
		{ service: provider.service, profile, region },
		{ keyName: 'kk', publicKey, tags: {}, dryRun: false },
		never,
	);
}
