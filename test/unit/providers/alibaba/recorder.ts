import { createServer, request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as it went over the wire. */
export interface RecordedRequest {
	readonly method: string;
	/** Path and query. */
	readonly url: string;
	readonly headers: IncomingHttpHeaders;
	readonly body: string;
}

/** A server in front of another. */
export interface Recorder {
	readonly url: string;
	readonly requests: RecordedRequest[];
	close(): Promise<void>;
}

/** Starts a server that writes requests down and passes them on unchanged, the host they name included. */
export async function startRecorder(target: string): Promise<Recorder> {
	const requests: RecordedRequest[] = [];
	const server = createServer((incoming, outgoing) => {
		const { method = '', url = '', headers } = incoming;
		const chunks: Buffer[] = [];
		incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
		incoming.on('end', () => {
			const body = Buffer.concat(chunks);
			requests.push({ method, url, headers, body: body.toString() });
			const { hostname, port } = new URL(target);
			const passed = httpRequest({ hostname, port, method, path: url, headers, agent: false }, (answer) => {
				outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
				answer.pipe(outgoing);
			});
			passed.on('error', () => outgoing.destroy());
			passed.end(body);
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}`,
		requests,
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
