import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import type { createProviders } from '../../../../src/providers/aws/bundle';
import type { KeyPairProvider } from '../../../../src/providers/contract';
import { failureOf } from '../failing';
import { type AwsCloud, signingKey, startAwsCloud } from './awsCloud';

const never = new AbortController().signal;
const list = (provider: KeyPairProvider, profile: string) =>
	provider.list({ service: 'ec2', profile, region: 'eu-west-1' }, never);

/** Credentials from elsewhere, whichever build gets them; `build` is asked for when the tests run. */
export function describeExternalCredentials(title: string, build: () => typeof createProviders): void {
	describe(title, function () {
		this.timeout(20_000);
		let cloud: AwsCloud;
		let provider: KeyPairProvider;

		beforeEach(async () => {
			cloud = await startAwsCloud(build());
			provider = cloud.provider();
		});
		afterEach(() => cloud.close());

		describe('from a credential_process', () => {
			/** Lets the profile's process be a script of Node. */
			const run = async (script: string) => {
				const path = await cloud.home.write('helper dir/credentials.js', script);
				await cloud.home.config(
					`[profile dev]\ncredential_process = "${process.execPath}" "${path}" --password hunter2\n`,
				);
				provider.forget();
			};
			const output = (expiresInSeconds?: number) => {
				const { id, secret, session } = cloud.account.startSession(cloud.account.addRole('p'), 'me', 3600);
				const expiration =
					expiresInSeconds === undefined ? undefined : new Date(Date.now() + expiresInSeconds * 1000).toISOString();
				return JSON.stringify({
					Version: 1,
					AccessKeyId: id,
					SecretAccessKey: secret,
					SessionToken: session.token,
					Expiration: expiration,
				});
			};

			it('are what it prints', async () => {
				await run(`console.log(${JSON.stringify(output(3600))})`);
				assert.match(await signingKey(cloud, provider, 'dev'), /^ASIA/);
			});

			it('are asked for again once they have expired', async () => {
				const { Expiration, ...rest } = JSON.parse(output(3600));
				assert.ok(Expiration);
				await run(
					`require('node:fs').appendFileSync(__filename + '.log', '.');
				const credentials = ${JSON.stringify(rest)};
				console.log(JSON.stringify({ ...credentials, Expiration: new Date(Date.now() + 1500) }));`,
				);
				const calls = () => readFile(`${cloud.home.folder}/helper dir/credentials.js.log`, 'utf8');
				await list(provider, 'dev');
				await list(provider, 'dev');
				assert.equal(await calls(), '.');
				await new Promise((resolve) => setTimeout(resolve, 1600));
				await list(provider, 'dev');
				assert.equal(await calls(), '..');
			});

			it('say that it failed, and never with which command or what it printed', async () => {
				const scripts = {
					'process.stderr.write("hunter2 is wrong");process.exit(1)': undefined,
					'console.log("hunter2")': 'credential_process returned invalid JSON',
					'console.log(\'{"Version":2}\')': 'credential_process did not return Version 1',
					'console.log(\'{"Version":1,"AccessKeyId":"AKIAHUNTER2"}\')':
						'credential_process returned invalid credentials',
					[`console.log(${JSON.stringify(output(-60))})`]: 'credential_process returned expired credentials',
				};
				for (const [script, detail] of Object.entries(scripts)) {
					await run(script);
					const failure = await failureOf(list(provider, 'dev'));
					assert.equal(failure.kind, 'processFailed', script);
					assert.equal(failure.detail, detail);
					assert.doesNotMatch(JSON.stringify(failure), /hunter2|helper dir/i);
				}
				assert.doesNotMatch(cloud.lines.join('\n'), /hunter2|helper dir/i);
			});
		});

		describe('for a web identity', () => {
			const token = (expiresInSeconds: number) => {
				const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
				const exp = Math.floor(Date.now() / 1000) + expiresInSeconds;
				return `${part({ alg: 'RS256' })}.${part({ sub: 'ci', exp })}.c2lnbmF0dXJl`;
			};

			it('are a session of the role that trusts it', async () => {
				const good = token(600);
				const expired = token(-600);
				const { arn } = cloud.account.addRole('ci', { webIdentityTokens: [good, expired] });
				const file = await cloud.home.write('token', good);
				await cloud.home.config(
					`[profile dev]\nrole_arn=${arn}\nweb_identity_token_file=${file}\nregion=eu-west-2\nrole_session_name=ci\n`,
				);
				assert.match(await signingKey(cloud, provider, 'dev'), /^ASIA/);
				const [request] = cloud.emulator.requests.all({ operation: 'AssumeRoleWithWebIdentity' });
				assert.equal(request?.parameters.RoleSessionName, 'ci');
				for (const [text, kind] of [
					[expired, 'signInExpired'],
					[token(601), 'credentialsRejected'],
				] as const) {
					await cloud.home.write('token', text);
					provider.forget('dev');
					const failure = await failureOf(list(provider, 'dev'));
					assert.equal(failure.kind, kind);
					assert.ok(!JSON.stringify(failure).includes(text));
				}
			});

			it('say that the token file is not there', async () => {
				const role_arn = 'arn:aws:iam::111122223333:role/ci';
				await cloud.home.config(
					`[profile dev]\nrole_arn=${role_arn}\nweb_identity_token_file=${cloud.home.folder}/none\n`,
				);
				const failure = await failureOf(list(provider, 'dev'));
				assert.deepEqual([failure.kind, failure.code], ['credentialsMissing', 'ENOENT']);
			});

			it('are those of the environment where it names a token file', async () => {
				const good = token(600);
				const { arn } = cloud.account.addRole('ci', { webIdentityTokens: [good] });
				const file = await cloud.home.write('token', good);
				cloud.home.set({ AWS_WEB_IDENTITY_TOKEN_FILE: file, AWS_ROLE_ARN: arn });
				assert.match(await signingKey(cloud, provider, '(environment)'), /^ASIA/);
			});
		});
	});
}
