import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Emulator, startEmulator } from '../../emulator/emulator';
import { describeWithAwsCli, failAwsCli, runAwsCli } from './awsCli';
import { ed25519Fingerprint, ed25519Line, rsaFingerprint, rsaLine } from './vectors';

// Every operation of EC2, STS and IAM Identity Center's portal, answered as AWS would.

describeWithAwsCli('the emulator as the AWS CLI sees it', (aws) => {
	const key = { id: 'AKIAIOSFODNN7EXAMPLE', secret: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' };
	const assignment = { account: '111122223333', role: 'Dev' };
	let emulator: Emulator;
	let home: string;

	before(async () => {
		home = await mkdtemp(join(tmpdir(), 'emulator-cli-'));
		await writeFile(join(home, 'ed25519.pub'), `${ed25519Line}\n`);
		await writeFile(join(home, 'rsa.pub'), `${rsaLine}\n`);
		emulator = await startEmulator();
		const account = emulator.accounts.add({ id: assignment.account });
		account.addAccessKey({ ...key, user: 'mel' });
		account.addRole('Deploy', { externalId: 'x1', webIdentityTokens: ['web-token'] });
	});

	after(async () => {
		await emulator.close();
		await rm(home, { recursive: true });
	});

	const settings = () => ({ aws, home, endpoint: emulator.url, key });
	const run = (...args: readonly string[]) => runAwsCli(settings(), args);
	const fails = (...args: readonly string[]) => failAwsCli(settings(), args);

	const idOf = (name: string) => emulator.accounts.get(assignment.account)?.keyPairs('us-east-1').withName(name)?.id;
	const importArguments = (name: string, file: string) =>
		['ec2', 'import-key-pair', '--key-name', name, '--public-key-material', `fileb://${file}`] as const;

	it('answers describe-regions', async () => {
		const reply = await run('ec2', 'describe-regions', '--filters', 'Name=region-name,Values=eu-west-1');
		assert.deepEqual(reply, {
			Regions: [
				{
					RegionName: 'eu-west-1',
					Endpoint: 'ec2.eu-west-1.amazonaws.com',
					OptInStatus: 'opt-in-not-required',
					Geography: [{ Name: 'Ireland' }],
				},
			],
		});
	});

	it('answers import-key-pair', async () => {
		const tags = ['--tag-specifications', 'ResourceType=key-pair,Tags=[{Key=owner,Value=mel}]'];
		const [rsa, ed25519] = await Promise.all([
			run(...importArguments('rsa', 'rsa.pub'), ...tags),
			run(...importArguments('ed', 'ed25519.pub')),
		]);
		assert.deepEqual(rsa, {
			KeyName: 'rsa',
			KeyPairId: idOf('rsa'),
			KeyFingerprint: rsaFingerprint,
			Tags: [{ Key: 'owner', Value: 'mel' }],
		});
		assert.deepEqual(ed25519, { KeyName: 'ed', KeyPairId: idOf('ed'), KeyFingerprint: ed25519Fingerprint });
		assert.match(
			await fails(...importArguments('rsa', 'rsa.pub')),
			/An error occurred \(InvalidKeyPair\.Duplicate\) when calling the ImportKeyPair operation: The keypair 'rsa' already exists\./,
		);
	});

	it('answers describe-key-pairs', async () => {
		const reply = await run('ec2', 'describe-key-pairs', '--key-names', 'rsa', '--include-public-key');
		const [keyPair] = (reply['KeyPairs'] ?? []) as Record<string, unknown>[];
		assert.ok(keyPair);
		const { CreateTime, ...rest } = keyPair;
		assert.match(String(CreateTime), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.000Z|\+00:00)$/);
		assert.deepEqual(rest, {
			KeyPairId: idOf('rsa'),
			KeyName: 'rsa',
			KeyType: 'rsa',
			KeyFingerprint: rsaFingerprint,
			PublicKey: `${rsaLine.replace(/ demo rsa$/, '')} rsa\n`,
			Tags: [{ Key: 'owner', Value: 'mel' }],
		});
	});

	it('answers create-tags', async () => {
		const tags = ['--tags', 'Key=stage,Value=test', 'Key=empty,Value='];
		assert.deepEqual(await run('ec2', 'create-tags', '--resources', idOf('rsa') ?? '', ...tags), {});
	});

	it('answers describe-tags', async () => {
		const reply = await run('ec2', 'describe-tags', '--filters', `Name=resource-id,Values=${idOf('rsa')}`);
		const common = { ResourceId: idOf('rsa'), ResourceType: 'key-pair' };
		assert.deepEqual(reply, {
			Tags: [
				{ Key: 'owner', Value: 'mel', ...common },
				{ Key: 'stage', Value: 'test', ...common },
				{ Key: 'empty', Value: '', ...common },
			],
		});
	});

	it('answers delete-tags', async () => {
		const tags = ['--tags', 'Key=owner', 'Key=stage,Value=other', 'Key=empty,Value='];
		assert.deepEqual(await run('ec2', 'delete-tags', '--resources', idOf('rsa') ?? '', ...tags), {});
		const store = emulator.accounts.get(assignment.account)?.keyPairs('us-east-1');
		assert.deepEqual([...(store?.withName('rsa')?.tags ?? [])], [['stage', 'test']]);
	});

	it('answers create-key-pair', async () => {
		const create = ['ec2', 'create-key-pair', '--key-name'];
		const reply = await run(...create, 'made', '--key-type', 'ed25519');
		assert.deepEqual([reply['KeyName'], reply['KeyPairId']], ['made', idOf('made')]);
		assert.match(String(reply['KeyFingerprint']), /^[\w+/]{43}=$/);
		assert.match(String(reply['KeyMaterial']), /^-----BEGIN OPENSSH PRIVATE KEY-----\n/);
		assert.match(await fails(...create, 'dry', '--dry-run'), /\(DryRunOperation\) .* but DryRun flag is set\./);
	});

	it('answers delete-key-pair', async () => {
		const id = idOf('made') ?? '';
		assert.deepEqual(await run('ec2', 'delete-key-pair', '--key-pair-id', id), { Return: true, KeyPairId: id });
	});

	it('answers get-caller-identity', async () => {
		const reply = await run('sts', 'get-caller-identity');
		assert.match(String(reply['UserId']), /^AIDA/);
		assert.deepEqual([reply['Account'], reply['Arn']], ['111122223333', 'arn:aws:iam::111122223333:user/mel']);
	});

	const role = ['--role-arn', 'arn:aws:iam::111122223333:role/Deploy', '--role-session-name', 'me'];

	it('answers assume-role', async () => {
		const [reply, complaint] = await Promise.all([
			run('sts', 'assume-role', ...role, '--external-id', 'x1'),
			fails('sts', 'assume-role', ...role),
		]);
		const { Arn } = reply['AssumedRoleUser'] as Record<string, string>;
		const { SessionToken, Expiration } = reply['Credentials'] as Record<string, string>;
		assert.equal(Arn, 'arn:aws:sts::111122223333:assumed-role/Deploy/me');
		assert.ok(SessionToken && Date.parse(Expiration ?? '') > Date.now());
		assert.match(complaint, /\(AccessDenied\) when calling the AssumeRole operation: User: arn:aws:iam/);
	});

	it('answers assume-role-with-web-identity', async () => {
		const reply = await run('sts', 'assume-role-with-web-identity', ...role, '--web-identity-token', 'web-token');
		assert.equal(reply['SubjectFromWebIdentityToken'], 'me');
	});

	it('answers get-role-credentials', async () => {
		const { accessToken } = emulator.sso.signIn({ assignments: [assignment] });
		const of = (roleName: string) =>
			['sso', 'get-role-credentials', '--account-id', '111122223333', '--role-name', roleName] as const;
		const [reply, complaint] = await Promise.all([
			run(...of('Dev'), '--access-token', accessToken),
			fails(...of('Admin'), '--access-token', accessToken),
		]);
		assert.match(String((reply['roleCredentials'] as Record<string, unknown>)['accessKeyId']), /^ASIA/);
		assert.match(complaint, /\(ForbiddenException\) .*: No access/);
	});

	it('answers create-token', async () => {
		const { clientId, clientSecret, refreshToken } = emulator.sso.signIn({ assignments: [assignment] });
		const client = [`--client-id=${clientId}`, `--client-secret=${clientSecret}`];
		const grant = ['--grant-type', 'refresh_token', `--refresh-token=${refreshToken}`];
		const reply = await run('sso-oidc', 'create-token', ...client, ...grant);
		assert.deepEqual([reply['tokenType'], reply['expiresIn']], ['Bearer', 28_800]);
	});
});
