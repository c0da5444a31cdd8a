import assert from 'node:assert/strict';
import { DescribeKeyPairsCommand, DescribeRegionsCommand } from '@aws-sdk/client-ec2';
import { startEmulator } from '../../emulator/emulator';
import { alterRequests, refuses, sdkCredentials, sendRaw, useEmulator } from './support';

const describeAll = () => new DescribeKeyPairsCommand({});
const unknown = 'AWS was not able to validate the provided access credentials';

describe('emulated EC2: who may call', () => {
	const fixture = useEmulator();

	it('lets a request through that is signed with a known key', async () => {
		const { KeyPairs } = await fixture().client().send(describeAll());
		assert.deepEqual(KeyPairs, []);
	});

	it('refuses a wrong secret with SignatureDoesNotMatch', async () => {
		const { client, key } = fixture();
		const credentials = { ...sdkCredentials(key), secretAccessKey: 'wrong' };
		const message = await refuses(client({ credentials }).send(describeAll()), 'SignatureDoesNotMatch', 403);
		assert.match(message, /^The request signature we calculated does not match the signature you provided\./);
	});

	it('refuses an unknown and an inactive key with AuthFailure', async () => {
		const { client, key } = fixture();
		const credentials = { accessKeyId: 'AKIANOBODY', secretAccessKey: key.secret };
		assert.equal(await refuses(client({ credentials }).send(describeAll()), 'AuthFailure', 401), unknown);
		key.active = false;
		assert.equal(await refuses(client().send(describeAll()), 'AuthFailure', 401), unknown);
	});

	it('refuses a region that the account has not enabled with AuthFailure, until it is', async () => {
		const { client, account } = fixture();
		const there = client({ region: 'af-south-1' });
		assert.equal(await refuses(there.send(describeAll()), 'AuthFailure', 401), unknown);
		account.setOptIn('af-south-1', true);
		assert.deepEqual((await there.send(describeAll())).KeyPairs, []);
	});

	it('refuses a scope that names no region, or another one than the host does', async () => {
		const { client } = fixture();
		await refuses(client({ region: 'us-east-9' }).send(describeAll()), 'AuthFailure', 401);
		const elsewhere = alterRequests(client({ region: 'us-west-2' }), ({ headers }) => {
			headers.host = 'ec2.eu-west-1.amazonaws.com';
		});
		await refuses(elsewhere.send(describeAll()), 'AuthFailure', 401);
		const same = alterRequests(client({ region: 'eu-west-1' }), ({ headers }) => {
			headers.host = 'ec2.eu-west-1.amazonaws.com';
		});
		assert.deepEqual((await same.send(describeAll())).KeyPairs, []);
	});

	it('refuses a request that was signed more than 15 minutes ago or ahead with RequestExpired', async () => {
		const { client } = fixture();
		for (const minutes of [-16, 16]) {
			const skewed = client({ systemClockOffset: minutes * 60_000 });
			assert.equal(await refuses(skewed.send(describeAll()), 'RequestExpired'), 'Request has expired.');
		}
		const close = client({ systemClockOffset: -14 * 60_000 });
		assert.deepEqual((await close.send(describeAll())).KeyPairs, []);
	});

	it('tells its time, so that the SDK on a machine with a wrong clock succeeds at the second attempt', async () => {
		const emulator = await startEmulator({ now: () => Date.now() + 60 * 60_000 });
		try {
			const credentials = sdkCredentials(emulator.accounts.add().addAccessKey());
			const behind = fixture().client({ endpoint: emulator.url, credentials, maxAttempts: 2 });
			assert.deepEqual((await behind.send(describeAll())).KeyPairs, []);
			assert.deepEqual(
				emulator.requests.all().map((entry) => entry.code),
				['RequestExpired', undefined],
			);
		} finally {
			await emulator.close();
		}
	});

	it('refuses a body that was changed after signing', async () => {
		const tampered = alterRequests(
			fixture().client(),
			(request) => {
				request.body = request.body.replace('2016-11-15', '2016-11-16');
			},
			'finalizeRequest',
		);
		await refuses(tampered.send(describeAll()), 'SignatureDoesNotMatch', 403);
	});

	it('honours the credentials of a session until they expire', async () => {
		let now = Date.now();
		const emulator = await startEmulator({ now: () => now });
		try {
			const account = emulator.accounts.add();
			const session = account.startSession(account.addRole('Deploy'), 'mel', 900);
			const { client } = fixture();
			const ours = { endpoint: emulator.url, credentials: sdkCredentials(session) };
			assert.deepEqual((await client(ours).send(describeAll())).KeyPairs, []);
			const wrongToken = { ...ours.credentials, sessionToken: 'other' };
			await refuses(client({ ...ours, credentials: wrongToken }).send(describeAll()), 'AuthFailure', 401);
			const { sessionToken: _, ...noToken } = ours.credentials;
			await refuses(client({ ...ours, credentials: noToken }).send(describeAll()), 'AuthFailure', 401);
			now += 900_000;
			const later = client({ ...ours, systemClockOffset: 900_000 });
			assert.equal(await refuses(later.send(describeAll()), 'RequestExpired'), 'Request has expired.');
		} finally {
			await emulator.close();
		}
	});

	it('refuses a request without a signature or with half of one, in XML', async () => {
		const { emulator } = fixture();
		const form = { method: 'POST', body: 'Action=DescribeKeyPairs&Version=2016-11-15' };
		const missing = await fetch(emulator.url, form);
		assert.equal(missing.status, 403);
		const requestId = missing.headers.get('x-amzn-requestid') ?? '';
		assert.match(requestId, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
		assert.equal(
			await missing.text(),
			'<?xml version="1.0" encoding="UTF-8"?>\n<Response><Errors><Error><Code>MissingAuthenticationToken</Code>' +
				'<Message>The request must contain a valid AWS access key ID or X.509 certificate</Message></Error></Errors>' +
				`<RequestID>${requestId}</RequestID></Response>`,
		);
		const headers = { authorization: 'AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/ec2/aws4_request' };
		const half = await fetch(emulator.url, { ...form, headers });
		assert.deepEqual([half.status, /<Code>(\w+)<\/Code>/.exec(await half.text())?.[1]], [400, 'IncompleteSignature']);
	});
});

describe('emulated EC2: requests that botocore signed', () => {
	// Made by botocore 1.43.11 with its clock at 2026-01-02 03:04:05.
	const key = { id: 'AKIAIOSFODNN7EXAMPLE', secret: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' };
	const signedAt = Date.UTC(2026, 0, 2, 3, 4, 5);
	const host = 'ec2.eu-west-1.amazonaws.com';
	const presigned =
		'/?Action=DescribeRegions&Version=2016-11-15&RegionName.1=eu-west-1&X-Amz-Algorithm=AWS4-HMAC-SHA256' +
		'&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20260102%2Feu-west-1%2Fec2%2Faws4_request&X-Amz-Date=20260102T030405Z' +
		'&X-Amz-Expires=600&X-Amz-SignedHeaders=host' +
		'&X-Amz-Signature=f3e654c36eb503903895f0974682b81de695e5bc2d6ae9081bf50e147717918c';

	async function send(
		now: number,
		options: { method: string; path: string; headers?: Readonly<Record<string, string>> },
		body?: string,
	) {
		const emulator = await startEmulator({ now: () => now });
		try {
			emulator.accounts.add().addAccessKey(key);
			return await sendRaw(emulator.url, { ...options, headers: { host, ...options.headers } }, body);
		} finally {
			await emulator.close();
		}
	}

	it('verifies a presigned GET for as long as it says, and not a second longer', async () => {
		const get = { method: 'GET', path: presigned };
		const within = await send(signedAt + 600_000, get);
		assert.equal(within.status, 200);
		assert.match(within.text, /<regionName>eu-west-1<\/regionName>/);
		const after = await send(signedAt + 601_000, get);
		assert.equal(after.status, 400);
		assert.match(after.text, /<Code>RequestExpired<\/Code>/);
		const changed = await send(signedAt, { ...get, path: presigned.replace('eu-west-1&', 'eu-west-2&') });
		assert.equal(changed.status, 403);
		assert.match(changed.text, /<Code>SignatureDoesNotMatch<\/Code>/);
	});

	it('verifies a form POST with encoded characters and a header with spaces', async () => {
		const { status, text } = await send(
			signedAt,
			{
				method: 'POST',
				path: '/',
				headers: {
					'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
					'x-amz-test': '  two   spaces ',
					'x-amz-date': '20260102T030405Z',
					authorization:
						'AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20260102/eu-west-1/ec2/aws4_request, ' +
						'SignedHeaders=content-type;host;x-amz-date;x-amz-test, ' +
						'Signature=946e46158ca7d4f81e4c847eaebf45e1cfa6bc3e8ec1cbd22cd5ed6c90675fc7',
				},
			},
			'Action=DescribeKeyPairs&Version=2016-11-15&Filter.1.Name=key-name&Filter.1.Value.1=a+b%2A%C3%A9',
		);
		assert.equal(status, 200, text);
		assert.match(text, /<keySet><\/keySet>/);
	});
});

describe('emulated EC2: accounts', () => {
	const fixture = useEmulator();

	it('keeps accounts and regions apart', async () => {
		const { emulator, client, importKey } = fixture();
		await importKey('here', 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOurWTvNIjrDxPq6u/xYP+UAY5kmb6cIQi0xo2x7fqIE');
		const other = emulator.accounts.add({ id: '444455556666' });
		const credentials = sdkCredentials(other.addAccessKey());
		assert.equal((await client().send(describeAll())).KeyPairs?.length, 1);
		assert.deepEqual((await client({ credentials }).send(describeAll())).KeyPairs, []);
		assert.deepEqual((await client({ region: 'eu-west-1' }).send(describeAll())).KeyPairs, []);
	});

	it('refuses an id that is taken or not twelve digits', () => {
		const { emulator } = fixture();
		assert.throws(() => emulator.accounts.add({ id: '111122223333' }));
		assert.throws(() => emulator.accounts.add({ id: '12' }));
	});

	it('makes the same ids in every run from the same seed, and other ones otherwise', async () => {
		const idOf = async (seed?: string) => {
			const emulator = await startEmulator(seed === undefined ? {} : { seed });
			const { id } = emulator.accounts.add().addAccessKey();
			await emulator.close();
			return id;
		};
		assert.equal(await idOf('a'), await idOf('a'));
		assert.notEqual(await idOf('a'), await idOf('b'));
		assert.notEqual(await idOf(), await idOf());
	});

	it('serves regions only from the list it was given', async () => {
		const { client, emulator, account } = fixture();
		const { Regions = [] } = await client().send(new DescribeRegionsCommand({ AllRegions: true }));
		assert.deepEqual(
			Regions.map(({ RegionName }) => RegionName),
			emulator.regions(account).map(({ name }) => name),
		);
	});
});
