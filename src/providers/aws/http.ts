import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';

/** How long is waited, in milliseconds. */
export interface Timeouts {
	/** Until a connection stands. */
	readonly connection: number;
	/** From the request to the beginning of the answer, and for the longest pause within the answer. */
	readonly request: number;
}

const timeouts: Timeouts = { connection: 5_000, request: 15_000 };

/** Connections to one host at a time; every region is a host of its own, save behind an `endpoint_url`. */
const maxSockets = 64;

/** Options for every client's request handler. The agents are shared: clients of many regions reuse each other's
 * connections where the host is one. Proxies and the system's certificates are left to VS Code, which puts them into
 * Node's http and https for every extension. */
export function requestHandlerOptions({ connection, request }: Timeouts = timeouts) {
	return {
		httpAgent: new HttpAgent({ keepAlive: true, maxSockets }),
		httpsAgent: new HttpsAgent({ keepAlive: true, maxSockets }),
		connectionTimeout: connection,
		requestTimeout: request,
		socketTimeout: request,
		// Without this a late answer is only logged.
		throwOnRequestTimeout: true,
	};
}

export type RequestHandlerOptions = ReturnType<typeof requestHandlerOptions>;
