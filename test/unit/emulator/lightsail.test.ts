import assert from 'node:assert/strict';
import {
	CreateKeyPairCommand,
	DeleteKeyPairCommand,
	GetKeyPairCommand,
	GetKeyPairsCommand,
	type GetKeyPairsCommandInput,
	GetRegionsCommand,
	ImportKeyPairCommand,
	TagResourceCommand,
	UntagResourceCommand,
} from '@aws-sdk/client-lightsail';
import { lightsailRsaFingerprint, refusesLightsail, useLightsail } from './lightsailSupport';
import { sdkCredentials, sendRaw } from './support';
import * as vectors from './vectors';

describe('emulated Lightsail', () => {
	let now: (() => number) | undefined;
	beforeEach(() => {
		now = undefined;
	});
	const fixture = useLightsail({ now: () => (now ?? Date.now)() });
	const getKeyPair = (keyPairName: string) => fixture().lightsailClient().send(new GetKeyPairCommand({ keyPairName }));
	const tags = async (keyPairName: string) => (await getKeyPair(keyPairName)).keyPair?.tags;
	const namesOf = async (input: GetKeyPairsCommandInput = {}) => {
		const { keyPairs, nextPageToken } = await fixture().lightsailClient().send(new GetKeyPairsCommand(input));
		return { names: keyPairs?.map(({ name }) => name), nextPageToken };
	};

	it('gives the fingerprint of RFC 4716 for an imported RSA key', async () => {
		await fixture().importKey('demo', `${vectors.rsaLine}\n`);
		const { keyPair } = await getKeyPair('demo');
		assert.equal(keyPair?.fingerprint, lightsailRsaFingerprint);
		assert.deepEqual(keyPair.location, { availabilityZone: 'all', regionName: 'us-east-1' });
		assert.deepEqual(keyPair.tags, []);
	});

	it('takes an ED25519 line', async () => {
		await fixture().importKey('ed', vectors.ed25519Line);
		assert.match((await getKeyPair('ed')).keyPair?.fingerprint ?? '', /^[0-9a-f]{2}(:[0-9a-f]{2}){15}$/);
	});

	const malformed: Readonly<Record<string, string>> = {
		...vectors.refused,
		'base64 of an OpenSSH line': Buffer.from(vectors.rsaLine).toString('base64'),
		'RFC 4716': vectors.rsaRfc4716,
		'base64 DER': vectors.rsaSpkiBase64,
		'no key at all': 'hello',
		nothing: '',
	};
	for (const [what, line] of Object.entries(malformed)) {
		it(`refuses ${what} with InvalidKey.Format`, async () => {
			const error = await refusesLightsail(fixture().begin('demo', line), 'InvalidInputException');
			assert.deepEqual(
				[error.code, error.message],
				['InvalidKey.Format', 'The format of this public key is not valid.'],
			);
		});
	}

	it('refuses names that do not match the pattern', async () => {
		for (const name of ['a', 'a b', '-ab', 'ab-', 'schlüssel', '', 'a.b']) {
			const error = await refusesLightsail(fixture().begin(name, vectors.rsaLine), 'InvalidInputException');
			assert.match(error.message, /at 'keyPairName' failed to satisfy constraint/);
		}
		await fixture().importKey('a_-9', vectors.rsaLine);
	});

	it('misses what is not there', async () => {
		const client = fixture().lightsailClient();
		const missing = async (call: Promise<unknown>, member: string) => {
			const error = await refusesLightsail(call, 'InvalidInputException');
			assert.ok(error.message.includes(`Value null at '${member}'`), error.message);
		};
		await missing(
			client.send(new ImportKeyPairCommand({ keyPairName: undefined, publicKeyBase64: 'x' })),
			'keyPairName',
		);
		await missing(
			client.send(new ImportKeyPairCommand({ keyPairName: 'demo', publicKeyBase64: undefined })),
			'publicKeyBase64',
		);
		await fixture().importKey('demo', vectors.rsaLine);
		await missing(client.send(new TagResourceCommand({ resourceName: 'demo', tags: undefined })), 'tags');
		await missing(client.send(new UntagResourceCommand({ resourceName: 'demo', tagKeys: undefined })), 'tagKeys');
	});

	it('answers before the key pair can be read: its name is taken, and it can be tagged', async () => {
		let time = Date.now();
		now = () => time;
		const { lightsail, lightsailClient, begin, operation } = fixture();
		lightsail.operationMs = 5_000;
		const begun = await begin('slow', vectors.rsaLine);
		assert.deepEqual([begun.status, begun.isTerminal], ['Started', false]);
		await refusesLightsail(getKeyPair('slow'), 'NotFoundException');
		assert.deepEqual((await namesOf()).names, []);
		assert.equal(
			(await refusesLightsail(begin('slow', vectors.ed25519Line), 'InvalidInputException')).code,
			'NameExists',
		);
		await lightsailClient().send(new TagResourceCommand({ resourceName: 'slow', tags: [{ key: 'a', value: 'b' }] }));
		time += 4_999;
		assert.equal((await operation(begun.id)).isTerminal, false);
		time += 1;
		const ended = await operation(begun.id);
		assert.deepEqual([ended.status, ended.isTerminal], ['Succeeded', true]);
		assert.equal(ended.statusChangedAt?.getTime(), (begun.createdAt?.getTime() ?? 0) + 5_000);
		assert.deepEqual(await tags('slow'), [{ key: 'a', value: 'b' }]);
	});

	it('takes its time to delete too', async () => {
		let time = Date.now();
		now = () => time;
		const { lightsail, lightsailClient, importKey } = fixture();
		await importKey('gone', vectors.rsaLine);
		lightsail.operationMs = 1_000;
		await lightsailClient().send(new DeleteKeyPairCommand({ keyPairName: 'gone' }));
		assert.deepEqual((await namesOf()).names, ['gone']);
		time += 1_000;
		assert.deepEqual((await namesOf()).names, []);
	});

	it('has two words for success', async () => {
		fixture().lightsail.successStatus = 'Completed';
		const { status, isTerminal } = await fixture().begin('demo', vectors.rsaLine);
		assert.deepEqual([status, isTerminal], ['Completed', true]);
	});

	it('fails late when told to, with the name free again and nothing done', async () => {
		const { lightsail, lightsailClient, begin, importKey } = fixture();
		const failure = { errorCode: 'InternalError', errorDetails: 'Something broke.' };
		for (const type of ['ImportKeyPair', 'TagResource', 'DeleteKeyPair']) lightsail.failures.set(type, failure);
		const { status, isTerminal, errorCode, errorDetails } = await begin('demo', vectors.rsaLine);
		assert.deepEqual(
			[status, isTerminal, errorCode, errorDetails],
			['Failed', true, 'InternalError', 'Something broke.'],
		);
		await refusesLightsail(getKeyPair('demo'), 'NotFoundException');
		lightsail.failures.delete('ImportKeyPair');
		await importKey('demo', vectors.rsaLine);
		const tagging = new TagResourceCommand({ resourceName: 'demo', tags: [{ key: 'a' }] });
		assert.equal((await lightsailClient().send(tagging)).operations?.[0]?.status, 'Failed');
		await lightsailClient().send(new DeleteKeyPairCommand({ keyPairName: 'demo' }));
		assert.deepEqual(await tags('demo'), []);
	});

	it('has one space of names for all types of resource in a region', async () => {
		const { lightsail, begin, importKey } = fixture();
		lightsail.region('us-east-1').addResource('web-1', 'Instance');
		lightsail.region('eu-west-1').addResource('web-2', 'Disk');
		const error = await refusesLightsail(begin('web-1', vectors.rsaLine), 'InvalidInputException');
		assert.deepEqual([error.code, error.message], ['NameExists', 'Some names are already in use: web-1']);
		await refusesLightsail(getKeyPair('web-1'), 'NotFoundException');
		await importKey('web-2', vectors.rsaLine);
		const client = fixture().lightsailClient();
		await refusesLightsail(client.send(new CreateKeyPairCommand({ keyPairName: 'web-2' })), 'InvalidInputException');
	});

	it('creates a key pair whose halves belong together, without telling its fingerprint', async () => {
		const input = { keyPairName: 'made', tags: [{ key: 'a', value: '' }, { key: 'b' }] };
		const { keyPair, publicKeyBase64 } = await fixture().lightsailClient().send(new CreateKeyPairCommand(input));
		assert.deepEqual([keyPair?.tags, keyPair?.fingerprint], [input.tags, undefined]);
		await fixture()
			.lightsailClient()
			.send(new DeleteKeyPairCommand({ keyPairName: 'made' }));
		await fixture().importKey('again', publicKeyBase64 ?? '');
		assert.match((await getKeyPair('again')).keyPair?.fingerprint ?? '', /^[0-9a-f:]{47}$/);
	});

	it('lists in pages, and hides the default key pair unless asked', async () => {
		const { lightsail, importKey } = fixture();
		lightsail.pageSize = 2;
		await lightsail.region('us-east-1').makeDefaultKeyPair();
		for (const name of ['c1', 'a1', 'b1']) await importKey(name, vectors.rsaLine);
		const first = await namesOf();
		assert.deepEqual(first.names, ['c1', 'a1']);
		assert.deepEqual(await namesOf({ pageToken: first.nextPageToken }), { names: ['b1'], nextPageToken: undefined });
		const second = await namesOf({ pageToken: first.nextPageToken, includeDefaultKeyPair: true });
		assert.deepEqual(second, { names: ['b1', 'LightsailDefaultKeyPair'], nextPageToken: undefined });
		await refusesLightsail(namesOf({ pageToken: 'bogus' }), 'InvalidInputException');
	});

	it('makes no default key pair by listing', async () => {
		await namesOf({ includeDefaultKeyPair: true });
		assert.equal(fixture().lightsail.region('us-east-1').defaultKeyPair(), undefined);
	});

	it('refuses tags that can be none', async () => {
		const { lightsailClient, importKey } = fixture();
		await importKey('demo', vectors.rsaLine);
		const tag = (list: { key: string; value?: string }[]) =>
			lightsailClient().send(new TagResourceCommand({ resourceName: 'demo', tags: list }));
		const refused = [
			[{ key: '' }],
			[{ key: 'k'.repeat(129) }],
			[{ key: 'k', value: 'v'.repeat(257) }],
			[{ key: 'k!' }],
			[{ key: 'k', value: 'a&b' }],
			[{ key: 'AWS:k' }],
			[{ key: 'k' }, { key: 'k' }],
			[...Array(51).keys()].map((number) => ({ key: `k${number}` })),
		];
		for (const list of refused) await refusesLightsail(tag(list), 'InvalidInputException');
		const allowed = [{ key: `Ä ${'k'.repeat(126)}`, value: `${'v'.repeat(240)}+-=._:/@ 漢字` }];
		await tag(allowed);
		assert.deepEqual(await tags('demo'), allowed);
		await refusesLightsail(
			lightsailClient().send(new TagResourceCommand({ resourceName: 'absent', tags: [{ key: 'k' }] })),
			'NotFoundException',
		);
	});

	it('lists the same 20 regions from everywhere', async () => {
		const { regions } = await fixture().lightsailClient({ region: 'eu-west-3' }).send(new GetRegionsCommand({}));
		assert.equal(regions?.length, 20);
		assert.deepEqual(regions[0]?.availabilityZones, []);
	});

	it('does not know the account in a region that is not enabled, nor in one without Lightsail', async () => {
		const { account, lightsailClient } = fixture();
		const call = (region: string) => lightsailClient({ region }).send(new GetKeyPairsCommand({}));
		await refusesLightsail(call('ap-east-1'), 'UnrecognizedClientException');
		account.setOptIn('ap-east-1', true);
		assert.deepEqual((await call('ap-east-1')).keyPairs, []);
		await refusesLightsail(call('ap-northeast-3'), 'UnrecognizedClientException');
	});

	it('says that a region or the account is being set up', async () => {
		const { lightsail } = fixture();
		lightsail.region('us-east-1').isSettingUp = true;
		const error = await refusesLightsail(namesOf(), 'RegionSetupInProgressException');
		assert.match(error.tip ?? '', /Wait a few minutes and try again\.$/);
		assert.match(error.docs ?? '', /^https:\/\/docs\.aws\.amazon\.com\/lightsail\//);
		lightsail.isSettingUp = true;
		await refusesLightsail(namesOf(), 'AccountSetupInProgressException');
	});

	it('denies what the account or the user may not do, with HTTP status 400', async () => {
		const { account, lightsailClient } = fixture();
		const user = account.addAccessKey({ user: 'ann', deniedActions: ['lightsail:GetKeyPairs'] });
		const call = lightsailClient({ credentials: sdkCredentials(user) }).send(new GetKeyPairsCommand({}));
		const { message } = await refusesLightsail(call, 'AccessDeniedException');
		assert.match(
			message,
			/^User: arn:aws:iam::111122223333:user\/ann is not authorized to perform: lightsail:GetKeyPairs on /,
		);
		assert.deepEqual((await namesOf()).names, []);
	});

	it('verifies the signature, its scope, its time and its session', async () => {
		const { account, key, emulator, lightsailClient } = fixture();
		const call = (credentials: ReturnType<typeof sdkCredentials>) =>
			lightsailClient({ credentials }).send(new GetKeyPairsCommand({}));
		const good = sdkCredentials(key);
		await refusesLightsail(call({ ...good, accessKeyId: 'AKIAAAAAAAAAAAAAAAAA' }), 'UnrecognizedClientException');
		await refusesLightsail(call({ ...good, secretAccessKey: 'wrong' }), 'InvalidSignatureException');
		const session = account.startSession(account.addRole('r'), 'me', 900);
		await call(sdkCredentials(session));
		await refusesLightsail(call({ ...sdkCredentials(session), sessionToken: 'other' }), 'UnrecognizedClientException');
		const short = account.startSession(account.addRole('brief'), 'me', -60);
		await refusesLightsail(call(sdkCredentials(short)), 'ExpiredTokenException');
		now = () => Date.now() + 1_000_000;
		const late = await refusesLightsail(call(good), 'InvalidSignatureException');
		assert.match(late.message, /^Signature expired: /);
		now = undefined;
		const headers = { 'x-amz-target': 'Lightsail_20161128.GetRegions', 'content-type': 'application/x-amz-json-1.1' };
		const { status, text } = await sendRaw(emulator.url, { method: 'POST', path: '/', headers }, '{}');
		assert.deepEqual([status, JSON.parse(text).__type], [400, 'MissingAuthenticationTokenException']);
	});

	it('refuses a signature for another service, and one for Lightsail without a target', async () => {
		const { emulator, key } = fixture();
		const post = async (service: string, more: Readonly<Record<string, string>>) => {
			const credential = `${key.id}/20260527/us-east-1/${service}/aws4_request`;
			const headers = {
				authorization: `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host, Signature=00`,
				'x-amz-date': '20260527T120000Z',
				...more,
			};
			const { text } = await sendRaw(emulator.url, { method: 'POST', path: '/', headers }, '{}');
			return JSON.parse(text);
		};
		const foreign = await post('ec2', { 'x-amz-target': 'Lightsail_20161128.GetRegions' });
		assert.equal(foreign.__type, 'InvalidSignatureException');
		assert.match(foreign.message, /^Credential should be scoped/);
		assert.equal((await post('lightsail', {})).__type, 'UnknownOperationException');
	});

	it('takes faults with members by its control endpoint too', async () => {
		const { emulator } = fixture();
		const faults = [{ effect: { kind: 'error', code: 'InvalidInputException', members: { code: 'NameExists' } } }];
		const set = (value: unknown) =>
			fetch(`${emulator.url}/_emulator/faults`, { method: 'POST', body: JSON.stringify(value) });
		assert.equal((await set(faults)).status, 200);
		assert.equal((await refusesLightsail(namesOf(), 'InvalidInputException')).code, 'NameExists');
		const wrong = await set([{ effect: { kind: 'error', code: 'X', members: { code: 1 } } }]);
		assert.equal(wrong.status, 400);
		assert.match(await wrong.text(), /Fault 0: code is a string/);
	});

	it('logs requests with their members and their body as it was sent', async () => {
		const { emulator, lightsailClient, importKey } = fixture();
		await importKey('demo', vectors.rsaLine);
		const [entry] = emulator.requests.all({ service: 'lightsail', operation: 'ImportKeyPair' });
		assert.ok(entry);
		assert.deepEqual(entry.parameters, { keyPairName: 'demo', publicKeyBase64: vectors.rsaLine });
		assert.deepEqual(JSON.parse(entry.body), entry.parameters);
		assert.deepEqual([entry.region, entry.account, entry.done, entry.status], ['us-east-1', '111122223333', true, 200]);
		await lightsailClient().send(new GetRegionsCommand({ includeAvailabilityZones: true }));
		assert.deepEqual(emulator.requests.all().at(-1)?.parameters, { includeAvailabilityZones: 'true' });
	});

	it('suffers the faults it is told to, in its own dialect', async () => {
		const { emulator } = fixture();
		const members = { code: 'InvalidKey.Format', tip: 'Look again.' };
		emulator.faults.set([
			{ service: 'lightsail', calls: [1], effect: { kind: 'throttle' } },
			{ service: 'lightsail', calls: [2], effect: { kind: 'serverError' } },
			{ service: 'lightsail', calls: [3], effect: { kind: 'error', code: 'InvalidInputException', members } },
			{ service: 'lightsail', calls: [4], effect: { kind: 'html', status: 502 } },
			{ service: 'lightsail', calls: [5], effect: { kind: 'drop' } },
			{ service: 'lightsail', calls: [6], effect: { kind: 'slowBody', overMs: 20 } },
		]);
		await refusesLightsail(namesOf(), 'ThrottlingException');
		await refusesLightsail(namesOf(), 'ServiceException', 500);
		const error = await refusesLightsail(namesOf(), 'InvalidInputException');
		assert.deepEqual([error.code, error.tip], [members.code, members.tip]);
		await assert.rejects(namesOf(), ({ $metadata }) => $metadata.httpStatusCode === 502);
		await assert.rejects(namesOf());
		assert.deepEqual((await namesOf()).names, []);
	});

	it('knows every exception that the operations document, with its status', async () => {
		const { emulator } = fixture();
		const documented = {
			AccessDeniedException: 400,
			AccountSetupInProgressException: 400,
			InvalidInputException: 400,
			NotFoundException: 400,
			OperationFailureException: 400,
			RegionSetupInProgressException: 400,
			ServiceException: 500,
			UnauthenticatedException: 400,
		};
		for (const [code, status] of Object.entries(documented)) {
			emulator.faults.set([{ effect: { kind: 'error', code, status } }]);
			const create = new CreateKeyPairCommand({ keyPairName: 'made' });
			const error = await refusesLightsail(fixture().lightsailClient().send(create), code, status);
			// The SDK has a class for each, which it takes from the answer.
			assert.equal(error.constructor.name, code);
		}
	});

	it('answers a target that there is not, and a body that is no object', async () => {
		const { emulator } = fixture();
		const post = async (target: string, body: string) => {
			const headers = { 'x-amz-target': `Lightsail_20161128.${target}` };
			const { status, text } = await sendRaw(emulator.url, { method: 'POST', path: '/', headers }, body);
			return [status, JSON.parse(text).__type];
		};
		assert.deepEqual(await post('GetKeyRings', '{}'), [400, 'UnknownOperationException']);
		assert.deepEqual(await post('GetKeyPairs', '[1'), [400, 'MissingAuthenticationTokenException']);
		const entry = emulator.requests.all().at(-1);
		assert.deepEqual([entry?.body, entry?.parameters], ['[1', {}]);
	});
});
