import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Account } from '../../emulator/accounts/account';
import { type Emulator, startEmulator } from '../../emulator/emulator';
import { describeWithAwsCli, failAwsCli, runAwsCli } from './awsCli';
import { lightsailRsaFingerprint } from './lightsailSupport';
import { rsaLine } from './vectors';

// Every operation of Lightsail that is emulated, through a client that nobody here wrote.

describeWithAwsCli('emulated Lightsail as the AWS CLI sees it', (aws) => {
	const key = { id: 'AKIAIOSFODNN7EXAMPLE', secret: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' };
	let emulator: Emulator;
	let account: Account;
	let home: string;

	before(async () => {
		home = await mkdtemp(join(tmpdir(), 'emulator-cli-'));
		emulator = await startEmulator();
		account = emulator.accounts.add({ id: '111122223333' });
		account.addAccessKey({ ...key, user: 'mel' });
	});

	after(async () => {
		await emulator.close();
		await rm(home, { recursive: true });
	});

	const settings = () => ({ aws, home, endpoint: emulator.url, key });
	const run = (...args: readonly string[]) => runAwsCli(settings(), ['lightsail', ...args]);
	const fails = (...args: readonly string[]) => failAwsCli(settings(), ['lightsail', ...args]);
	const region = () => emulator.lightsail.of(account).region('us-east-1');
	const importKey = (name: string, line = rsaLine) =>
		['import-key-pair', '--key-pair-name', name, '--public-key-base64', line] as const;
	const names = (reply: Record<string, unknown>) => (reply['keyPairs'] as { name: string }[]).map(({ name }) => name);

	it('answers import-key-pair with an operation, and get-operation with its end', async () => {
		const { operation, ...rest } = await run(...importKey('deploy'));
		assert.deepEqual(rest, {});
		const { id, createdAt, statusChangedAt, ...known } = operation as Record<string, unknown>;
		assert.deepEqual(known, {
			resourceName: 'deploy',
			resourceType: 'KeyPair',
			location: { availabilityZone: 'all', regionName: 'us-east-1' },
			isTerminal: false,
			operationType: 'ImportKeyPair',
			status: 'Started',
		});
		assert.equal(statusChangedAt, createdAt);
		const later = await run('get-operation', '--operation-id', String(id));
		const ended = later['operation'] as Record<string, unknown>;
		assert.deepEqual([ended['id'], ended['status'], ended['isTerminal']], [id, 'Succeeded', true]);
	});

	it('takes the OpenSSH line itself, and not base64 of it', async () => {
		const complaint = await fails(...importKey('encoded', Buffer.from(rsaLine).toString('base64')));
		assert.match(
			complaint,
			/\(InvalidInputException\) when calling the ImportKeyPair operation: The format of this public key is not valid\./,
		);
	});

	it('answers tag-resource and untag-resource', async () => {
		const resource = ['--resource-name', 'deploy'];
		const tagged = await run(
			'tag-resource',
			...resource,
			'--tags',
			'key=team,value=web',
			'key=empty,value=',
			'key=bare',
		);
		const [operation] = tagged['operations'] as Record<string, unknown>[];
		assert.equal(operation?.['operationType'], 'TagResource');
		await run('untag-resource', ...resource, '--tag-keys', 'empty');
		const { keyPair } = await run('get-key-pair', '--key-pair-name', 'deploy');
		assert.deepEqual((keyPair as Record<string, unknown>)['tags'], [{ key: 'team', value: 'web' }, { key: 'bare' }]);
	});

	it('answers get-key-pair', async () => {
		const { keyPair } = await run('get-key-pair', '--key-pair-name', 'deploy');
		const { createdAt, arn, supportCode, tags, ...known } = keyPair as Record<string, unknown>;
		assert.ok(
			Math.abs(new Date(typeof createdAt === 'number' ? createdAt * 1000 : String(createdAt)).getTime() - Date.now()) <
				60_000,
		);
		assert.match(String(arn), /^arn:aws:lightsail:us-east-1:111122223333:KeyPair\/[0-9a-f-]{36}$/);
		assert.match(String(supportCode), /^\d{12}\/deploy$/);
		assert.ok(Array.isArray(tags));
		assert.deepEqual(known, {
			name: 'deploy',
			location: { availabilityZone: 'all', regionName: 'us-east-1' },
			resourceType: 'KeyPair',
			fingerprint: lightsailRsaFingerprint,
		});
		assert.match(
			await fails('get-key-pair', '--key-pair-name', 'absent'),
			/\(NotFoundException\) when calling the GetKeyPair operation: The KeyPair does not exist: absent/,
		);
	});

	it('answers create-key-pair, with both keys as text', async () => {
		const reply = await run('create-key-pair', '--key-pair-name', 'made', '--tags', 'key=team,value=web');
		assert.match(String(reply['publicKeyBase64']), /^ssh-rsa AAAA/);
		assert.match(
			String(reply['privateKeyBase64']),
			/^-----BEGIN RSA PRIVATE KEY-----\n[\s\S]*-----END RSA PRIVATE KEY-----$/,
		);
		const keyPair = reply['keyPair'] as Record<string, unknown>;
		assert.deepEqual([keyPair['name'], keyPair['tags']], ['made', [{ key: 'team', value: 'web' }]]);
		assert.equal((reply['operation'] as Record<string, unknown>)['operationType'], 'CreateKeyPair');
	});

	it('refuses a name that another resource has, of whichever type', async () => {
		region().addResource('web-1', 'Instance');
		for (const name of ['deploy', 'web-1']) {
			const complaint = await fails(...importKey(name));
			assert.match(complaint, new RegExp(`\\(InvalidInputException\\) .*: Some names are already in use: ${name}`));
		}
	});

	it('answers get-key-pairs page by page, and with the default key pair when asked', async () => {
		emulator.lightsail.of(account).pageSize = 1;
		await region().makeDefaultKeyPair();
		emulator.requests.clear();
		assert.deepEqual(names(await run('get-key-pairs')), ['deploy', 'made']);
		assert.equal(emulator.requests.count({ operation: 'GetKeyPairs' }), 2);
		const all = await run('get-key-pairs', '--include-default-key-pair');
		assert.deepEqual(names(all), ['deploy', 'made', 'LightsailDefaultKeyPair']);
		const first = await run('get-key-pairs', '--no-paginate');
		assert.deepEqual(names(first), ['deploy']);
		const second = await run('get-key-pairs', '--no-paginate', '--page-token', String(first['nextPageToken']));
		assert.deepEqual([names(second), second['nextPageToken']], [['made'], undefined]);
	});

	it('answers download-default-key-pair', async () => {
		const reply = await run('download-default-key-pair');
		assert.match(String(reply['privateKeyBase64']), /^-----BEGIN RSA PRIVATE KEY-----/);
	});

	it('answers delete-key-pair, of the default one only with its fingerprint', async () => {
		const reply = await run('delete-key-pair', '--key-pair-name', 'made');
		assert.equal((reply['operation'] as Record<string, unknown>)['operationType'], 'DeleteKeyPair');
		const byDefault = ['delete-key-pair', '--key-pair-name', 'LightsailDefaultKeyPair'];
		assert.match(await fails(...byDefault), /\(InvalidInputException\) .*expectedFingerprint/);
		assert.match(await fails(...byDefault, '--expected-fingerprint', 'aa:bb'), /fingerprint does not match/);
		const fingerprint = region().defaultKeyPair()?.fingerprint ?? '';
		await run(...byDefault, '--expected-fingerprint', fingerprint);
		assert.deepEqual(names(await run('get-key-pairs', '--include-default-key-pair')), ['deploy']);
	});

	it('answers get-regions', async () => {
		const { regions } = await run('get-regions', '--include-availability-zones');
		const list = regions as Record<string, unknown>[];
		assert.equal(list.length, 20);
		const { description, ...virginia } = list.find(({ name }) => name === 'us-east-1') ?? {};
		assert.equal(typeof description, 'string');
		assert.deepEqual(virginia, {
			continentCode: 'NA',
			displayName: 'Virginia',
			name: 'us-east-1',
			availabilityZones: ['a', 'b', 'c'].map((zone) => ({ zoneName: `us-east-1${zone}`, state: 'available' })),
			relationalDatabaseAvailabilityZones: [],
		});
	});

	it('shows an operation that fails after all', async () => {
		const failure = { errorCode: 'InternalError', errorDetails: 'The key could not be stored.' };
		emulator.lightsail.of(account).failures.set('ImportKeyPair', failure);
		const { operation } = await run(...importKey('doomed'));
		const { id } = operation as { id: string };
		const ended = (await run('get-operation', '--operation-id', id))['operation'] as Record<string, unknown>;
		assert.deepEqual(
			[ended['status'], ended['isTerminal'], ended['errorCode'], ended['errorDetails']],
			['Failed', true, failure.errorCode, failure.errorDetails],
		);
		assert.match(await fails('get-key-pair', '--key-pair-name', 'doomed'), /\(NotFoundException\)/);
	});

	it('complains as AWS does', async () => {
		account.deniedActions.add('lightsail:GetKeyPairs');
		assert.match(
			await fails('get-key-pairs'),
			/\(AccessDeniedException\) when calling the GetKeyPairs operation: User: arn:aws:iam::111122223333:user\/mel is not authorized to perform: lightsail:GetKeyPairs/,
		);
		assert.match(await fails('get-regions', '--region', 'ap-east-1'), /\(UnrecognizedClientException\)/);
		const wrong = { ...settings(), key: { ...key, secret: 'wrong' } };
		assert.match(await failAwsCli(wrong, ['lightsail', 'get-regions']), /\(InvalidSignatureException\)/);
		emulator.faults.set([{ service: 'lightsail', calls: [1], effect: { kind: 'throttle' } }]);
		assert.match(await fails('get-regions'), /\(ThrottlingException\) .*: Rate exceeded/);
	});
});
