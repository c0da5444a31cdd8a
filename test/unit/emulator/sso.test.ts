import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DescribeKeyPairsCommand } from '@aws-sdk/client-ec2';
import { fromSSO } from '@aws-sdk/credential-providers';
import { writeTokenFile } from '../../emulator/sso/tokenFile';
import { refuses, useEmulator } from './support';

const assignments = [{ account: '111122223333', role: 'Dev' }];

describe('emulated IAM Identity Center', () => {
	const fixture = useEmulator();
	const environment = { ...process.env };
	let home: string;
	/** Fresh for each test: the SDK remembers files and refreshes for the life of the process. */
	let session: string;

	beforeEach(async () => {
		home = await mkdtemp(join(tmpdir(), 'emulator-sso-'));
		session = `work-${randomUUID()}`;
		await mkdir(join(home, '.aws'));
		await writeFile(
			join(home, '.aws', 'config'),
			[
				`[sso-session ${session}]`,
				'sso_region = us-east-1',
				'sso_start_url = https://d-0123456789.awsapps.com/start',
				...['Dev', 'Admin'].flatMap((role) => [
					`[profile ${role}]`,
					`sso_session = ${session}`,
					'sso_account_id = 111122223333',
					`sso_role_name = ${role}`,
				]),
			].join('\n'),
		);
		for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name];
		process.env['HOME'] = home;
		process.env['AWS_CONFIG_FILE'] = join(home, '.aws', 'config');
		process.env['AWS_SHARED_CREDENTIALS_FILE'] = join(home, '.aws', 'credentials');
	});

	afterEach(async () => {
		for (const name of Object.keys(process.env)) if (!(name in environment)) delete process.env[name];
		Object.assign(process.env, environment);
		await rm(home, { recursive: true });
	});

	const credentialsOf = (profile: string) =>
		fromSSO({ profile, clientConfig: { endpoint: fixture().emulator.url, maxAttempts: 1 } })();

	it('gives credentials of an assigned role for a token, which EC2 honours', async () => {
		const { emulator, client } = fixture();
		await writeTokenFile(home, session, emulator.sso.signIn({ assignments, user: 'mel' }));
		const credentials = await credentialsOf('Dev');
		const { KeyPairs } = await client({ credentials }).send(new DescribeKeyPairsCommand({}));
		assert.deepEqual(KeyPairs, []);
		assert.match(
			emulator.accounts.accessKey(credentials.accessKeyId)?.principal.arn ?? '',
			/^arn:aws:sts::111122223333:assumed-role\/AWSReservedSSO_Dev_[0-9a-f]{16}\/mel$/,
		);
	});

	it('denies what the permission set denies', async () => {
		const { emulator, client } = fixture();
		const [assignment] = assignments;
		assert.ok(assignment);
		const denied = [{ ...assignment, deniedActions: ['ec2:DescribeKeyPairs'] }];
		await writeTokenFile(home, session, emulator.sso.signIn({ assignments: denied }));
		const ec2 = client({ credentials: await credentialsOf('Dev') });
		await refuses(ec2.send(new DescribeKeyPairsCommand({})), 'UnauthorizedOperation', 403);
	});

	it('refuses a role that is not assigned, and everyone after signing out', async () => {
		const { emulator } = fixture();
		await writeTokenFile(home, session, emulator.sso.signIn({ assignments }));
		await assert.rejects(credentialsOf('Admin'), /ForbiddenException: No access/);
		emulator.sso.signOutAll();
		await assert.rejects(credentialsOf('Dev'), /UnauthorizedException: Session token not found or invalid/);
	});

	it('refuses an expired access token', async () => {
		const { emulator } = fixture();
		const { accessToken } = emulator.sso.signIn({ assignments, tokenSeconds: -1 });
		const url = `${emulator.url}/federation/credentials?account_id=111122223333&role_name=Dev`;
		const reply = await fetch(url, { headers: { 'x-amz-sso_bearer_token': accessToken } });
		assert.equal(reply.status, 401);
		assert.equal(reply.headers.get('x-amzn-errortype'), 'UnauthorizedException');
		assert.deepEqual(await reply.json(), {
			message: 'Session token not found or invalid',
			__type: 'com.amazonaws.switchboard.portal#UnauthorizedException',
		});
	});

	it('refreshes an expired token, which the SDK then writes back', async () => {
		const { emulator } = fixture();
		const token = emulator.sso.signIn({ assignments, tokenSeconds: -1 });
		const file = await writeTokenFile(home, session, token);
		assert.match((await credentialsOf('Dev')).accessKeyId, /^ASIA/);
		assert.equal(emulator.requests.count({ operation: 'CreateToken' }), 1);
		const written: Record<string, unknown> = JSON.parse(await readFile(file, 'utf8'));
		assert.notEqual(written['accessToken'], token.accessToken);
		assert.notEqual(written['refreshToken'], token.refreshToken);
		assert.ok(Date.parse(String(written['expiresAt'])) > Date.now());
	});

	it('refreshes no longer once the session is over', async () => {
		const { emulator } = fixture();
		const token = emulator.sso.signIn({ assignments, tokenSeconds: -1, sessionSeconds: -1 });
		await writeTokenFile(home, session, token);
		await assert.rejects(credentialsOf('Dev'), /Token is expired\. To refresh this SSO session/);
		assert.equal(emulator.requests.all({ operation: 'CreateToken' })[0]?.code, 'InvalidGrantException');
	});

	it('refuses clients and grants that it does not know, in the words of OAuth', async () => {
		const { emulator } = fixture();
		const { clientId, clientSecret } = emulator.sso.signIn({ assignments });
		const create = async (body: object) => {
			const reply = await fetch(`${emulator.url}/token`, { method: 'POST', body: JSON.stringify(body) });
			return [reply.status, reply.headers.get('x-amzn-errortype'), ((await reply.json()) as { error: string }).error];
		};
		const grantType = 'refresh_token';
		assert.deepEqual(await create({ grantType, clientId: 'x', clientSecret }), [
			401,
			'InvalidClientException',
			'invalid_client',
		]);
		assert.deepEqual(await create({ grantType, clientId, clientSecret, refreshToken: 'x' }), [
			400,
			'InvalidGrantException',
			'invalid_grant',
		]);
		assert.deepEqual(await create({ grantType: 'password' }), [
			400,
			'UnsupportedGrantTypeException',
			'unsupported_grant_type',
		]);
	});
});
