import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server that answers as a test says, and what it was asked. */
export interface Loopback {
	/** `http://127.0.0.1:<port>` */
	readonly url: string;
	readonly requests: IncomingMessage[];
	close(): Promise<void>;
}

/** Starts a server; `answer` gets the request and how many came before it. */
export async function startLoopback(
	answer: (response: ServerResponse, index: number, request: IncomingMessage) => void,
): Promise<Loopback> {
	const requests: IncomingMessage[] = [];
	const server = createServer((request, response) => answer(response, requests.push(request) - 1, request));
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

/** Answers with JSON, as the services do. */
export function json(
	response: ServerResponse,
	status: number,
	body: unknown,
	headers: Readonly<Record<string, string>> = {},
): void {
	response.writeHead(status, { 'content-type': 'application/json;charset=utf-8', ...headers });
	response.end(JSON.stringify(body));
}
