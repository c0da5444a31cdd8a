import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { checkKeyUrl, fetchKeyText } from '../../../../src/services/localKeys/keyUrl';
import { keyLines } from '../../../fakes/keys';

describe('checkKeyUrl', () => {
	it('has nothing against https, and http on this machine', () => {
		for (const url of [
			'https://github.com/octocat.keys',
			'HTTPS://Example.org:8443/x?y',
			'http://127.0.0.1:8080/keys',
			'http://localhost/keys',
			'http://[::1]:80/keys',
		]) {
			assert.equal(checkKeyUrl(url), undefined, url);
		}
	});

	for (const [fault, urls] of Object.entries({
		notAUrl: ['', 'octocat', 'github.com/octocat.keys', 'https://', 'https:// x', 'file:///home/mel/.ssh/id.pub'],
		notHttps: [
			'http://github.com/octocat.keys',
			'ftp://example.org/x',
			'http://127.0.0.1.example.org/',
			'ssh://host/x',
		],
		credentials: ['https://mel@example.org/', 'https://mel:secret@example.org/', 'http://:x@localhost/'],
	})) {
		it(`finds fault: ${fault}`, () => {
			for (const url of urls) {
				assert.equal(checkKeyUrl(url), fault, url);
			}
		});
	}
});

describe('fetchKeyText', () => {
	let server: Server;
	let origin: string;
	let requests: IncomingMessage[];
	let answer: (request: IncomingMessage, response: ServerResponse) => void;
	const never = new AbortController().signal;

	beforeEach(async () => {
		requests = [];
		server = createServer((request, response) => {
			requests.push(request);
			answer(request, response);
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	});
	afterEach(async () => {
		server.closeAllConnections();
		await new Promise((resolve) => server.close(resolve));
	});

	it('gives the text of the page, by one GET without cookies or credentials', async () => {
		answer = (_, response) => response.end(`\ufeff${keyLines.mel}\nä\n`);
		assert.deepEqual(await fetchKeyText(`${origin}/octocat.keys`, never), { text: `${keyLines.mel}\nä\n` });
		assert.deepEqual(
			requests.map(({ method, url, headers }) => [method, url, headers.cookie, headers.authorization]),
			[['GET', '/octocat.keys', undefined, undefined]],
		);
	});

	it('takes a page of 1 MiB, and no more', async () => {
		for (const [length, kind] of [
			[1024 * 1024, undefined],
			[1024 * 1024 + 1, 'tooLarge'],
		] as const) {
			answer = (_, response) => response.end('x'.repeat(length));
			const fetched = await fetchKeyText(origin, never);
			assert.equal('kind' in fetched ? fetched.kind : undefined, kind);
		}
	});

	it('stops a page without end', async () => {
		let closed = false;
		answer = (request, response) => {
			const timer = setInterval(() => response.write('x'.repeat(100_000)), 1);
			request.on('close', () => {
				closed = true;
				clearInterval(timer);
			});
		};
		assert.deepEqual(await fetchKeyText(origin, never), { kind: 'tooLarge' });
		for (const deadline = Date.now() + 2_000; !closed && Date.now() < deadline; ) {
			await new Promise((resolve) => setTimeout(resolve, 5));
		}
		assert.ok(closed);
	});

	it('tells the status of a page that is not there', async () => {
		answer = (_, response) => response.writeHead(404).end('Not Found');
		assert.deepEqual(await fetchKeyText(origin, never), { kind: 'status', status: 404 });
	});

	it('follows redirects within this machine', async () => {
		answer = ({ url }, response) =>
			url === '/old' ? response.writeHead(301, { location: '/new' }).end() : response.end(keyLines.ops);
		assert.deepEqual(await fetchKeyText(`${origin}/old`, never), { text: keyLines.ops });
		assert.deepEqual(
			requests.map(({ url }) => url),
			['/old', '/new'],
		);
	});

	for (const [what, location] of Object.entries({
		'plain http elsewhere': 'http://example.invalid/keys',
		'another kind of address': 'file:///etc/passwd',
		'an address with a password': 'http://mel:x@127.0.0.1/keys',
		nowhere: 'http://',
	})) {
		it(`does not follow a redirect to ${what}`, async () => {
			answer = (_, response) => response.writeHead(302, { location }).end();
			assert.deepEqual(await fetchKeyText(origin, never), { kind: 'redirect' });
			assert.equal(requests.length, 1);
		});
	}

	it('does not let a page from elsewhere lead to this machine, over https neither', async () => {
		const { fetch } = globalThis;
		const asked: string[] = [];
		try {
			for (const location of [
				'https://localhost/x',
				'https://127.0.0.1:8443/x',
				'https://0.0.0.0/',
				'https://[::1]/',
				'https://[::ffff:127.0.0.1]/',
			]) {
				globalThis.fetch = async (url) => {
					asked.push(String(url));
					return new Response(null, { status: 302, headers: { location } });
				};
				assert.deepEqual(await fetchKeyText('https://example.org/mel.keys', never), { kind: 'redirect' }, location);
			}
		} finally {
			globalThis.fetch = fetch;
		}
		assert.deepEqual(new Set(asked), new Set(['https://example.org/mel.keys']));
		assert.equal(asked.length, 5);
	});

	it('does not go round in circles', async () => {
		answer = (_, response) => response.writeHead(302, { location: '/' }).end();
		assert.deepEqual(await fetchKeyText(origin, never), { kind: 'redirect' });
		assert.equal(requests.length, 6);
	});

	it('takes no longer than it is given, for the head and for the text', async () => {
		answer = () => undefined;
		assert.deepEqual(await fetchKeyText(origin, never, 50), { kind: 'timeout' });
		answer = (_, response) => response.write('ssh-');
		assert.deepEqual(await fetchKeyText(origin, never, 50), { kind: 'timeout' });
	});

	it('can be given up', async () => {
		const controller = new AbortController();
		answer = () => controller.abort();
		assert.deepEqual(await fetchKeyText(origin, controller.signal), { kind: 'cancelled' });
		assert.deepEqual(await fetchKeyText(origin, AbortSignal.abort()), { kind: 'cancelled' });
	});

	it('says that nobody answered', async () => {
		await new Promise((resolve) => server.close(resolve));
		assert.deepEqual(await fetchKeyText(origin, never), { kind: 'unreachable' });
	});
});
