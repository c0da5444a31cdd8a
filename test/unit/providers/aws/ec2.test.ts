import assert from 'node:assert/strict';
import { createHash, createPrivateKey } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, createServer as createPlainServer } from 'node:net';
import type { Target } from '../../../../src/domain/target';
import { createProviders } from '../../../../src/providers/aws/bundle';
import { AwsContext } from '../../../../src/providers/aws/context';
import { Credentials } from '../../../../src/providers/aws/credentials';
import { Ec2KeyPairs } from '../../../../src/providers/aws/ec2';
import { requestHandlerOptions } from '../../../../src/providers/aws/http';
import type { ImportArguments } from '../../../../src/providers/contract';
import { contractKeys } from '../contract';
import { failureOf } from '../failing';
import { testDependencies } from './awsHome';
import { type Ec2Subject, startEc2 } from './ec2Subject';

const never = new AbortController().signal;
const target: Target = { service: 'ec2', profile: 'able', region: 'eu-west-1' };
const request: ImportArguments = { keyName: 'laptop', publicKey: contractKeys.rsa, tags: {}, dryRun: false };

describe('EC2', function () {
	this.timeout(20_000);
	let now: (() => number) | undefined;
	let subject: Ec2Subject;

	beforeEach(async () => {
		now = undefined;
		subject = await startEc2(createProviders, { now: () => (now ?? Date.now)() });
	});
	afterEach(() => subject.close());

	it('gives fingerprints as EC2 does: MD5 of the SPKI for RSA, padded SHA-256 of the blob for ED25519', async () => {
		const rsa = (await subject.provider.import(target, request, never))?.keyPair;
		// `ssh-keygen -ef rsa.pub -m PKCS8 | openssl pkey -pubin -outform DER | openssl md5 -c`
		assert.equal(rsa?.fingerprint, 'fb:90:26:71:1b:9d:b6:f6:c3:d1:ac:1d:87:0b:5c:2c');
		assert.match(rsa.id ?? '', /^key-[0-9a-f]{17}$/);
		assert.equal(rsa.type, 'rsa');
		const ed25519Request = { ...request, keyName: 'ed', publicKey: contractKeys.ed25519 };
		const ed25519 = (await subject.provider.import(target, ed25519Request, never))?.keyPair;
		// `ssh-keygen -lf ed.pub`, with padding
		assert.equal(ed25519?.fingerprint, 'OroW756jfwqJ+Gzm9okuULHBhIH2ydQ+PrrV78xrlxg=');
		assert.equal(ed25519.type, 'ed25519');
	});

	it('finds names that hold wildcards of EC2, and only these', async () => {
		for (const keyName of ['a*b', 'a?b', 'a\\b', 'axb']) {
			await subject.provider.import(target, { ...request, keyName }, never);
		}
		for (const keyName of ['a*b', 'a?b', 'a\\b']) {
			assert.equal((await subject.provider.find(target, keyName, never))?.name, keyName);
		}
		assert.equal(await subject.provider.find(target, 'a*', never), undefined);
	});

	it('sends the text of the key, not base64 of it', async () => {
		await subject.provider.import(target, request, never);
		const [sent] = subject.cloud.requests.all({ operation: 'ImportKeyPair' });
		assert.equal(Buffer.from(sent?.parameters.PublicKeyMaterial ?? '', 'base64').toString(), contractKeys.rsa);
	});

	it('names itself in the user agent', async () => {
		await subject.provider.list(target, never);
		assert.match(subject.cloud.requests.all()[0]?.userAgent ?? '', / cloud-key-pairs\/1\.2\.3/);
	});

	it('deletes by id, so that a key pair made meanwhile under that name stays', async () => {
		const first = (await subject.provider.import(target, request, never))?.keyPair;
		assert.ok(first);
		await subject.provider.delete(target, first, never);
		await subject.provider.import(target, request, never);
		await subject.provider.delete(target, first, never);
		assert.equal((await subject.provider.list(target, never)).length, 1);
	});

	it('finds out the id of a key pair that is known by name only before it changes its tags', async () => {
		await subject.provider.import(target, request, never);
		await subject.provider.changeTags(target, { name: 'laptop' }, { set: { a: 'b' }, remove: [] }, never);
		assert.deepEqual((await subject.provider.find(target, 'laptop', never))?.tags, { a: 'b' });
		const change = { set: { a: 'b' }, remove: [] };
		const failure = await failureOf(subject.provider.changeTags(target, { name: 'absent' }, change, never));
		assert.deepEqual([failure.kind, failure.service, failure.region], ['notFound', 'ec2', 'eu-west-1']);
	});

	it('removes a tag whatever its value is', async () => {
		const imported = await subject.provider.import(target, { ...request, tags: { a: 'b', c: '' } }, never);
		assert.ok(imported);
		await subject.provider.changeTags(target, imported.keyPair, { set: {}, remove: ['a', 'c', 'absent'] }, never);
		assert.deepEqual((await subject.provider.find(target, 'laptop', never))?.tags, {});
	});

	it('says that a change of tags is made in part when only its second half failed', async () => {
		const imported = await subject.provider.import(target, { ...request, tags: { a: 'b' } }, never);
		assert.ok(imported);
		subject.account.deniedActions.add('ec2:DeleteTags');
		const both = { set: { c: 'd' }, remove: ['a'] };
		const halfDone = await failureOf(subject.provider.changeTags(target, imported.keyPair, both, never));
		assert.deepEqual(
			[halfDone.kind, halfDone.action, halfDone.outcomeUnknown],
			['notPermitted', 'ec2:DeleteTags', true],
		);
		assert.deepEqual((await subject.provider.find(target, 'laptop', never))?.tags, { a: 'b', c: 'd' });
		const one = { set: {}, remove: ['a'] };
		const undone = await failureOf(subject.provider.changeTags(target, imported.keyPair, one, never));
		assert.equal(undone.outcomeUnknown, false);
	});

	it('says what EC2 does not like about tags', async () => {
		const imported = await subject.provider.import(target, request, never);
		const refused = async (set: Record<string, string>) =>
			(
				await failureOf(
					subject.provider.changeTags(target, imported?.keyPair ?? { name: '' }, { set, remove: [] }, never),
				)
			).kind;
		assert.equal(await refused({ 'aws:x': '' }), 'tagsInvalid');
		assert.equal(await refused(Object.fromEntries([...Array(51).keys()].map((n) => [n, '']))), 'tagLimit');
		const store = subject.account.keyPairs('eu-west-1');
		store.remove(store.withName('laptop') ?? assert.fail());
		assert.equal(await refused({ a: 'b' }), 'notFound');
	});

	it('creates keys with fingerprints as EC2 gives them: SHA-1 for RSA, padded SHA-256 for ED25519', async () => {
		const creation = { keyName: 'made', tags: {}, format: 'pem' } as const;
		const { keyPair, privateKey } = await subject.provider.create(target, { ...creation, type: 'rsa' }, never);
		// `openssl pkcs8 -in rsa -outform DER -topk8 -nocrypt | openssl sha1 -c`
		const der = createPrivateKey(privateKey).export({ type: 'pkcs8', format: 'der' });
		const sha1 = createHash('sha1')
			.update(der)
			.digest('hex')
			.replace(/..(?!$)/g, '$&:');
		assert.deepEqual([keyPair.fingerprint, keyPair.type], [sha1, 'rsa']);
		assert.match(keyPair.id ?? '', /^key-[0-9a-f]{17}$/);
		const other = await subject.provider.create(target, { ...creation, keyName: 'ed', type: 'ed25519' }, never);
		assert.match(other.keyPair.fingerprint ?? '', /^[A-Za-z0-9+/]{43}=$/);
		assert.equal(other.keyPair.type, 'ed25519');
		assert.match(other.privateKey, /^-----BEGIN OPENSSH PRIVATE KEY-----\n/);
	});

	it('sends a change once also when its failure tells that the clock is off', async () => {
		now = () => Date.now() + 3_600_000;
		subject.cloud.faults.set([{ operation: 'ImportKeyPair', effect: { kind: 'serverError' } }]);
		const failure = await failureOf(subject.provider.import(target, request, never));
		assert.deepEqual([failure.kind, failure.outcomeUnknown], ['serverError', true]);
		assert.equal(subject.cloud.requests.count({ operation: 'ImportKeyPair' }), 1);
	});

	it('says which permission a tagged import lacks', async () => {
		subject.account.deniedActions.add('ec2:CreateTags');
		const failure = await failureOf(subject.provider.import(target, { ...request, tags: { a: 'b' } }, never));
		assert.equal(failure.kind, 'notPermitted');
		assert.equal(failure.action, 'ec2:CreateTags');
		assert.doesNotMatch(failure.detail ?? '', /Encoded authorization failure/);
	});

	it('says of a dry run that is not permitted what is missing', async () => {
		subject.account.deniedActions.add('ec2:ImportKeyPair');
		const failure = await failureOf(subject.provider.import(target, { ...request, dryRun: true }, never));
		assert.deepEqual([failure.kind, failure.action], ['notPermitted', 'ec2:ImportKeyPair']);
	});

	it('says what EC2 does not like about a request', async () => {
		const refused = async (change: Partial<ImportArguments>) =>
			(await failureOf(subject.provider.import(target, { ...request, ...change }, never))).kind;
		assert.equal(await refused({ publicKey: 'ssh-rsa AAAA' }), 'keyInvalid');
		assert.equal(await refused({ publicKey: `${contractKeys.rsa} ${'x'.repeat(2000)}` }), 'keyTooLong');
		assert.equal(await refused({ keyName: 'x'.repeat(256) }), 'nameInvalid');
		assert.equal(await refused({ tags: { 'aws:x': '' } }), 'tagsInvalid');
		assert.equal(await refused({ tags: Object.fromEntries([...Array(51).keys()].map((n) => [n, ''])) }), 'tagLimit');
		subject.account.keyPairLimit = 0;
		assert.equal(await refused({}), 'pairLimit');
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

	it('goes on with changed credentials only once it is told to forget', async () => {
		await subject.provider.list(target, never);
		await subject.home.credentials('');
		await subject.provider.list(target, never);
		subject.provider.forget('able');
		assert.equal((await failureOf(subject.provider.list(target, never))).kind, 'credentialsMissing');
	});

	it('follows a clock that is off, for changes too', async () => {
		now = () => Date.now() + 3_600_000;
		assert.ok(await subject.provider.import(target, request, never));
		assert.equal((await subject.provider.list(target, never)).length, 1);
	});

	it('takes RequestExpired for a clock that is off with a long-lived key, and for an expired sign-in with a session', async () => {
		subject.cloud.faults.set([{ effect: { kind: 'error', code: 'RequestExpired' } }]);
		assert.equal((await failureOf(subject.provider.list(target, never))).kind, 'clockSkew');
		const role = subject.account.addRole('r');
		const { id, secret, session } = subject.account.startSession(role, 'me', 3600);
		await subject.home.credentials(
			`[able]\naws_access_key_id=${id}\naws_secret_access_key=${secret}\naws_session_token=${session.token}`,
		);
		subject.provider.forget('able');
		assert.equal((await failureOf(subject.provider.list(target, never))).kind, 'signInExpired');
	});

	it("takes AuthFailure for a region that is not enabled only where it knows the account's regions", async () => {
		const disabled = { ...target, region: 'af-south-1' };
		assert.equal((await failureOf(subject.provider.list(disabled, never))).kind, 'credentialsRejected');
		await subject.provider.regions('able', never);
		assert.equal((await failureOf(subject.provider.list(disabled, never))).kind, 'regionNotEnabled');
		subject.account.setOptIn('af-south-1', true);
		assert.deepEqual(await subject.provider.list(disabled, never), []);
	});

	it("lists regions from the partition's main one when the profile's own is not enabled", async () => {
		await subject.home.config(`[profile able]\nregion = af-south-1\nendpoint_url = ${subject.emulator.url}\n`);
		const regions = await subject.provider.regions('able', never);
		assert.equal(regions.find(({ name }) => name === 'af-south-1')?.usable, false);
		assert.deepEqual(
			subject.cloud.requests.all({ operation: 'DescribeRegions' }).map(({ region }) => region),
			['af-south-1', 'us-east-1'],
		);
	});

	it('lists regions from us-east-1 for a profile without a region', async () => {
		await subject.home.config(`[profile able]\nendpoint_url = ${subject.emulator.url}\n`);
		assert.equal((await subject.provider.regions('able', never)).length, 34);
		assert.equal(subject.cloud.requests.all()[0]?.region, 'us-east-1');
	});

	it('says that a profile may not list regions', async () => {
		const failure = await failureOf(subject.provider.regions('denied', never));
		assert.deepEqual([failure.kind, failure.action], ['notPermitted', 'ec2:DescribeRegions']);
	});

	it('refuses a region that can be none, and a target without one, before any call', async () => {
		const { kind } = await failureOf(subject.provider.list({ ...target, region: 'a.example/' }, never));
		assert.equal(kind, 'configuration');
		const bare = await failureOf(subject.provider.list({ service: 'ec2', profile: 'able' }, never));
		assert.equal(bare.kind, 'badRequest');
		assert.equal(subject.cloud.requests.count(), 0);
	});

	it('calls many regions at once, each with its own outcome, on one signal', async () => {
		const warnings: string[] = [];
		const keep = ({ message }: Error) => warnings.push(message);
		process.on('warning', keep);
		const regions = (await subject.provider.regions('able', never)).filter(({ usable }) => usable);
		subject.cloud.faults.set([
			{ region: 'us-east-1', effect: { kind: 'error', code: 'Blocked', status: 403 } },
			{ region: 'us-east-2', delayMs: 100 },
		]);
		const outcomes = await Promise.allSettled(
			regions.map(({ name }) => subject.provider.import({ ...target, region: name }, request, never)),
		);
		const failed = regions.filter((_, index) => outcomes[index]?.status === 'rejected');
		assert.deepEqual(
			failed.map(({ name }) => name),
			['us-east-1'],
		);
		process.off('warning', keep);
		assert.deepEqual(warnings, []);
	});

	it('logs each call with its target and outcome, and nothing of the request', async () => {
		await subject.provider.import(target, request, never);
		await failureOf(subject.provider.import(target, request, never));
		assert.match(subject.lines[0] ?? '', /^ec2 ImportKeyPair able\/eu-west-1: ok, \d+ ms$/);
		assert.match(
			subject.lines[1] ?? '',
			/^ec2 ImportKeyPair able\/eu-west-1: nameTaken \(InvalidKeyPair\.Duplicate\), \d+ ms$/,
		);
		assert.doesNotMatch(subject.lines.join('\n'), /AAAAB3/);
	});
});

describe('EC2 behind a bad connection', function () {
	this.timeout(20_000);
	let subject: Ec2Subject;
	let server: Server | undefined;

	beforeEach(async () => {
		subject = await startEc2(createProviders);
	});
	afterEach(async () => {
		server?.closeAllConnections();
		server?.close();
		server = undefined;
		await subject.close();
	});

	/** Lets the profile's endpoint be a server that answers in that way. */
	async function answerWith(body: string, headers: Record<string, string> = {}): Promise<void> {
		server = createServer((_, response) => response.writeHead(200, headers).end(body));
		await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
		const { port } = server.address() as AddressInfo;
		await setEndpoint(`http://127.0.0.1:${port}`);
	}

	async function setEndpoint(url: string): Promise<void> {
		await subject.home.config(`[profile able]\nregion = eu-west-1\nendpoint_url = ${url}\n`);
		subject.provider.forget();
	}

	function withTimeouts(milliseconds: number): Ec2KeyPairs {
		const handler = requestHandlerOptions({ connection: milliseconds, request: milliseconds });
		const context = new AwsContext(testDependencies(subject.home.environment), handler);
		return new Ec2KeyPairs(context, new Credentials(context));
	}

	it('gives up when no answer comes in time, and says of an import that it may have been made', async () => {
		const provider = withTimeouts(100);
		subject.cloud.faults.set([{ effect: { kind: 'hang' } }]);
		const reading = await failureOf(provider.list(target, never));
		assert.deepEqual([reading.kind, reading.outcomeUnknown, reading.retryable], ['timedOut', false, true]);
		assert.equal(subject.cloud.requests.count(), 3);
		subject.cloud.requests.clear();
		const changing = await failureOf(provider.import(target, request, never));
		assert.deepEqual([changing.kind, changing.outcomeUnknown], ['timedOut', true]);
		assert.equal(subject.cloud.requests.count(), 1);
	});

	it('waits for an answer that comes slowly, but not for one that stands still', async () => {
		subject.cloud.faults.set([{ effect: { kind: 'slowBody', overMs: 500 } }]);
		assert.deepEqual(await withTimeouts(300).list(target, never), []);
		subject.cloud.faults.set([{ effect: { kind: 'slowBody', overMs: 2000 } }]);
		assert.equal((await failureOf(withTimeouts(100).list(target, never))).kind, 'timedOut');
	});

	it('says that nobody listens there', async () => {
		await answerWith('');
		server?.closeAllConnections();
		await new Promise((resolve) => server?.close(resolve));
		const failure = await failureOf(subject.provider.import(target, request, never));
		assert.deepEqual([failure.kind, failure.code, failure.outcomeUnknown], ['unreachable', 'ECONNREFUSED', false]);
	});

	it('takes neither broken XML, nor JSON, nor an empty body for an answer', async () => {
		const xml =
			'<?xml version="1.0"?><DescribeKeyPairsResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><keySet><item>';
		for (const body of [xml, '{"ok":true}', '', '<html><p>Sign in</html>', '\0\u0001']) {
			await answerWith(body, { 'content-type': 'text/xml' });
			const listing = await failureOf(subject.provider.list(target, never));
			assert.equal(listing.kind, 'notTheService', body);
			const importing = await failureOf(subject.provider.import(target, request, never));
			assert.deepEqual([importing.kind, importing.outcomeUnknown], ['notTheService', true], body);
			assert.equal((await failureOf(subject.provider.regions('able', never))).kind, 'notTheService', body);
			assert.equal(
				(await failureOf(subject.provider.delete(target, { name: 'x' }, never))).kind,
				'notTheService',
				body,
			);
			const keyPair = { name: 'x', id: 'key-0123456789abcdef0' };
			const creation = { keyName: 'x', tags: {}, type: 'rsa', format: 'pem' } as const;
			for (const change of [
				subject.provider.create(target, creation, never),
				subject.provider.changeTags(target, keyPair, { set: { a: 'b' }, remove: [] }, never),
				subject.provider.changeTags(target, keyPair, { set: {}, remove: ['a'] }, never),
			]) {
				const failure = await failureOf(change);
				assert.deepEqual([failure.kind, failure.outcomeUnknown], ['notTheService', true], body);
			}
			server?.closeAllConnections();
			server?.close();
		}
	});

	it('sees that something else than HTTP is spoken there', async () => {
		const plain = createPlainServer((socket) => socket.end('SSH-2.0-OpenSSH_9.2\r\n'));
		await new Promise<void>((resolve) => plain.listen(0, '127.0.0.1', resolve));
		await setEndpoint(`http://127.0.0.1:${(plain.address() as AddressInfo).port}`);
		const failure = await failureOf(subject.provider.list(target, never));
		plain.close();
		assert.equal(failure.kind, 'notTheService');
	});
});
