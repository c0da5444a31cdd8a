import assert from 'node:assert/strict';
import { createPrivateKey } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Target } from '../../../../src/domain/target';
import { createProviders } from '../../../../src/providers/aws/bundle';
import { AwsContext } from '../../../../src/providers/aws/context';
import { Credentials } from '../../../../src/providers/aws/credentials';
import { type Following, LightsailKeyPairs } from '../../../../src/providers/aws/lightsail';
import type { CreateArguments, ImportArguments } from '../../../../src/providers/contract';
import { readPublicKey } from '../../../emulator/keys/publicKey';
import type { LightsailRegion } from '../../../emulator/lightsail/lightsailRegion';
import { contractKeys } from '../contract';
import { failureOf } from '../failing';
import { testDependencies } from './awsHome';
import { type LightsailSubject, startLightsail } from './lightsailSubject';

const never = new AbortController().signal;
const target: Target = { service: 'lightsail', profile: 'able', region: 'eu-west-1' };
const request: ImportArguments = { keyName: 'laptop', publicKey: contractKeys.rsa, tags: {}, dryRun: false };
const creation: CreateArguments = { keyName: 'made', tags: {}, type: 'rsa', format: 'pem' };

describe('Lightsail', function () {
	this.timeout(20_000);
	let now: (() => number) | undefined;
	let subject: LightsailSubject;
	let region: LightsailRegion;

	beforeEach(async () => {
		now = undefined;
		subject = await startLightsail(createProviders, { now: () => (now ?? Date.now)() });
		region = subject.lightsail.region('eu-west-1');
	});
	afterEach(() => subject.close());

	const count = (operation: string) => subject.cloud.requests.count({ operation });
	const impatient = (following: Partial<Following>) => {
		const context = new AwsContext(testDependencies(subject.home.environment));
		const times = { firstPauseMs: 10, longestPauseMs: 20, limitMs: 60_000, creationLimitMs: 60_000, ...following };
		return new LightsailKeyPairs(context, new Credentials(context), times);
	};

	it('sends the text of the key, not base64 of it', async () => {
		await subject.provider.import(target, request, never);
		const [sent] = subject.cloud.requests.all({ operation: 'ImportKeyPair' });
		assert.equal(sent?.parameters.publicKeyBase64, contractKeys.rsa);
	});

	it('reads the fingerprint of an imported key pair, which the answer to the import does not have', async () => {
		const imported = await subject.provider.import(target, request, never);
		// `ssh-keygen -lf rsa.pub -E md5`
		assert.equal(imported?.keyPair.fingerprint, 'ec:cd:8b:89:1c:37:13:3e:f1:fb:9f:8a:b1:0d:dc:31');
		assert.ok(imported.keyPair.createdAt instanceof Date);
	});

	it('says that an import is done although what came of it may not be looked at', async () => {
		subject.account.deniedActions.add('lightsail:GetKeyPair');
		const imported = await subject.provider.import(target, { ...request, tags: { a: 'b' } }, never);
		assert.deepEqual(imported?.keyPair, { name: 'laptop', tags: { a: 'b' }, publicKey: contractKeys.rsa });
	});

	describe('whose changes are operations', () => {
		it('asks nothing about an operation that has ended with the answer, by whichever word', async () => {
			subject.lightsail.operationMs = 0;
			for (const status of ['Succeeded', 'Completed'] as const) {
				subject.lightsail.successStatus = status;
				await subject.provider.import(target, { ...request, keyName: status }, never);
			}
			assert.equal(count('GetOperation'), 0);
		});

		it('follows an operation to its end', async () => {
			subject.lightsail.operationMs = 150;
			const imported = await impatient({}).import(target, request, never);
			assert.ok(imported.keyPair.fingerprint);
			assert.ok(count('GetOperation') > 2);
			const [keyPair] = await subject.provider.list(target, never);
			assert.ok(keyPair);
			await impatient({}).delete(target, keyPair, never);
			assert.deepEqual(await subject.provider.list(target, never), []);
		});

		it('says of an operation that fails under HTTP 200 what Lightsail says, and that nothing was done', async () => {
			for (const operationMs of [0, 20]) {
				subject.lightsail.operationMs = operationMs;
				subject.lightsail.failures.set('ImportKeyPair', {
					errorCode: 'InternalOperationError',
					errorDetails: 'The key pair could not be stored.',
				});
				const { requestId, ...failure } = await failureOf(subject.provider.import(target, request, never));
				assert.ok(requestId);
				assert.deepEqual(failure, {
					kind: 'operationFailed',
					service: 'lightsail',
					profile: 'able',
					region: 'eu-west-1',
					operation: 'ImportKeyPair',
					code: 'InternalOperationError',
					httpStatus: 200,
					detail: 'The key pair could not be stored.',
					retryable: false,
					outcomeUnknown: false,
				});
				assert.equal(await subject.provider.find(target, 'laptop', never), undefined);
			}
		});

		it('says why an operation failed where its code is one that requests are refused with', async () => {
			const kindFor = async (errorCode: string, errorDetails: string) => {
				subject.lightsail.failures.set('ImportKeyPair', { errorCode, errorDetails });
				const { kind, code } = await failureOf(subject.provider.import(target, request, never));
				assert.equal(code, errorCode);
				return kind;
			};
			assert.equal(await kindFor('NameExists', 'Some names are already in use: laptop'), 'nameTaken');
			assert.equal(await kindFor('InvalidKey.Format', 'The format of this public key is not valid.'), 'keyInvalid');
			assert.equal(await kindFor('InvalidInputException', 'The public key is not valid.'), 'keyInvalid');
			assert.equal(await kindFor('AccountSetupInProgress', 'Wait.'), 'accountState');
			assert.equal(await kindFor('AccessDeniedException', 'No.'), 'notPermitted');
			assert.equal(await kindFor('ServiceException', 'Oops.'), 'operationFailed');
		});

		it('leaves the outcome open where an operation can not be followed to its end', async () => {
			subject.lightsail.operationMs = 60_000;
			const late = await failureOf(impatient({ limitMs: 50 }).import(target, request, never));
			assert.deepEqual([late.kind, late.outcomeUnknown, late.operation], ['timedOut', true, 'ImportKeyPair']);
			const { provider } = subject;
			const timeUp = await failureOf(
				provider.import(target, { ...request, keyName: 'second' }, AbortSignal.timeout(300)),
			);
			assert.deepEqual([timeUp.kind, timeUp.outcomeUnknown], ['timedOut', true]);
			const abort = new AbortController();
			const cancelled = failureOf(provider.import(target, { ...request, keyName: 'third' }, abort.signal));
			setTimeout(() => abort.abort(), 200);
			const { kind, outcomeUnknown } = await cancelled;
			assert.deepEqual([kind, outcomeUnknown], ['cancelled', true]);
			subject.account.deniedActions.add('lightsail:GetOperation');
			const denied = await failureOf(provider.import(target, { ...request, keyName: 'fourth' }, never));
			assert.deepEqual(
				[denied.kind, denied.action, denied.outcomeUnknown],
				['notPermitted', 'lightsail:GetOperation', true],
			);
			const missing = await failureOf(
				provider.changeTags(target, { name: 'fourth' }, { set: { a: 'b' }, remove: [] }, never),
			);
			assert.equal(missing.outcomeUnknown, true);
		});
	});

	describe('which tags what is imported by a second call', () => {
		const tagged = { ...request, tags: { team: 'platform', empty: '' } };

		it('says that the tags are missing when they were not set, and why, and that the key pair is there', async () => {
			subject.account.deniedActions.add('lightsail:TagResource');
			const denied = await failureOf(subject.provider.import(target, tagged, never));
			assert.deepEqual(
				[denied.kind, denied.action, denied.operation, denied.outcomeUnknown, denied.retryable],
				['tagsMissing', 'lightsail:TagResource', 'TagResource', false, false],
			);
			assert.deepEqual((await subject.provider.find(target, 'laptop', never))?.tags, {});
			subject.account.deniedActions.clear();
			subject.lightsail.failures.set('TagResource', { errorCode: 'Busy', errorDetails: 'The resource is busy.' });
			const late = await failureOf(subject.provider.import(target, { ...tagged, keyName: 'second' }, never));
			assert.deepEqual([late.kind, late.code, late.detail], ['tagsMissing', 'Busy', 'The resource is busy.']);
			const refused = await failureOf(
				subject.provider.import(target, { ...tagged, keyName: 'third', tags: { 'aws:x': '' } }, never),
			);
			assert.equal(refused.kind, 'tagsMissing');
			assert.match(refused.detail ?? '', /aws:/);
			assert.equal((await subject.provider.list(target, never)).length, 3);
		});

		it('looks whether the tags are there when the answer does not say', async () => {
			const { cloud, provider } = subject;
			cloud.faults.set([{ operation: 'TagResource', when: 'after', delayMs: 50, effect: { kind: 'drop' } }]);
			const imported = await provider.import(target, tagged, never);
			assert.deepEqual(imported?.keyPair.tags, tagged.tags);
			assert.equal(count('TagResource'), 1);
			cloud.faults.set([{ operation: 'TagResource', effect: { kind: 'drop' } }]);
			const failure = await failureOf(provider.import(target, { ...tagged, keyName: 'second' }, never));
			assert.deepEqual([failure.kind, failure.outcomeUnknown], ['tagsMissing', false]);
		});

		it('does not call it cancelled when the import was done and only the tags were not', async () => {
			subject.cloud.faults.set([{ operation: 'TagResource', effect: { kind: 'hang' } }]);
			const abort = new AbortController();
			const failing = failureOf(subject.provider.import(target, tagged, abort.signal));
			while (count('TagResource') === 0) {
				await new Promise((resolve) => setTimeout(resolve, 5));
			}
			abort.abort();
			assert.deepEqual((await failing).kind, 'tagsMissing');
			assert.ok(await subject.provider.find(target, 'laptop', never));
		});

		it('sets none when there are none', async () => {
			await subject.provider.import(target, request, never);
			assert.equal(count('TagResource'), 0);
		});

		it('says that a change of tags is made in part when only its second half failed', async () => {
			await subject.provider.import(target, tagged, never);
			subject.account.deniedActions.add('lightsail:UntagResource');
			const change = { set: { more: 'x' }, remove: ['team'] };
			const failure = await failureOf(subject.provider.changeTags(target, { name: 'laptop' }, change, never));
			assert.deepEqual(
				[failure.kind, failure.action, failure.outcomeUnknown],
				['notPermitted', 'lightsail:UntagResource', true],
			);
			const { tags } = (await subject.provider.find(target, 'laptop', never)) ?? {};
			assert.deepEqual(tags, { ...tagged.tags, more: 'x' });
		});
	});

	describe('which creates keys', () => {
		it('hands out the text of a PEM file, and the public key', async () => {
			const { keyPair, privateKey } = await subject.provider.create(target, { ...creation, tags: { a: '' } }, never);
			assert.match(privateKey, /^-----BEGIN RSA PRIVATE KEY-----\n/);
			const { n } = createPrivateKey(privateKey).export({ format: 'jwk' });
			const wire = Buffer.from(keyPair.publicKey?.split(' ')[1] ?? '', 'base64');
			assert.ok(wire.includes(Buffer.from(n ?? '?', 'base64url')));
			assert.deepEqual(keyPair.tags, { a: '' });
			assert.match(keyPair.fingerprint ?? '', /^(?:[0-9a-f]{2}:){15}[0-9a-f]{2}$/);
		});

		it('hands the private key out also when what becomes of the operation can not be seen', async () => {
			subject.account.deniedActions.add('lightsail:GetOperation').add('lightsail:GetKeyPair');
			const { keyPair, privateKey } = await subject.provider.create(target, creation, never);
			assert.equal(createPrivateKey(privateKey).asymmetricKeyType, 'rsa');
			assert.equal(keyPair.name, 'made');
			assert.ok(region.resource('made'));
		});

		it('hands the private key out also when it is cancelled after the answer', async () => {
			subject.lightsail.operationMs = 60_000;
			const abort = new AbortController();
			const creating = subject.provider.create(target, creation, abort.signal);
			while (count('GetOperation') === 0) {
				await new Promise((resolve) => setTimeout(resolve, 5));
			}
			abort.abort();
			assert.match((await creating).privateKey, /^-----BEGIN RSA PRIVATE KEY-----\n/);
		});

		it('does not keep the private key back for long', async () => {
			subject.lightsail.operationMs = 60_000;
			const { keyPair, privateKey } = await impatient({ creationLimitMs: 50 }).create(target, creation, never);
			assert.equal(createPrivateKey(privateKey).asymmetricKeyType, 'rsa');
			assert.equal(keyPair.name, 'made');
		});

		it('says that the operation failed when there is no key pair for the private key', async () => {
			subject.lightsail.failures.set('CreateKeyPair', { errorCode: 'InternalOperationError', errorDetails: 'No.' });
			const failure = await failureOf(subject.provider.create(target, creation, never));
			assert.deepEqual([failure.kind, failure.outcomeUnknown], ['operationFailed', false]);
			assert.deepEqual(await subject.provider.list(target, never), []);
		});
	});

	describe('with its default key pair', () => {
		it('lists it as such where it exists, and never makes it', async () => {
			await subject.provider.import(target, request, never);
			assert.deepEqual(
				(await subject.provider.list(target, never)).map(({ isDefault }) => isDefault),
				[undefined],
			);
			await region.makeDefaultKeyPair();
			assert.deepEqual(
				(await subject.provider.list(target, never)).map(({ name, isDefault }) => [name, isDefault]),
				[
					['LightsailDefaultKeyPair', true],
					['laptop', undefined],
				],
			);
			assert.equal(count('DownloadDefaultKeyPair'), 0);
		});

		it('deletes it by its fingerprint, and others without one', async () => {
			await region.makeDefaultKeyPair();
			await subject.provider.import(target, request, never);
			for (const keyPair of await subject.provider.list(target, never)) {
				await subject.provider.delete(target, keyPair, never);
			}
			assert.deepEqual(await subject.provider.list(target, never), []);
			const sent = subject.cloud.requests.all({ operation: 'DeleteKeyPair' }).map(({ parameters }) => parameters);
			assert.ok(sent[0]?.expectedFingerprint);
			assert.deepEqual(sent[1], { keyPairName: 'laptop' });
		});

		it('does not delete one that was made anew since', async () => {
			const old = await region.makeDefaultKeyPair();
			const [listed] = await subject.provider.list(target, never);
			assert.ok(listed);
			region.remove(old);
			await region.makeDefaultKeyPair();
			await failureOf(subject.provider.delete(target, listed, never));
			assert.equal((await subject.provider.list(target, never)).length, 1);
		});
	});

	it('follows all pages, and lists nothing when one of them fails', async () => {
		const key = readPublicKey(contractKeys.rsa);
		assert.ok(key);
		const names = Array.from({ length: 25 }, (_, index) => `key-${String(index).padStart(2, '0')}`);
		for (const name of [...names].reverse()) {
			region.addKeyPair(name, key);
		}
		await region.makeDefaultKeyPair();
		const listed = await subject.provider.list(target, never);
		assert.deepEqual(
			listed.map(({ name }) => name),
			['LightsailDefaultKeyPair', ...names],
		);
		assert.equal(count('GetKeyPairs'), 3);
		subject.cloud.requests.clear();
		subject.cloud.faults.set([{ operation: 'GetKeyPairs', calls: [2], effect: { kind: 'html', status: 200 } }]);
		assert.equal((await failureOf(subject.provider.list(target, never))).kind, 'notTheService');
	});

	it('does not go round in a circle of pages, and lists what stands on two of them once', async () => {
		const page = (names: readonly string[], nextPageToken?: string) =>
			JSON.stringify({ keyPairs: names.map((name) => ({ name })), nextPageToken });
		const asked: string[] = [];
		let answers: (token: string) => string = () => page(['a', 'b'], 'again');
		const server = createServer((incoming, response) => {
			let text = '';
			incoming.on('data', (chunk: Buffer) => {
				text += chunk.toString();
			});
			incoming.on('end', () => {
				const { pageToken = '' }: { pageToken?: string } = JSON.parse(text);
				asked.push(pageToken);
				response.writeHead(200, { 'x-amzn-requestid': 'r' }).end(answers(pageToken));
			});
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		const { port } = server.address() as AddressInfo;
		try {
			await subject.home.config(`[profile able]\nregion = eu-west-1\nendpoint_url = http://127.0.0.1:${port}\n`);
			subject.provider.forget();
			assert.equal((await failureOf(subject.provider.list(target, never))).kind, 'notTheService');
			assert.deepEqual(asked, ['', 'again']);
			answers = (token) => (token === '' ? page(['b', 'a'], 'next') : page(['a', 'c']));
			assert.deepEqual(
				(await subject.provider.list(target, never)).map(({ name }) => name),
				['a', 'b', 'c'],
			);
		} finally {
			server.closeAllConnections();
			server.close();
		}
	});

	it('has one space of names for everything: an instance keeps a key pair from having its name', async () => {
		region.addResource('web', 'Instance');
		const failure = await failureOf(subject.provider.import(target, { ...request, keyName: 'web' }, never));
		assert.deepEqual([failure.kind, failure.code], ['nameTaken', 'NameExists']);
		assert.equal(failure.detail, 'Some names are already in use: web');
		assert.equal(await subject.provider.find(target, 'web', never), undefined);
	});

	it('says what Lightsail does not like about a request', async () => {
		const refused = async (change: Partial<ImportArguments>) =>
			(await failureOf(subject.provider.import(target, { ...request, ...change }, never))).kind;
		assert.equal(await refused({ publicKey: 'ssh-rsa AAAA' }), 'keyInvalid');
		assert.equal(await refused({ publicKey: Buffer.from(contractKeys.rsa).toString('base64') }), 'keyInvalid');
		assert.equal(await refused({ keyName: 'a b' }), 'nameInvalid');
		const creating = async (tags: Record<string, string>) =>
			(await failureOf(subject.provider.create(target, { ...creation, tags }, never))).kind;
		assert.equal(await creating({ 'aws:x': '' }), 'tagsInvalid');
		assert.equal(await creating({ a: '!' }), 'tagsInvalid');
		assert.equal(await creating(Object.fromEntries([...Array(51).keys()].map((n) => [`t${n}`, '']))), 'tagLimit');
	});

	it('says that the account, or the region, is still being set up', async () => {
		subject.lightsail.isSettingUp = true;
		assert.equal((await failureOf(subject.provider.list(target, never))).kind, 'accountState');
		subject.lightsail.isSettingUp = false;
		region.isSettingUp = true;
		const failure = await failureOf(subject.provider.import(target, request, never));
		assert.deepEqual([failure.kind, failure.retryable, failure.outcomeUnknown], ['regionNotReady', true, false]);
		// The tip of the answer.
		assert.match(failure.detail ?? '', /Wait a few minutes and try again\.$/);
	});

	it('is in the commercial partition only, and says so before any call', async () => {
		const regions = ['cn-north-1', 'us-gov-west-1', 'eusc-de-east-1', 'us-iso-east-1', 'eu-isoe-west-1'];
		for (const name of regions) {
			const elsewhere = { ...target, region: name };
			const failures = await Promise.all(
				[
					subject.provider.list(elsewhere, never),
					subject.provider.find(elsewhere, 'laptop', never),
					subject.provider.import(elsewhere, request, never),
					subject.provider.create(elsewhere, creation, never),
					subject.provider.delete(elsewhere, { name: 'laptop' }, never),
				].map(failureOf),
			);
			await subject.home.config(`[profile able]\nregion = ${name}\nendpoint_url = ${subject.emulator.url}\n`);
			subject.provider.forget('able');
			failures.push(await failureOf(subject.provider.regions('able', never)));
			for (const { kind, region: place, profile, retryable } of failures) {
				assert.deepEqual([kind, place, profile, retryable], ['regionUnknown', name, 'able', false]);
			}
		}
		assert.equal(subject.cloud.requests.count(), 0);
	});

	it('refuses a target without a region before any call', async () => {
		const { kind } = await failureOf(subject.provider.list({ service: 'lightsail', profile: 'able' }, never));
		assert.equal(kind, 'badRequest');
		assert.equal(subject.cloud.requests.count(), 0);
	});

	describe('and regions', () => {
		const askedIn = () => subject.cloud.requests.all({ operation: 'GetRegions' }).map((sent) => sent.region);

		it("are listed from the profile's own, from us-east-1 where that has no Lightsail or is not enabled", async () => {
			assert.equal((await subject.provider.regions('able', never)).length, 20);
			assert.deepEqual(askedIn(), ['eu-west-1']);
			for (const name of ['eu-central-2', 'ap-southeast-3']) {
				subject.cloud.requests.clear();
				await subject.home.config(`[profile able]\nregion = ${name}\nendpoint_url = ${subject.emulator.url}\n`);
				subject.provider.forget('able');
				assert.equal((await subject.provider.regions('able', never)).length, 20);
				assert.deepEqual(askedIn(), [name, 'us-east-1']);
			}
			subject.cloud.requests.clear();
			await subject.home.config(`[profile able]\nendpoint_url = ${subject.emulator.url}\n`);
			subject.provider.forget('able');
			await subject.provider.regions('able', never);
			assert.deepEqual(askedIn(), ['us-east-1']);
		});

		it('are known to be not enabled once EC2 has told so', async () => {
			const find = async () =>
				(await subject.provider.regions('able', never)).find(({ name }) => name === 'ap-southeast-3');
			assert.deepEqual(await find(), { name: 'ap-southeast-3', usable: true });
			const ec2 = subject.providers.find(({ service }) => service === 'ec2');
			await ec2?.regions('able', never);
			assert.deepEqual(await find(), { name: 'ap-southeast-3', usable: false, reason: 'notOptedIn' });
		});

		it('that do not know the key are not enabled, where another region has just taken it', async () => {
			const disabled = { ...target, region: 'ap-southeast-3' };
			assert.equal((await failureOf(subject.provider.list(disabled, never))).kind, 'credentialsRejected');
			await subject.provider.list(target, never);
			assert.equal((await failureOf(subject.provider.list(disabled, never))).kind, 'regionNotEnabled');
			subject.account.setOptIn('ap-southeast-3', true);
			assert.deepEqual(await subject.provider.list(disabled, never), []);
			// The region has taken the key before: now it is the key.
			subject.account.setOptIn('ap-southeast-3', false);
			assert.equal((await failureOf(subject.provider.list(disabled, never))).kind, 'credentialsRejected');
		});

		it('can not be listed without the permission', async () => {
			const failure = await failureOf(subject.provider.regions('denied', never));
			assert.deepEqual([failure.kind, failure.action], ['notPermitted', 'lightsail:GetRegions']);
			assert.deepEqual(askedIn(), ['eu-west-1']);
		});
	});

	it('takes an unknown access key and a wrong secret for rejected credentials', async () => {
		await subject.home.credentials('[able]\naws_access_key_id = AKIAAAAAAAAAAAAAAAAA\naws_secret_access_key = x\n');
		subject.provider.forget('able');
		assert.equal((await failureOf(subject.provider.list(target, never))).kind, 'credentialsRejected');
		const { id } = subject.account.addAccessKey();
		await subject.home.credentials(`[able]\naws_access_key_id = ${id}\naws_secret_access_key = x\n`);
		subject.provider.forget('able');
		assert.equal((await failureOf(subject.provider.list(target, never))).kind, 'credentialsRejected');
	});

	it('follows a clock that is off, for changes too', async () => {
		now = () => Date.now() + 3_600_000;
		assert.ok(await subject.provider.import(target, request, never));
		assert.equal((await subject.provider.list(target, never)).length, 1);
	});

	it('sends a change once also when its failure tells that the clock is off', async () => {
		now = () => Date.now() + 3_600_000;
		subject.cloud.faults.set([{ operation: 'ImportKeyPair', effect: { kind: 'serverError' } }]);
		const failure = await failureOf(subject.provider.import(target, request, never));
		assert.deepEqual([failure.kind, failure.outcomeUnknown], ['serverError', true]);
		assert.equal(count('ImportKeyPair'), 1);
	});

	it('calls many regions at once, each with its own outcome, on one signal', async () => {
		const warnings: string[] = [];
		const keep = ({ message }: Error) => warnings.push(message);
		process.on('warning', keep);
		const regions = (await subject.provider.regions('able', never)).filter(({ name }) =>
			subject.account.isEnabled(name),
		);
		subject.lightsail.operationMs = 200;
		subject.cloud.faults.set([
			{ region: 'us-east-1', effect: { kind: 'error', code: 'ServiceException', status: 500 } },
		]);
		const { signal } = new AbortController();
		const outcomes = await Promise.allSettled(
			regions.map(({ name }) =>
				subject.provider.import({ ...target, region: name }, { ...request, tags: { a: 'b' } }, signal),
			),
		);
		process.off('warning', keep);
		const failed = regions.filter((_, index) => outcomes[index]?.status === 'rejected');
		assert.deepEqual(
			failed.map(({ name }) => name),
			['us-east-1'],
		);
		assert.ok(regions.length > 15);
		assert.deepEqual(warnings, []);
	});

	it('logs each call with its service, target and outcome, and nothing of the request', async () => {
		subject.lightsail.operationMs = 0;
		await subject.provider.import(target, request, never);
		await failureOf(subject.provider.import(target, request, never));
		const [importing, looking, refused] = subject.lines;
		assert.match(importing ?? '', /^lightsail ImportKeyPair able\/eu-west-1: ok, \d+ ms$/);
		assert.match(looking ?? '', /^lightsail GetKeyPair able\/eu-west-1: ok, \d+ ms$/);
		assert.match(refused ?? '', /^lightsail ImportKeyPair able\/eu-west-1: nameTaken \(NameExists\), \d+ ms$/);
		assert.doesNotMatch(subject.lines.join('\n'), /AAAAB3/);
	});

	describe('behind something else that answers', () => {
		let server: Server | undefined;
		afterEach(() => {
			server?.closeAllConnections();
			server?.close();
		});

		it('takes neither HTML, nor XML, nor an empty body, nor other JSON for an answer', async () => {
			for (const body of [
				'<html><p>Sign in</html>',
				'<?xml version="1.0"?><a/>',
				'',
				'{}',
				'{"ok":true}',
				'[]',
				'\0',
			]) {
				server = createServer((_, response) => response.writeHead(200).end(body));
				await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
				const { port } = server.address() as AddressInfo;
				await subject.home.config(`[profile able]\nregion = eu-west-1\nendpoint_url = http://127.0.0.1:${port}\n`);
				subject.provider.forget();
				const { provider } = subject;
				const keyPair = { name: 'laptop' };
				const reads = [
					provider.list(target, never),
					provider.find(target, 'laptop', never),
					provider.regions('able', never),
				];
				const changes = [
					provider.import(target, request, never),
					provider.create(target, creation, never),
					provider.delete(target, keyPair, never),
					provider.changeTags(target, keyPair, { set: { a: 'b' }, remove: [] }, never),
					provider.changeTags(target, keyPair, { set: {}, remove: ['a'] }, never),
				];
				for (const [calls, outcomeUnknown] of [
					[reads, false],
					[changes, true],
				] as const) {
					for (const failure of await Promise.all(calls.map(failureOf))) {
						assert.deepEqual([failure.kind, failure.outcomeUnknown], ['notTheService', outcomeUnknown], body);
						assert.equal(failure.detail, undefined);
					}
				}
				server.closeAllConnections();
				server.close();
			}
		});
	});
});
