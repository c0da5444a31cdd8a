import assert from 'node:assert/strict';
import type { createProviders } from '../../../../src/providers/aws/bundle';
import type { KeyPairProvider } from '../../../../src/providers/contract';
import { ProviderError } from '../../../../src/providers/failure';
import { failureOf } from '../failing';
import { type AwsCloud, signingKey, startAwsCloud } from './awsCloud';

const never = new AbortController().signal;

/** Credentials of a profile, whichever build gets them; `build` is asked for when the tests run. */
export function describeCredentials(title: string, build: () => typeof createProviders): void {
	describe(title, function () {
		this.timeout(20_000);
		let cloud: AwsCloud;
		const list = (provider: KeyPairProvider, profile: string, region = 'eu-west-1') =>
			provider.list({ service: 'ec2', profile, region }, never);
		const assumed = () => cloud.emulator.requests.all({ operation: 'AssumeRole' });

		beforeEach(async () => {
			cloud = await startAwsCloud(build());
		});
		afterEach(() => cloud.close());

		it('are its keys, the credentials file counting before the configuration file', async () => {
			await cloud.home.config(`[profile dev]\naws_access_key_id = AKIAWRONG\naws_secret_access_key = wrong\n`);
			await cloud.home.credentials(`[dev]\n${cloud.keys}`);
			assert.match(await signingKey(cloud, cloud.provider(), 'dev'), /^AKIA/);
		});

		it('are its keys with their session token', async () => {
			const { id, secret, session } = cloud.account.startSession(cloud.account.addRole('r'), 'me', 3600);
			await cloud.home.credentials(
				`[dev]\naws_access_key_id=${id}\naws_secret_access_key=${secret}\naws_session_token=${session.token}`,
			);
			assert.equal(await signingKey(cloud, cloud.provider(), 'dev'), id);
		});

		it('are said to be missing for a profile that is not there, whatever the environment and the machine have', async () => {
			const { id, secret } = cloud.account.addAccessKey();
			cloud.home.set({ AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secret });
			cloud.home.unset('AWS_EC2_METADATA_DISABLED');
			await cloud.home.config('[profile dev]\nregion = eu-west-1\n[profile spaced name]\nregion = eu-west-1\n');
			const provider = cloud.provider();
			assert.equal((await failureOf(list(provider, 'dve'))).kind, 'credentialsMissing');
			assert.equal((await failureOf(list(provider, 'dev'))).kind, 'credentialsMissing');
			const spaced = await failureOf(list(provider, 'spaced name'));
			assert.deepEqual([spaced.kind, spaced.code], ['configuration', 'nameNotSupported']);
			assert.equal(cloud.emulator.requests.count(), 0);
		});

		it('are those of the environment for the environment profile, whatever AWS_PROFILE says', async () => {
			const { id, secret } = cloud.account.addAccessKey();
			cloud.home.set({ AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secret, AWS_PROFILE: 'dev' });
			await cloud.home.credentials(`[dev]\n${cloud.keys}`);
			const provider = cloud.provider();
			assert.equal(await signingKey(cloud, provider, '(environment)'), id);
			assert.notEqual(await signingKey(cloud, provider, 'dev'), id);
		});

		describe('that assumes a role', () => {
			it('are a session of the role, with what the section says of it', async () => {
				const { arn } = cloud.account.addRole('deploy', { externalId: 'ext', maxSessionSeconds: 7200 });
				await cloud.home.config(
					`[profile base]\n${cloud.keys}\n[profile dev]\nrole_arn = ${arn}\nsource_profile = base\nexternal_id = ext\nrole_session_name = mel\nduration_seconds = 7200\nregion = eu-central-1\n`,
				);
				assert.match(await signingKey(cloud, cloud.provider(), 'dev'), /^ASIA/);
				const [request] = assumed();
				assert.equal(request?.region, 'eu-central-1');
				assert.equal(request?.parameters.RoleSessionName, 'mel');
				assert.equal(request?.parameters.DurationSeconds, '7200');
				assert.match(request?.userAgent ?? '', /cloud-key-pairs\/1\.2\.3/);
			});

			it('are assumed once for many regions and services at the same time', async () => {
				const { arn } = cloud.account.addRole('deploy');
				await cloud.home.config(`[profile base]\n${cloud.keys}\n[profile dev]\nrole_arn=${arn}\nsource_profile=base\n`);
				const provider = cloud.provider();
				const regions = (await provider.regions('base', never)).filter(({ usable }) => usable);
				await Promise.all(regions.map(({ name }) => list(provider, 'dev', name)));
				assert.equal(assumed().length, 1);
			});

			it("take nothing from the source profile but its credentials: STS is asked in the partition's main region", async () => {
				const { arn } = cloud.account.addRole('deploy');
				await cloud.home.config(
					`[profile base]\nregion = eu-west-3\n${cloud.keys}\n[profile dev]\nrole_arn=${arn}\nsource_profile=base\n`,
				);
				await list(cloud.provider(), 'dev');
				assert.equal(assumed()[0]?.region, 'us-east-1');
			});

			it('may come from a chain of roles', async () => {
				const first = cloud.account.addRole('first');
				const second = cloud.account.addRole('second', { trusts: [] });
				const third = cloud.account.addRole('third', {
					trusts: [`arn:aws:sts::${cloud.account.id}:assumed-role/first/chained`],
				});
				await cloud.home.config(
					[
						`[profile base]\n${cloud.keys}`,
						`[profile first]\nrole_arn=${first.arn}\nsource_profile=base\nrole_session_name=chained\n`,
						`[profile third]\nrole_arn=${third.arn}\nsource_profile=first\n`,
						`[profile second]\nrole_arn=${second.arn}\nsource_profile=first\n`,
					].join(''),
				);
				const provider = cloud.provider();
				assert.match(await signingKey(cloud, provider, 'third'), /^ASIA/);
				assert.equal((await failureOf(list(provider, 'second'))).kind, 'roleRefused');
				// The first role was assumed for both of the others.
				assert.equal(assumed().filter(({ parameters }) => parameters.RoleArn === first.arn).length, 1);
			});

			it('may start from keys in the very same section, or in the environment', async () => {
				const { arn } = cloud.account.addRole('deploy');
				const { id, secret } = cloud.account.addAccessKey();
				cloud.home.set({ AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secret });
				await cloud.home.config(
					`[profile own]\nrole_arn=${arn}\nsource_profile=own\n${cloud.keys}\n[profile env]\nrole_arn=${arn}\ncredential_source=Environment\n`,
				);
				const provider = cloud.provider();
				assert.match(await signingKey(cloud, provider, 'own'), /^ASIA/);
				assert.match(await signingKey(cloud, provider, 'env'), /^ASIA/);
				assert.equal(assumed()[0]?.accessKeyId, id);
			});

			it('are refused where the profiles lead nowhere', async () => {
				await cloud.home.config(
					[
						'[profile a]\nrole_arn=arn:aws:iam::111122223333:role/x\nsource_profile=b\n',
						'[profile b]\nrole_arn=arn:aws:iam::111122223333:role/x\nsource_profile=a\n',
						'[profile c]\nrole_arn=arn:aws:iam::111122223333:role/x\nsource_profile=absent\n',
					].join(''),
				);
				const provider = cloud.provider();
				const cycle = await failureOf(list(provider, 'a'));
				assert.deepEqual([cycle.kind, cycle.code], ['configuration', 'cycle']);
				const missing = await failureOf(list(provider, 'c'));
				assert.deepEqual([missing.kind, missing.code], ['configuration', 'sourceMissing']);
			});

			it("are refused in STS's words", async () => {
				const { arn } = cloud.account.addRole('deploy', { trusts: [] });
				await cloud.home.config(
					`[profile base]\n${cloud.keys}\n[profile dev]\nrole_arn=${arn}\nsource_profile=base\n[profile bad]\naws_access_key_id=AKIAX\naws_secret_access_key=x\n[profile worse]\nrole_arn=${arn}\nsource_profile=bad\n`,
				);
				const provider = cloud.provider();
				const refused = await failureOf(list(provider, 'dev'));
				assert.deepEqual([refused.kind, refused.code, refused.httpStatus], ['roleRefused', 'AccessDenied', 403]);
				assert.match(refused.detail ?? '', /is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam/);
				assert.equal(refused.profile, 'dev');
				assert.equal((await failureOf(list(provider, 'worse'))).kind, 'credentialsRejected');
				cloud.emulator.faults.set([{ service: 'sts', effect: { kind: 'error', code: 'ExpiredToken', status: 403 } }]);
				assert.equal((await failureOf(list(provider, 'dev'))).kind, 'signInExpired');
				const kinds: string[] = [];
				for (const status of [200, 403, 502]) {
					cloud.emulator.faults.set([{ service: 'sts', effect: { kind: 'html', status } }]);
					kinds.push((await failureOf(list(provider, 'dev'))).kind);
				}
				assert.deepEqual(kinds, ['notTheService', 'notTheService', 'serverError']);
				cloud.emulator.faults.set([{ service: 'sts', effect: { kind: 'drop' } }]);
				const broken = await failureOf(list(provider, 'dev'));
				assert.deepEqual([broken.kind, broken.outcomeUnknown], ['unreachable', false]);
			});
		});

		describe('that needs an MFA code', () => {
			let device: { serial: string; code: string };
			let asked: string[];
			let answer: () => Promise<string>;
			let provider: KeyPairProvider;

			beforeEach(async () => {
				device = cloud.account.addMfaDevice('tester', '123456');
				const { arn } = cloud.account.addRole('admin', { requiresMfa: true });
				const other = cloud.account.addRole('other');
				await cloud.home.config(
					[
						`[profile base]\n${cloud.keys}`,
						`[profile dev]\nrole_arn=${arn}\nsource_profile=base\nmfa_serial=${device.serial}\n`,
						`[profile next]\nrole_arn=${other.arn}\nsource_profile=dev\n`,
						`[profile broken]\nrole_arn=${arn}\nsource_profile=none\nmfa_serial=${device.serial}\n`,
						'[profile none]\ncredential_process = exit 3\n',
					].join(''),
				);
				asked = [];
				answer = async () => device.code;
				provider = cloud.provider({
					mfaCode: (profile, serial) => {
						asked.push(`${profile} ${serial}`);
						return answer();
					},
				});
			});

			it('ask for it once for many regions at the same time, and not again', async () => {
				answer = () => new Promise((resolve) => setTimeout(() => resolve(device.code), 50));
				const regions = (await provider.regions('base', never)).filter(({ usable }) => usable);
				assert.ok(regions.length > 16);
				await Promise.all(regions.map(({ name }) => list(provider, 'dev', name)));
				await list(provider, 'dev');
				assert.deepEqual(asked, [`dev ${device.serial}`]);
				assert.equal(assumed().length, 1);
			});

			it('ask for it once for a role and for those that start from it', async () => {
				await list(provider, 'next');
				await list(provider, 'dev');
				assert.deepEqual(asked, [`dev ${device.serial}`]);
			});

			it('say that it was refused, and ask again at the next call', async () => {
				answer = async () => '000000';
				const failures = await Promise.all(
					['eu-west-1', 'eu-west-2', 'eu-west-3'].map((region) => failureOf(list(provider, 'dev', region))),
				);
				assert.deepEqual(
					failures.map(({ kind, region }) => `${kind} ${region}`),
					['mfaRejected eu-west-1', 'mfaRejected eu-west-2', 'mfaRejected eu-west-3'],
				);
				assert.equal(asked.length, 1);
				answer = async () => device.code;
				await list(provider, 'dev');
				assert.equal(asked.length, 2);
			});

			it('are given up when the person gives up, for the calls that wait in line too', async () => {
				answer = () => Promise.reject(new ProviderError({ kind: 'cancelled', retryable: true, outcomeUnknown: false }));
				for (const region of ['eu-west-1', 'eu-west-2']) {
					const failure = await failureOf(list(provider, 'dev', region));
					assert.deepEqual([failure.kind, failure.outcomeUnknown], ['cancelled', false]);
				}
				assert.equal(asked.length, 1);
				assert.equal(assumed().length, 0);
				answer = async () => device.code;
				await new Promise((resolve) => setTimeout(resolve, 600));
				await list(provider, 'dev');
				assert.equal(asked.length, 2);
			});

			it('do not ask when the source profile has no credentials, and leave no rejection unhandled', async () => {
				const unhandled: unknown[] = [];
				const keep = (reason: unknown) => unhandled.push(reason);
				process.on('unhandledRejection', keep);
				assert.equal((await failureOf(list(provider, 'broken'))).kind, 'processFailed');
				await new Promise((resolve) => setTimeout(resolve, 20));
				process.off('unhandledRejection', keep);
				assert.deepEqual(asked, []);
				assert.deepEqual(unhandled, []);
			});

			it('do not hold up a call that is cancelled while the code is awaited', async () => {
				answer = () => new Promise(() => {});
				const failure = await failureOf(
					provider.import(
						{ service: 'ec2', profile: 'dev', region: 'eu-west-1' },
						{ keyName: 'x', publicKey: 'ssh-rsa AAAA', tags: {}, dryRun: false },
						AbortSignal.timeout(50),
					),
				);
				assert.deepEqual([failure.kind, failure.outcomeUnknown], ['timedOut', false]);
			});

			it('ask again once the profile is forgotten, its sources included', async () => {
				await list(provider, 'next');
				provider.forget('next');
				await list(provider, 'next');
				assert.equal(asked.length, 2);
				provider.forget('base');
				await list(provider, 'next');
				assert.equal(asked.length, 2);
				provider.forget();
				await list(provider, 'next');
				assert.equal(asked.length, 3);
			});
		});
	});
}
