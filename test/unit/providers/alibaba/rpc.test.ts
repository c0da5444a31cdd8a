import assert from 'node:assert/strict';
import type { IncomingMessage } from 'node:http';
import { type RpcRequest, sendRpc } from '../../../../src/providers/alibaba/rpc';
import { json, type Loopback, startLoopback } from './loopback';

const credentials = { accessKeyId: 'LTAI5tExampleExampleId00', accessKeySecret: 'secret-of-thirty-characters-00' };

describe('A request of RPC style', () => {
	let server: Loopback;
	afterEach(() => server.close());

	const request = (more: Partial<RpcRequest> = {}): RpcRequest => ({
		endpoint: server.url,
		version: '2014-05-26',
		action: 'DescribeKeyPairs',
		query: { RegionId: 'cn-hangzhou', KeyPairName: 'a b+c' },
		credentials,
		signal: new AbortController().signal,
		use: 'read',
		...more,
	});
	const errorOf = async (sent: Promise<unknown>): Promise<Error & Readonly<Record<string, unknown>>> => {
		const error: unknown = await sent.then(
			() => assert.fail('it did not fail'),
			(reason: unknown) => reason,
		);
		assert.ok(error instanceof Error);
		return error as Error & Record<string, unknown>;
	};
	const seen = (index = 0): IncomingMessage => server.requests[index] ?? assert.fail('no request');

	it('has its parameters in the query, no body, and its action in a header', async () => {
		server = await startLoopback((response) => json(response, 200, { RequestId: 'R-1', TotalCount: 0 }));
		const answer = await sendRpc(request({ userAgent: 'cloud-key-pairs/1.2.3' }));
		assert.deepEqual(answer, { body: { RequestId: 'R-1', TotalCount: 0 }, requestId: 'R-1' });
		const { method, url, headers } = seen();
		assert.equal(method, 'POST');
		assert.equal(url, '/?RegionId=cn-hangzhou&KeyPairName=a%20b%2Bc');
		assert.equal(headers['content-length'], '0');
		assert.equal(headers['x-acs-action'], 'DescribeKeyPairs');
		assert.equal(headers['x-acs-version'], '2014-05-26');
		assert.match(
			headers.authorization ?? '',
			/^ACS3-HMAC-SHA256 Credential=LTAI5tExampleExampleId00,SignedHeaders=host;/,
		);
		assert.match(headers['user-agent'] ?? '', /^AlibabaCloud .* cloud-key-pairs\/1\.2\.3$/);
		assert.ok(!JSON.stringify(headers).includes(credentials.accessKeySecret));
	});

	it('has the token of temporary keys in a header that is signed', async () => {
		server = await startLoopback((response) => json(response, 200, { RequestId: 'R-1' }));
		await sendRpc(request({ credentials: { ...credentials, securityToken: 'CAISexample' } }));
		const { headers } = seen();
		assert.equal(headers['x-acs-security-token'], 'CAISexample');
		assert.equal(headers['x-acs-accesskey-id'], credentials.accessKeyId);
		assert.match(headers.authorization ?? '', /x-acs-accesskey-id;.*x-acs-security-token;/);
	});

	it('is not signed without keys', async () => {
		server = await startLoopback((response) => json(response, 200, { RequestId: 'R-1' }));
		const { credentials: _, ...unsigned } = request();
		await sendRpc(unsigned);
		assert.equal(seen().headers.authorization, undefined);
	});

	it('takes its proxies from nowhere but the editor: the environment is left alone', async () => {
		server = await startLoopback((response) => json(response, 200, { RequestId: 'R-1' }));
		const proxy = await startLoopback((response) => json(response, 200, { RequestId: 'proxy' }));
		const saved = process.env['http_proxy'];
		try {
			process.env['http_proxy'] = proxy.url;
			assert.equal((await sendRpc(request())).requestId, 'R-1');
			assert.equal(proxy.requests.length, 0);
		} finally {
			if (saved === undefined) {
				delete process.env['http_proxy'];
			} else {
				process.env['http_proxy'] = saved;
			}
			await proxy.close();
		}
	});

	it('does not wait longer than it is told', async () => {
		server = await startLoopback(() => undefined);
		const started = performance.now();
		const { name } = await errorOf(sendRpc(request({ timeouts: { connect: 150, read: 150 } })));
		assert.equal(name, 'RequestTimeoutError');
		assert.ok(performance.now() - started < 2_000);
		assert.equal(server.requests.length, 1);
	});

	for (const [what, answer] of [
		['throttling', { status: 400, code: 'Throttling.User' }],
		['an error of the server', { status: 500, code: 'InternalError' }],
	] as const) {
		it(`is repeated after ${what} when it reads, with a new nonce, and not when it changes`, async () => {
			server = await startLoopback((response, index) =>
				index < 2
					? json(response, answer.status, { Code: answer.code, Message: 'Wait.', RequestId: `R-${index}` })
					: json(response, 200, { RequestId: 'R-2' }),
			);
			assert.equal((await sendRpc(request())).requestId, 'R-2');
			const nonces = server.requests.map(({ headers }) => headers['x-acs-signature-nonce']);
			assert.equal(new Set(nonces).size, 3);
			server.requests.length = 0;
			const { code } = await errorOf(sendRpc(request({ use: 'change' })));
			assert.equal(code, answer.code);
			assert.equal(server.requests.length, 1);
		});
	}

	it('is repeated after a broken connection when it reads, and not when it changes', async () => {
		server = await startLoopback((response, index) =>
			index < 2 ? response.destroy() : json(response, 200, { RequestId: 'R-2' }),
		);
		assert.equal((await sendRpc(request())).requestId, 'R-2');
		server.requests.length = 0;
		const { code } = await errorOf(sendRpc(request({ use: 'change' })));
		assert.equal(code, 'ECONNRESET');
		assert.equal(server.requests.length, 1);
	});

	it('waits as long as the service asks before it is repeated', async () => {
		server = await startLoopback((response, index) =>
			index === 0
				? json(response, 400, { Code: 'Throttling.User', RequestId: 'R-0' }, { 'x-acs-retry-after': '700' })
				: json(response, 200, { RequestId: 'R-1' }),
		);
		const started = performance.now();
		await sendRpc(request());
		assert.ok(performance.now() - started >= 690);
	});

	it('tells the status of an answer that is no JSON', async () => {
		const page = '<html><body>secret-page</body></html>';
		let status = 200;
		server = await startLoopback((response) => {
			response.writeHead(status, { 'content-type': 'text/html' });
			response.end(page);
		});
		for (const [answered, use, count] of [
			[200, 'read', 1],
			[302, 'read', 1],
			[404, 'read', 1],
			[502, 'read', 3],
			[502, 'change', 1],
		] as const) {
			status = answered;
			server.requests.length = 0;
			const error = await errorOf(sendRpc(request({ use })));
			assert.equal(error.name, 'ForeignAnswer');
			assert.equal(error['statusCode'], answered);
			assert.equal(server.requests.length, count);
			assert.ok(!error.message.includes('secret-page'));
		}
	});

	it('takes JSON that is no object for no answer of the service', async () => {
		server = await startLoopback((response) => json(response, 200, ['a portal']));
		assert.equal((await errorOf(sendRpc(request()))).name, 'ForeignAnswer');
	});

	it('understands errors in XML', async () => {
		server = await startLoopback((response) => {
			response.writeHead(403, { 'content-type': 'text/xml;charset=utf-8' });
			response.end(
				'<?xml version="1.0"?><Error><Code>Forbidden.RAM</Code><Message>No.</Message><RequestId>R-1</RequestId></Error>',
			);
		});
		const error = await errorOf(sendRpc(request()));
		assert.deepEqual([error['code'], error['statusCode'], error['requestId']], ['Forbidden.RAM', 403, 'R-1']);
	});

	it('ends with its signal; the answer that comes later is dropped', async () => {
		let answer: () => void = () => assert.fail('no request');
		server = await startLoopback((response) => {
			answer = () => json(response, 200, { RequestId: 'late' });
		});
		const abort = new AbortController();
		const sent = errorOf(sendRpc(request({ use: 'change', signal: abort.signal })));
		while (server.requests.length === 0) {
			await new Promise((resolve) => setTimeout(resolve, 5));
		}
		abort.abort();
		assert.equal((await sent).name, 'AbortError');
		answer();
		await new Promise((resolve) => setTimeout(resolve, 50));
	});

	it('is not repeated after its signal has aborted', async () => {
		const abort = new AbortController();
		server = await startLoopback((response) => {
			json(response, 500, { Code: 'InternalError', RequestId: 'R-0' });
			abort.abort();
		});
		assert.equal((await errorOf(sendRpc(request({ signal: abort.signal })))).name, 'AbortError');
		await new Promise((resolve) => setTimeout(resolve, 500));
		assert.equal(server.requests.length, 1);
	});

	for (const code of ['InvalidTimeStamp.Expired', 'IllegalTimestamp']) {
		it(`is sent again with the service's time when its own is refused by ${code}`, async () => {
			const date = 'Fri, 01 Jan 2027 10:20:30 GMT';
			server = await startLoopback((response, index) =>
				index === 0
					? json(response, 400, { Code: code, RequestId: 'R-0' }, { date })
					: json(response, 200, { RequestId: 'R-1' }),
			);
			assert.equal((await sendRpc(request({ use: 'change' }))).requestId, 'R-1');
			assert.equal(server.requests.length, 2);
			assert.equal(seen(1).headers['x-acs-date'], '2027-01-01T10:20:30Z');
			assert.notEqual(seen(1).headers['x-acs-signature-nonce'], seen(0).headers['x-acs-signature-nonce']);
		});
	}

	it('is refused for good when the corrected time is refused too', async () => {
		server = await startLoopback((response) =>
			json(response, 400, { Code: 'InvalidTimeStamp.Expired', Message: 'Expired.', RequestId: 'R-0' }),
		);
		const error = await errorOf(sendRpc(request({ use: 'change' })));
		assert.deepEqual([error['code'], error['requestId']], ['InvalidTimeStamp.Expired', 'R-0']);
		assert.equal(server.requests.length, 2);
	});
});
