import { setMaxListeners } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Outcome, readRequest, sendOutcome } from './exchange';
import type { HttpRequest } from './message';

/** A server that listens. */
export interface HttpServer {
	/** `http://127.0.0.1:<port>` */
	readonly url: string;
	/** Stops listening, breaks every connection and ends what is still waiting. */
	close(): Promise<void>;
}

/** Serves on loopback. The handler's signal fires when the server closes.
 * @throws {Error} with the system's code when the port is taken. */
export async function startHttpServer(
	port: number,
	now: () => number,
	handle: (request: HttpRequest, signal: AbortSignal) => Promise<Outcome>,
): Promise<HttpServer> {
	const closing = new AbortController();
	// As many as there are requests that wait.
	setMaxListeners(0, closing.signal);
	const serve = async (message: IncomingMessage, response: ServerResponse) => {
		const outcome = await handle(await readRequest(message), closing.signal);
		await sendOutcome(response, outcome, new Date(now()), closing.signal);
	};
	const server = createServer((message, response) => {
		serve(message, response).catch((error: unknown) => {
			// A client that gave up, or this server closing, needs no answer; anything else is a defect of the emulator.
			if (closing.signal.aborted || message.errored || response.headersSent) response.destroy();
			else response.writeHead(500, { 'content-type': 'text/plain' }).end(String(error));
		});
	});
	// Longer than any pause of a test, so that no client finds its kept connection closed.
	server.keepAliveTimeout = 120_000;
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject).listen(port, '127.0.0.1', resolve);
	});
	const { port: actualPort } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${actualPort}`,
		close: () =>
			new Promise((resolve) => {
				closing.abort();
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
}
