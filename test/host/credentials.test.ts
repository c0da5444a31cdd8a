import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { commands, languages, Uri } from 'vscode';
import type { CloudKeyPairsApi, Profile } from '../../src/api';
import { writeTokenFile } from '../emulator/sso/tokenFile';
import { keyLines } from '../fakes/keys';
import { Cloud, home, writeHome } from './support/cloud';
import { type Activated, activated } from './support/extension';
import { messageOf } from './support/messages';

describe('the credentials of a profile', () => {
	let extension: Activated;
	let api: CloudKeyPairsApi;
	let cloud: Cloud;
	const startUrl = 'https://corp.awsapps.com/start';

	before(async () => {
		extension = await activated();
		({ api } = extension);
		cloud = await Cloud.start();
	});
	after(() => cloud.close());
	beforeEach(() => cloud.emulator.requests.clear());

	const list = (profile: string) => api.list({ service: 'ec2', profile, region: 'eu-west-1' });
	/** The access key that signs a call of the profile. */
	const signedBy = async (profile: string): Promise<string> => {
		await list(profile);
		return cloud.emulator.requests.all({ operation: 'DescribeKeyPairs' })[0]?.accessKeyId ?? '';
	};
	const kindOf = async (name: string): Promise<Profile['kind'] | undefined> =>
		(await api.profiles()).find((profile) => profile.name === name)?.kind;
	const sso = () =>
		`[profile sso]\nsso_session = corp\nsso_account_id = ${cloud.account.id}\nsso_role_name = Dev\n${cloud.endpoint}\n` +
		`[sso-session corp]\nsso_start_url = ${startUrl}\nsso_region = us-east-1\n`;

	it('are its keys, the credentials file counting before the configuration file', async () => {
		const { id, secret } = cloud.account.addAccessKey();
		await cloud.setProfiles(
			`[profile both]\naws_access_key_id = AKIAWRONG\naws_secret_access_key = x\n${cloud.endpoint}`,
		);
		const file = await writeHome(
			'.aws/credentials',
			`[both]\naws_access_key_id = ${id}\naws_secret_access_key = ${secret}\n`,
		);
		try {
			await commands.executeCommand('cloudKeyPairs.refresh');
			assert.equal(await signedBy('both'), id);
		} finally {
			await rm(file);
		}
	});

	it('are its session token', async () => {
		const { id, secret, session } = cloud.account.startSession(cloud.account.addRole('temporary'), 'mel', 3600);
		await cloud.setProfiles(
			`[profile session]\naws_access_key_id = ${id}\naws_secret_access_key = ${secret}\naws_session_token = ${session.token}\n${cloud.endpoint}`,
		);
		assert.equal(await signedBy('session'), id);
		assert.equal(await kindOf('session'), 'session');
	});

	it('are those of the role that it assumes, in several regions', async () => {
		const { arn } = cloud.account.addRole('deploy');
		await cloud.setProfiles(`[profile role]\nrole_arn = ${arn}\nsource_profile = mel\n${cloud.endpoint}`);
		const outcomes = await api.import({
			publicKey: keyLines.mel,
			keyName: 'role',
			targets: ['eu-west-1', 'eu-west-2', 'eu-west-3'].map((region) => ({ service: 'ec2', profile: 'role', region })),
		});
		assert.deepEqual(
			outcomes.map(({ status }) => status),
			['imported', 'imported', 'imported'],
		);
		assert.ok(cloud.imports().every(({ accessKeyId = '' }) => accessKeyId.startsWith('ASIA')));
	});

	it('are what its credential_process prints', async () => {
		const { id, secret, session } = cloud.account.startSession(cloud.account.addRole('process'), 'mel', 3600);
		const output = { Version: 1, AccessKeyId: id, SecretAccessKey: secret, SessionToken: session.token };
		const script = await writeHome('.aws/helper.js', `console.log(${JSON.stringify(JSON.stringify(output))});`);
		await cloud.setProfiles(
			`[profile process]\ncredential_process = "${process.execPath}" "${script}"\n${cloud.endpoint}`,
		);
		assert.equal(await signedBy('process'), id);
		assert.equal(await kindOf('process'), 'process');
	});

	it('are those of the environment for the environment profile', async () => {
		const { id, secret } = cloud.account.addAccessKey();
		Object.assign(process.env, {
			AWS_ACCESS_KEY_ID: id,
			AWS_SECRET_ACCESS_KEY: secret,
			AWS_ENDPOINT_URL: cloud.emulator.url,
		});
		try {
			await commands.executeCommand('cloudKeyPairs.refresh');
			const profile = (await api.profiles()).find(({ kind }) => kind === 'environment');
			assert.ok(profile);
			assert.equal(await signedBy(profile.name), id);
		} finally {
			for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_ENDPOINT_URL']) {
				delete process.env[name];
			}
			await commands.executeCommand('cloudKeyPairs.refresh');
		}
	});

	it('go to the endpoint of a services section', async () => {
		const { id, secret } = cloud.account.addAccessKey();
		await cloud.setProfiles(
			`[profile local]\naws_access_key_id = ${id}\naws_secret_access_key = ${secret}\nservices = here\nendpoint_url = http://127.0.0.1:9\n`,
			`[services here]\nec2 =\n  endpoint_url = ${cloud.emulator.url}\n`,
		);
		assert.equal(await signedBy('local'), id);
	});

	it('are got by the token of a sign-in', async () => {
		await cloud.setProfiles(sso());
		const token = cloud.emulator.sso.signIn({ startUrl, assignments: [{ account: cloud.account.id, role: 'Dev' }] });
		const file = await writeTokenFile(home, 'corp', token);
		try {
			assert.match(await signedBy('sso'), /^ASIA/);
			assert.ok(cloud.emulator.requests.count({ operation: 'GetRoleCredentials' }) > 0);
			assert.equal(await kindOf('sso'), 'sso');
		} finally {
			await rm(file);
		}
	});

	describe('that can not be had', () => {
		const reasonOf = async (profile: string) => {
			const [outcome] = await api.import({
				publicKey: keyLines.mel,
				keyName: 'x',
				targets: [{ service: 'ec2', profile, region: 'us-east-1' }],
			});
			assert.equal(outcome?.status, 'failed');
			assert.ok(outcome?.error);
			assert.ok(outcome.error.message.includes(profile), outcome.error.message);
			assert.notEqual(outcome.error.advice, '');
			await assert.rejects(list(profile), new RegExp(profile));
			assert.deepEqual(
				cloud.imports().filter(({ done }) => done),
				[],
			);
			return outcome.error;
		};

		it('are said to be missing', async () => {
			await cloud.setProfiles('[profile bare]\nregion = us-east-1\n');
			assert.match((await reasonOf('bare')).message, /credentials/);
		});

		it('are said to be rejected', async () => {
			const { id } = cloud.account.addAccessKey();
			await cloud.setProfiles(
				`[profile typo]\naws_access_key_id = ${id}\naws_secret_access_key = x\n${cloud.endpoint}`,
			);
			const error = await reasonOf('typo');
			assert.equal(error.code, 'SignatureDoesNotMatch');
			assert.match(error.message, /credentials/);
		});

		it('are said to be of a role that can not be assumed', async () => {
			const { arn } = cloud.account.addRole('closed', { trusts: [] });
			await cloud.setProfiles(`[profile closed]\nrole_arn = ${arn}\nsource_profile = mel\n${cloud.endpoint}`);
			const error = await reasonOf('closed');
			assert.equal(error.code, 'AccessDenied');
			assert.match(error.message, /role/);
		});

		it('are said to be those of a process that failed', async () => {
			await cloud.setProfiles(`[profile failing]\ncredential_process = "${process.execPath}" -e "process.exit(3)"\n`);
			assert.match((await reasonOf('failing')).message, /credential process/);
		});

		it('are said to have expired, with the offer to sign in', async () => {
			await cloud.setProfiles(sso());
			const token = cloud.emulator.sso.signIn({
				startUrl,
				assignments: [{ account: cloud.account.id, role: 'Dev' }],
				tokenSeconds: -60,
				sessionSeconds: -60,
			});
			await writeTokenFile(home, 'corp', token);
			const error = await reasonOf('sso');
			assert.match(error.message, /expired/);
			assert.match(error.advice, /[Ss]ign in/);
			assert.equal(error.retryable, false);
			const message = await messageOf(extension.ui, () =>
				commands.executeCommand('cloudKeyPairs.import', {
					publicKey: keyLines.mel,
					keyName: 'x',
					targets: [{ service: 'ec2', profile: 'sso', region: 'us-east-1' }],
				}),
			);
			assert.equal(message.severity, 'Error');
			assert.match(message.text, /sso.*expired/);
			assert.ok(message.actions.includes('Sign In'));
		});
	});

	it('stand in no message, no log line and no diagnostic, whatever goes wrong', async () => {
		const secrets = {
			key: createHash('sha256').update('key').digest('base64').slice(0, 40),
			password: 'correct-horse-battery-staple',
			token: 'IQoJb3JpZ2luX2VjEXAMPLETOKEN',
			body: 'b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAABAAAAMwAAAAtzc2gtZW',
		};
		const { id } = cloud.account.addAccessKey();
		await cloud.setProfiles(
			`[profile wrong]\naws_access_key_id = ${id}\naws_secret_access_key = ${secrets.key}\naws_session_token = ${secrets.token}\n${cloud.endpoint}`,
			`[profile process]\ncredential_process = "${process.execPath}" -e "console.error('${secrets.password}');process.exit(1)" ${secrets.password}\n`,
			sso(),
		);
		await writeTokenFile(home, 'corp', {
			...cloud.emulator.sso.signIn({ startUrl, assignments: [], tokenSeconds: -60, sessionSeconds: -60 }),
			accessToken: secrets.token,
			refreshToken: secrets.token,
		});
		const keyFile = await writeHome(
			'.ssh/id',
			`-----BEGIN OPENSSH PRIVATE KEY-----\n${secrets.body}\n-----END OPENSSH PRIVATE KEY-----\n`,
		);
		const told: unknown[] = [];
		for (const profile of ['wrong', 'process', 'sso']) {
			const target = { service: 'ec2', profile, region: 'us-east-1' } as const;
			told.push(await api.list(target).catch(String), await api.regions(profile, 'ec2').catch(String));
			const request = { publicKey: keyLines.mel, keyName: 'x', targets: [target] };
			told.push(await commands.executeCommand('cloudKeyPairs.import', request));
			told.push(await commands.executeCommand('cloudKeyPairs.import', { ...request, publicKey: Uri.file(keyFile) }));
		}
		told.push(await api.profiles());
		const { messages, logLines } = extension.ui;
		const diagnostics = languages.getDiagnostics().flatMap(([, found]) => found.map(({ message }) => message));
		const everything = JSON.stringify([told, messages, logLines, diagnostics]);
		assert.ok(logLines.length > 0 && messages.length > 0);
		for (const secret of Object.values(secrets)) {
			assert.ok(!everything.includes(secret.slice(0, 20)), `${secret} stands in ${everything}`);
		}
	});
});
