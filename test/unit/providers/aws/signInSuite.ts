import assert from 'node:assert/strict';
import { createHash, generateKeyPairSync } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { createProviders } from '../../../../src/providers/aws/bundle';
import type { KeyPairProvider } from '../../../../src/providers/contract';
import type { SsoTokenFile } from '../../../emulator/sso/identityCenter';
import { failureOf } from '../failing';
import { type AwsCloud, signingKey, startAwsCloud } from './awsCloud';

const never = new AbortController().signal;
const list = (provider: KeyPairProvider, profile: string) =>
	provider.list({ service: 'ec2', profile, region: 'eu-west-1' }, never);

/** Credentials of a profile that is signed in to, whichever build gets them; `build` is asked for when the tests run. */
export function describeSignIn(title: string, build: () => typeof createProviders): void {
	describe(title, function () {
		this.timeout(20_000);
		let cloud: AwsCloud;
		let provider: KeyPairProvider;

		beforeEach(async () => {
			cloud = await startAwsCloud(build());
			provider = cloud.provider();
		});
		afterEach(() => cloud.close());

		describe('through IAM Identity Center', () => {
			const startUrl = 'https://corp.awsapps.com/start';
			const tokenName = (name: string) => `.aws/sso/cache/${createHash('sha1').update(name).digest('hex')}.json`;
			const signIn = async (name: string, tokenSeconds = 3600, sessionSeconds?: number): Promise<SsoTokenFile> => {
				const token = cloud.emulator.sso.signIn({
					startUrl,
					assignments: [{ account: cloud.account.id, role: 'Developer' }],
					tokenSeconds,
					...(sessionSeconds === undefined ? {} : { sessionSeconds }),
				});
				await cloud.home.write(tokenName(name), JSON.stringify(token));
				return token;
			};
			const role = (name: string) => `sso_account_id = ${cloud.account.id}\nsso_role_name = ${name}\n`;

			beforeEach(() =>
				cloud.home.config(
					[
						`[sso-session corp]\nsso_region = us-east-1\nsso_start_url = ${startUrl}\nsso_registration_scopes = sso:account:access\n`,
						`[profile dev]\nsso_session = corp\n${role('Developer')}`,
						`[profile other]\nsso_session = corp\n${role('Admin')}`,
						`[profile legacy]\nsso_region = us-east-1\nsso_start_url = ${startUrl}\n${role('Developer')}`,
						`[profile over]\nsource_profile = dev\nrole_arn = ${cloud.account.addRole('over').arn}\n`,
					].join(''),
				),
			);

			for (const [profile, name] of [
				['dev', 'corp'],
				['legacy', startUrl],
			] as const) {
				it(`are the role's, as long as the token is good: profile ${profile}`, async () => {
					const missing = await failureOf(list(provider, profile));
					assert.equal(missing.kind, 'signInExpired');
					assert.match(missing.detail ?? '', /aws sso login/);
					await signIn(name);
					// The new token is found without being told.
					assert.match(await signingKey(cloud, provider, profile), /^ASIA/);
					assert.equal(cloud.emulator.requests.count({ operation: 'GetRoleCredentials' }), 1);
					await list(provider, profile);
					assert.equal(cloud.emulator.requests.count({ operation: 'GetRoleCredentials' }), 1);
				});
			}

			it('are renewed through the refresh token, which is written back', async () => {
				const { refreshToken } = await signIn('corp', -60);
				assert.match(await signingKey(cloud, provider, 'dev'), /^ASIA/);
				assert.equal(cloud.emulator.requests.count({ operation: 'CreateToken' }), 1);
				const written = JSON.parse(await readFile(`${cloud.home.folder}/${tokenName('corp')}`, 'utf8'));
				assert.notEqual(written.refreshToken, refreshToken);
			});

			it('call for a new sign-in when the session is over or was ended', async () => {
				await signIn('corp', -60, -60);
				assert.equal((await failureOf(list(cloud.provider(), 'dev'))).kind, 'signInExpired');
				await signIn(startUrl, -60);
				assert.equal((await failureOf(list(provider, 'legacy'))).kind, 'signInExpired');
				await signIn('corp');
				cloud.emulator.sso.signOutAll();
				const ended = await failureOf(list(provider, 'dev'));
				assert.deepEqual([ended.kind, ended.code], ['signInExpired', 'UnauthorizedException']);
			});

			it('say that the role was not given to the person', async () => {
				await signIn('corp');
				const failure = await failureOf(list(provider, 'other'));
				assert.deepEqual([failure.kind, failure.code], ['roleRefused', 'ForbiddenException']);
			});

			it('may be what a role starts from', async () => {
				await signIn('corp');
				assert.match(await signingKey(cloud, provider, 'over'), /^ASIA/);
				assert.equal(cloud.emulator.requests.count({ operation: 'AssumeRole' }), 1);
			});

			it('tell a network that is down from a sign-in that has expired', async () => {
				await signIn('corp');
				cloud.emulator.faults.set([{ service: 'sso', effect: { kind: 'drop' } }]);
				const failure = await failureOf(list(provider, 'dev'));
				assert.deepEqual([failure.kind, failure.code, failure.retryable], ['unreachable', 'ECONNRESET', true]);
			});

			it('tell a portal, and a service that fails itself, from a sign-in that has expired', async () => {
				await signIn('corp');
				const kinds: string[] = [];
				for (const status of [200, 403, 502]) {
					cloud.emulator.faults.set([{ service: 'sso', effect: { kind: 'html', status } }]);
					kinds.push((await failureOf(list(provider, 'dev'))).kind);
				}
				cloud.emulator.faults.set([{ service: 'sso', effect: { kind: 'serverError' } }]);
				kinds.push((await failureOf(list(provider, 'dev'))).kind);
				assert.deepEqual(kinds, ['notTheService', 'notTheService', 'notTheService', 'serverError']);
			});

			it('follow AWS_CONFIG_FILE, also with a tilde', async () => {
				const text = await readFile(`${cloud.home.folder}/.aws/config`, 'utf8');
				await cloud.home.write('elsewhere/aws.ini', text);
				await cloud.home.config('');
				cloud.home.set({ AWS_CONFIG_FILE: '~/elsewhere/aws.ini' });
				await signIn('corp');
				assert.match(await signingKey(cloud, provider, 'dev'), /^ASIA/);
			});
		});

		describe('through aws login', () => {
			const session = 'arn:aws:iam::111122223333:user/mel';
			const tokenName = `.aws/login/cache/${createHash('sha256').update(session).digest('hex')}.json`;
			let server: Server;
			let answer: { readonly status: number; readonly body: unknown };

			beforeEach(async () => {
				await cloud.home.config(`[profile dev]\nlogin_session = ${session}\nregion = eu-west-1\n`);
				server = createServer((_, response) => {
					response.writeHead(answer.status, { 'content-type': 'application/json' });
					response.end(JSON.stringify(answer.body));
				});
				await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
				const { port } = server.address() as AddressInfo;
				cloud.home.set({ AWS_ENDPOINT_URL_SIGNIN: `http://127.0.0.1:${port}` });
			});
			afterEach(() => {
				server.closeAllConnections();
				server.close();
			});

			const writeToken = async (seconds: number) => {
				const {
					id,
					secret,
					session: temporary,
				} = cloud.account.startSession(cloud.account.addRole('login'), 'mel', 3600);
				const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
				const accessToken = {
					accessKeyId: id,
					secretAccessKey: secret,
					sessionToken: temporary.token,
					accountId: cloud.account.id,
					expiresAt: new Date(Date.now() + seconds * 1000).toISOString(),
				};
				const token = {
					accessToken,
					clientId: 'arn:aws:signin:::devtools/same-device',
					refreshToken: 'refresh-token',
					dpopKey: privateKey.export({ type: 'sec1', format: 'pem' }),
					signInRegion: 'us-east-1',
				};
				await cloud.home.write(tokenName, JSON.stringify(token));
				return accessToken;
			};

			it('are those of the token', async () => {
				const missing = await failureOf(list(provider, 'dev'));
				assert.equal(missing.kind, 'signInExpired');
				const { accessKeyId } = await writeToken(3600);
				assert.equal(await signingKey(cloud, provider, 'dev'), accessKeyId);
			});

			it('are renewed, or call for a new sign-in', async () => {
				const { accessKeyId, secretAccessKey, sessionToken } = await writeToken(-60);
				answer = { status: 400, body: { __type: 'AccessDeniedException', error: 'TOKEN_EXPIRED', message: 'expired' } };
				assert.equal((await failureOf(list(provider, 'dev'))).kind, 'signInExpired');
				answer = {
					status: 200,
					body: {
						accessToken: { accessKeyId, secretAccessKey, sessionToken },
						tokenType: 'aws_sigv4',
						expiresIn: 900,
						refreshToken: 'next',
					},
				};
				assert.equal(await signingKey(cloud, provider, 'dev'), accessKeyId);
			});
		});
	});
}
