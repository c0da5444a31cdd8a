import assert from 'node:assert/strict';
import { performance } from 'node:perf_hooks';
import { DescribeKeyPairsCommand, ImportKeyPairCommand } from '@aws-sdk/client-ec2';
import { startEmulator } from '../../emulator/emulator';
import { refuses, sdkCredentials, useEmulator } from './support';
import { ed25519Line } from './vectors';

const list = () => new DescribeKeyPairsCommand({});
const importDemo = () => new ImportKeyPairCommand({ KeyName: 'demo', PublicKeyMaterial: Buffer.from(ed25519Line) });

describe('emulator: faults', () => {
	const fixture = useEmulator();
	const isKept = () => fixture().account.keyPairs('us-east-1').withName('demo') !== undefined;

	it('throttles the calls it was told to, and no others', async () => {
		const { emulator, client } = fixture();
		emulator.faults.set([{ operation: 'ImportKeyPair', calls: [1, 3], effect: { kind: 'throttle' } }]);
		await client().send(list());
		const message = await refuses(client().send(importDemo()), 'RequestLimitExceeded', 503);
		assert.equal(message, 'Request limit exceeded.');
		assert.equal((await client().send(importDemo())).KeyName, 'demo');
		await refuses(client().send(importDemo()), 'RequestLimitExceeded', 503);
		await refuses(client().send(importDemo()), 'InvalidKeyPair.Duplicate');
	});

	it('picks by region, account and service', async () => {
		const { emulator, client } = fixture();
		const ann = sdkCredentials(emulator.accounts.add({ id: '444455556666' }).addAccessKey());
		emulator.faults.set([
			{ region: 'eu-west-1', effect: { kind: 'throttle' } },
			{ account: '444455556666', effect: { kind: 'serverError' } },
			{ service: 'sts', effect: { kind: 'drop' } },
		]);
		await client().send(list());
		await refuses(client({ region: 'eu-west-1' }).send(list()), 'RequestLimitExceeded', 503);
		await refuses(client({ credentials: ann }).send(list()), 'InternalError', 500);
		emulator.faults.clear();
		await client({ credentials: ann }).send(list());
	});

	it('fails before the import is done, or after it', async () => {
		const { emulator, client } = fixture();
		emulator.faults.set([{ effect: { kind: 'serverError' } }]);
		await refuses(client().send(importDemo()), 'InternalError', 500);
		assert.equal(isKept(), false);
		emulator.faults.set([{ when: 'after', effect: { kind: 'serverError' } }]);
		await refuses(client().send(importDemo()), 'InternalError', 500);
		assert.equal(isKept(), true);
	});

	it('lets a second attempt of the SDK run into its own first one', async () => {
		const { emulator, client } = fixture();
		emulator.faults.set([{ calls: [1], when: 'after', effect: { kind: 'serverError' } }]);
		await refuses(client({ maxAttempts: 2 }).send(importDemo()), 'InvalidKeyPair.Duplicate');
		assert.equal(emulator.requests.count({ operation: 'ImportKeyPair' }), 2);
	});

	it('breaks the connection before the import is done, or after it', async () => {
		const { emulator, client } = fixture();
		for (const when of ['before', 'after'] as const) {
			emulator.faults.set([{ when, effect: { kind: 'drop' } }]);
			await assert.rejects(client().send(importDemo()), { code: 'ECONNRESET' });
			assert.equal(isKept(), when === 'after');
		}
		assert.deepEqual(
			emulator.requests.all().map(({ done, status }) => [done, status]),
			[
				[false, undefined],
				[true, undefined],
			],
		);
	});

	it('answers any error it was told to', async () => {
		const { emulator, client } = fixture();
		emulator.faults.set([{ effect: { kind: 'error', code: 'PendingVerification', message: 'Wait.', status: 403 } }]);
		assert.equal(await refuses(client().send(list()), 'PendingVerification', 403), 'Wait.');
		emulator.faults.set([{ effect: { kind: 'error', code: 'Blocked' } }]);
		await refuses(client().send(list()), 'Blocked', 400);
	});

	it('sends a page of HTML with 200, which the SDK takes for an empty answer, or with 502', async () => {
		const { emulator, client } = fixture();
		emulator.faults.set([{ effect: { kind: 'html', status: 200 } }]);
		assert.equal((await client().send(list())).KeyPairs, undefined);
		emulator.faults.set([{ effect: { kind: 'html', status: 502 } }]);
		await refuses(client().send(list()), 'Unknown', 502);
	});

	it('waits before answering, and the body comes slowly', async () => {
		const { emulator, client } = fixture();
		const ec2 = client();
		await ec2.send(list());
		const time = async () => {
			const start = performance.now();
			assert.deepEqual((await ec2.send(list())).KeyPairs, []);
			return performance.now() - start;
		};
		emulator.faults.set([{ delayMs: 150 }]);
		assert.ok((await time()) >= 149);
		emulator.faults.set([{ effect: { kind: 'slowBody', overMs: 150 } }]);
		assert.ok((await time()) >= 149);
	});

	it('leaves an import undone or done when the client gives up during the wait', async () => {
		const { emulator, client } = fixture();
		emulator.faults.set([{ when: 'after', delayMs: 5000 }]);
		await assert.rejects(client().send(importDemo(), { abortSignal: AbortSignal.timeout(100) }), {
			name: 'AbortError',
		});
		assert.equal(isKept(), true);
	});

	it('never answers a call that hangs, and lets go of it when the emulator closes', async () => {
		const emulator = await startEmulator();
		const credentials = sdkCredentials(emulator.accounts.add().addAccessKey());
		emulator.faults.set([
			{ calls: [1], effect: { kind: 'hang' } },
			{ calls: [2], delayMs: 60_000 },
		]);
		const ec2 = fixture().client({ endpoint: emulator.url, credentials });
		const calls = [ec2.send(list()), ec2.send(list())].map((call) =>
			call.then(
				() => 'answered',
				(error: { code?: string }) => error.code,
			),
		);
		const early = await Promise.race([...calls, new Promise((resolve) => setTimeout(resolve, 100, 'nothing'))]);
		assert.equal(early, 'nothing');
		await emulator.close();
		assert.deepEqual(await Promise.all(calls), ['ECONNRESET', 'ECONNRESET']);
	});

	it('applies the first fault that hits, while all that match count the call', async () => {
		const { emulator, client } = fixture();
		emulator.faults.set([
			{ calls: [1], effect: { kind: 'error', code: 'First' } },
			{ calls: [1, 2], effect: { kind: 'error', code: 'Second' } },
		]);
		await refuses(client().send(list()), 'First');
		await refuses(client().send(list()), 'Second');
		await client().send(list());
	});
});

describe('emulator: the control endpoint', () => {
	const fixture = useEmulator();
	const fetchControl = (path: string, init?: RequestInit) => fetch(`${fixture().emulator.url}/_emulator/${path}`, init);
	const set = (value: unknown) => fetchControl('faults', { method: 'POST', body: JSON.stringify(value) });

	it('sets, shows and clears faults over HTTP', async () => {
		const faults = [
			{ operation: 'DescribeKeyPairs', region: 'us-east-1', calls: [1], effect: { kind: 'throttle' } },
			{ service: 'ec2', account: '111122223333', delayMs: 1, when: 'after' },
			{ effect: { kind: 'error', code: 'X', status: 400, message: 'm' } },
			{ effect: { kind: 'html', status: 200 } },
			{ effect: { kind: 'slowBody', overMs: 5 } },
		];
		assert.equal((await set(faults)).status, 200);
		assert.deepEqual(fixture().emulator.faults.get(), faults);
		assert.deepEqual(await (await fetchControl('faults')).json(), faults);
		await refuses(fixture().client().send(list()), 'RequestLimitExceeded', 503);
		await fetchControl('faults', { method: 'DELETE' });
		assert.deepEqual((await fixture().client().send(list())).KeyPairs, []);
	});

	const wrong: readonly (readonly [string, unknown, RegExp])[] = [
		['no array', {}, /array/],
		['an unknown field', [{ op: 'x' }], /^Fault 0: op is not known here$/],
		['an unknown effect', [{}, { effect: { kind: 'boom' } }], /^Fault 1: effect\.kind is throttle, /],
		['a missing status', [{ effect: { kind: 'html' } }], /status is missing/],
		['a number as text', [{ delayMs: '5' }], /delayMs is a number/],
		['calls that are counted from 0', [{ calls: [0] }], /calls is an array of numbers from 1/],
	];
	for (const [what, value, text] of wrong) {
		it(`refuses ${what} and says why`, async () => {
			const reply = await set(value);
			assert.equal(reply.status, 400);
			assert.match(((await reply.json()) as { message: string }).message, text);
			assert.deepEqual(fixture().emulator.faults.get(), []);
		});
	}

	it('shows and forgets the requests', async () => {
		await fixture().client().send(list());
		const [entry] = (await (await fetchControl('requests')).json()) as Record<string, unknown>[];
		assert.deepEqual(
			[entry?.['operation'], entry?.['region'], entry?.['account'], entry?.['status'], entry?.['done']],
			['DescribeKeyPairs', 'us-east-1', '111122223333', 200, true],
		);
		await fetchControl('requests', { method: 'DELETE' });
		assert.equal(fixture().emulator.requests.count(), 0);
		assert.equal((await fetchControl('nothing')).status, 404);
	});
});

describe('emulator: the request log', () => {
	const fixture = useEmulator();

	it('has operation, region, account, parameters and outcome of each request, and counts them', async () => {
		const { client, emulator, key } = fixture();
		await client().send(importDemo());
		await refuses(
			client({ region: 'eu-west-1' }).send(new DescribeKeyPairsCommand({ KeyNames: ['x'] })),
			'InvalidKeyPair.NotFound',
		);
		const [first, second] = emulator.requests.all();
		assert.deepEqual(
			[first?.service, first?.operation, first?.region, first?.account, first?.accessKeyId, first?.status, first?.done],
			['ec2', 'ImportKeyPair', 'us-east-1', '111122223333', key.id, 200, true],
		);
		assert.deepEqual(first?.parameters, {
			Action: 'ImportKeyPair',
			Version: '2016-11-15',
			KeyName: 'demo',
			PublicKeyMaterial: Buffer.from(ed25519Line).toString('base64'),
		});
		assert.deepEqual([second?.status, second?.code, second?.done], [400, 'InvalidKeyPair.NotFound', false]);
		assert.equal(emulator.requests.count({ region: 'eu-west-1' }), 1);
		assert.equal(emulator.requests.count(), 2);
		emulator.requests.clear();
		assert.equal(emulator.requests.count(), 0);
	});

	it('shows that calls run side by side', async () => {
		const { client, emulator } = fixture();
		emulator.faults.set([{ delayMs: 50 }]);
		const regions = ['us-east-1', 'eu-west-1', 'ap-south-1'];
		await Promise.all(regions.map((region) => client({ region }).send(list())));
		const entries = emulator.requests.all();
		const lastStart = Math.max(...entries.map((entry) => entry.time));
		assert.ok(entries.every((entry) => (entry.answeredAt ?? 0) >= lastStart));
	});
});
