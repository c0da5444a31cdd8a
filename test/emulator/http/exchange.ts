import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { HttpReply, HttpRequest } from './message';

/** What becomes of a request: an answer, perhaps slow, a broken connection, or nothing. */
export type Outcome =
	| { readonly kind: 'reply'; readonly reply: HttpReply; readonly bodyOverMs?: number }
	| { readonly kind: 'drop' }
	| { readonly kind: 'hang' };

/** Reads a request to its end. */
export async function readRequest(message: IncomingMessage): Promise<HttpRequest> {
	const chunks: Buffer[] = [];
	for await (const chunk of message) chunks.push(Buffer.from(chunk));
	const headers = new Map<string, string[]>();
	for (let index = 0; index + 1 < message.rawHeaders.length; index += 2) {
		const name = message.rawHeaders[index]?.toLowerCase() ?? '';
		const value = message.rawHeaders[index + 1] ?? '';
		headers.set(name, [...(headers.get(name) ?? []), value]);
	}
	const url = message.url ?? '/';
	const mark = url.indexOf('?');
	return {
		method: message.method ?? 'GET',
		path: mark < 0 ? url : url.slice(0, mark),
		query: mark < 0 ? '' : url.slice(mark + 1),
		headers,
		body: Buffer.concat(chunks),
	};
}

/** Sends the outcome; a client that has gone is no error. `date` is the `Date` header, from which clients correct their clocks. */
export async function sendOutcome(
	response: ServerResponse,
	outcome: Outcome,
	date: Date,
	signal: AbortSignal,
): Promise<void> {
	if (outcome.kind === 'hang') return;
	if (outcome.kind === 'drop') {
		response.socket?.destroy();
		return;
	}
	const { status, headers, body } = outcome.reply;
	const bytes = Buffer.from(body, 'utf8');
	response.sendDate = false;
	response.writeHead(status, { date: date.toUTCString(), 'content-length': String(bytes.length), ...headers });
	if (outcome.bodyOverMs === undefined) {
		response.end(bytes);
		return;
	}
	const pieces = 10;
	const size = Math.ceil(bytes.length / pieces);
	response.flushHeaders();
	for (let start = 0; start < bytes.length && !response.destroyed; start += size) {
		await sleep(outcome.bodyOverMs / pieces, undefined, { signal });
		response.write(bytes.subarray(start, start + size));
	}
	response.end();
}
