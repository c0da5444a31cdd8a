import assert from 'node:assert/strict';
import { createPrivateKey } from 'node:crypto';
import { alibabaRefuses, ens, useAlibaba } from './alibabaSupport';
import { ed25519Line, refused, rsaLine } from './vectors';

describe('emulated ENS, called by the official core', () => {
	const fixture = useAlibaba();

	const importKey = (KeyPairName: string, PublicKeyBody = rsaLine, url?: string) =>
		fixture().call(
			{ ...ens, action: 'ImportKeyPair' },
			{ KeyPairName, PublicKeyBody },
			url === undefined ? {} : { url },
		);
	const describeKeys = (query: Record<string, string> = {}, url?: string) =>
		fixture().call({ ...ens, action: 'DescribeKeyPairs' }, query, url === undefined ? {} : { url });
	const pairsOf = (body: Record<string, unknown>): Record<string, string>[] => Object(body['KeyPairs']).KeyPair;
	const namesOf = (body: Record<string, unknown>) => pairsOf(body).map((pair) => pair['KeyPairName']);
	const deleteKeys = (query: Record<string, string>) => fixture().call({ ...ens, action: 'DeleteKeyPairs' }, query);

	it('imports an RSA key and lists it, without region, public key or tags', async () => {
		const { KeyPairName, KeyPairFingerPrint, RequestId, ...rest } = await importKey('demo');
		// As `ssh-keygen -l -E md5` has it, but for the colons.
		assert.deepEqual([KeyPairName, KeyPairFingerPrint], ['demo', 'eccd8b891c37133ef1fb9f8ab10ddc31']);
		assert.match(String(RequestId), /^[0-9A-F-]{36}$/);
		assert.deepEqual(rest, {});
		const body = await describeKeys();
		assert.deepEqual([body['TotalCount'], body['PageNumber'], body['PageSize']], [1, 1, 10]);
		const [pair = {}] = pairsOf(body);
		assert.deepEqual(Object.keys(pair).sort(), ['CreationTime', 'KeyPairFingerPrint', 'KeyPairId', 'KeyPairName']);
		assert.match(String(pair['KeyPairId']), /^ssh-/);
		assert.equal(fixture().emulator.requests.all({ service: 'ens' })[0]?.region, undefined);
	});

	it('takes its parameters from a form as well', async () => {
		const query = { KeyPairName: 'demo', PublicKeyBody: rsaLine };
		await fixture().call({ ...ens, action: 'ImportKeyPair' }, query, { asForm: true });
		assert.equal(fixture().account.keyPairs('ens').withName('demo')?.publicKey, rsaLine);
	});

	it('creates a key pair and hands its private key out', async () => {
		const body = await fixture().call({ ...ens, action: 'CreateKeyPair' }, { KeyPairName: 'made' });
		assert.equal(createPrivateKey(String(body['PrivateKeyBody'])).asymmetricKeyDetails?.modulusLength, 2048);
		assert.match(String(body['KeyPairId']), /^ssh-/);
		const again = fixture().call({ ...ens, action: 'CreateKeyPair' }, { KeyPairName: 'made' });
		await alibabaRefuses(again, 'InvalidParameter');
	});

	it('refuses every key but ssh-rsa', async () => {
		const { 'an ECDSA key': ecdsa = '', 'a DSA key': dsa = '' } = refused;
		for (const key of [ed25519Line, ecdsa, dsa, 'ssh-rsa', 'no key']) {
			await alibabaRefuses(importKey('demo', key), 'InvalidPublicKeyBody.Malformed');
		}
	});

	it('refuses names by the documented rule, and what is missing', async () => {
		for (const name of ['x', '1st', 'a.b', 'a b', 'https://a', 'a'.repeat(129)]) {
			await alibabaRefuses(importKey(name), 'InvalidParameter.KeyPairName');
		}
		await importKey('密钥:a_b-1');
		await alibabaRefuses(importKey(''), 'MissingParameter');
		await alibabaRefuses(importKey('demo', ''), 'MissingParameter');
	});

	it('refuses a name that is taken, with the general code that was chosen', async () => {
		const { choices } = fixture().emulator.alibaba;
		await importKey('demo');
		const { Message } = await alibabaRefuses(importKey('demo'), 'InvalidParameter');
		assert.equal(Message, 'The errorMessage is keyPairName already exists. Please check it again.');
		for (const code of ['ens.interface.error', 'CallInterface'] as const) {
			choices.ensDuplicateCode = code;
			await alibabaRefuses(importKey('demo'), code);
		}
	});

	it('pages by texts, and finds by name and id', async () => {
		for (let index = 0; index < 12; index += 1) await importKey(`demo-${index}`);
		assert.equal(namesOf(await describeKeys()).length, 10);
		assert.equal(namesOf(await describeKeys({ PageSize: '10', PageNumber: '2' })).length, 2);
		await alibabaRefuses(describeKeys({ PageSize: 'ten' }), 'InvalidParameter');
		const [pair = {}] = pairsOf(await describeKeys({ KeyPairName: 'demo-3' }));
		assert.equal(pair['KeyPairName'], 'demo-3');
		assert.deepEqual(namesOf(await describeKeys({ KeyPairId: String(pair['KeyPairId']) })), ['demo-3']);
		assert.deepEqual(namesOf(await describeKeys({ KeyPairName: 'demo-*' })), []);
	});

	it('deletes a key pair by name or id, even while an instance uses it', async () => {
		for (const name of ['one', 'two', 'three']) await importKey(name);
		const store = fixture().account.keyPairs('ens');
		const one = store.withName('one');
		assert.ok(one);
		one.attached = true;
		await deleteKeys({ KeyPairName: 'one' });
		await deleteKeys({ KeyPairId: store.withName('two')?.id ?? '' });
		await deleteKeys({ KeyPairName: 'unknown' });
		assert.deepEqual(
			store.all().map(({ name }) => name),
			['three'],
		);
		await alibabaRefuses(deleteKeys({}), 'MissingParameter');
	});

	it('has key pairs of its own at each of its two sites', async () => {
		const singapore = await fixture().emulator.listenAs('ens.ap-southeast-1.aliyuncs.com');
		await importKey('china');
		await importKey('abroad', rsaLine, singapore);
		assert.deepEqual(namesOf(await describeKeys()), ['china']);
		assert.deepEqual(namesOf(await describeKeys({}, singapore)), ['abroad']);
		const store = fixture().account.keyPairs('ens', 'ens.ap-southeast-1.aliyuncs.com');
		assert.deepEqual(
			store.all().map(({ name }) => name),
			['abroad'],
		);
	});

	it('answers a denial with HTTP status 400', async () => {
		fixture().account.deniedActions.add('ens:ImportKeyPair');
		const data = await alibabaRefuses(importKey('demo'), 'NoPermission', 400);
		assert.equal(data['Message'], 'Permission denied.');
		assert.equal(Object(data['AccessDeniedDetail']).AuthAction, 'ens:ImportKeyPair');
	});

	it('has no operation for tags', async () => {
		const tagging = fixture().call({ ...ens, action: 'TagResources' }, { ResourceType: 'keypair' });
		await alibabaRefuses(tagging, 'InvalidAction.NotFound', 404);
	});
});
