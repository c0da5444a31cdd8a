import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';

/** What a server answered. */
export interface PostAnswer {
	readonly status: number;
	/** The body, where it was a JSON object. */
	readonly data: Readonly<Record<string, unknown>> | undefined;
}

/** What is posted: a form, or JSON (or nothing) with the token of who has signed in. */
export type PostContent =
	| { readonly form: Readonly<Record<string, string>> }
	| { readonly json?: Readonly<Record<string, string>>; readonly bearer: string };

/** So long the whole exchange may take, in milliseconds. */
const timeoutMs = 15_000;

/** More than this no token is, in bytes. */
const maxBytes = 256 * 1024;

/** Posts a request that is not signed. Redirections are not followed: what is posted is secret. Proxies and the system's certificates are left to VS
 * Code, which puts them into Node's http and https for every extension.
 * @throws an error of Node's network stack, AbortError when it takes too long. */
export function post(url: URL, content: PostContent): Promise<PostAnswer> {
	const isForm = 'form' in content;
	const text = isForm ? new URLSearchParams(content.form).toString() : (JSON.stringify(content.json) ?? '');
	const headers = {
		accept: 'application/json',
		'content-type': isForm ? 'application/x-www-form-urlencoded' : 'application/json',
		'content-length': Buffer.byteLength(text),
		...(isForm ? {} : { authorization: `Bearer ${content.bearer}` }),
	};
	const request = url.protocol === 'http:' ? httpRequest : httpsRequest;
	return new Promise((resolve, reject) => {
		const sent = request(url, { method: 'POST', headers, signal: AbortSignal.timeout(timeoutMs) });
		sent.on('error', reject);
		sent.on('response', (answer) => {
			const chunks: Buffer[] = [];
			let length = 0;
			answer.on('data', (chunk: Buffer) => {
				chunks.push(chunk);
				length += chunk.length;
				if (length > maxBytes) {
					answer.destroy(new SyntaxError('too long'));
				}
			});
			answer.on('error', reject);
			answer.on('end', () => {
				resolve({ status: answer.statusCode ?? 0, data: jsonObject(Buffer.concat(chunks).toString('utf8')) });
			});
		});
		sent.end(text);
	});
}

/** The JSON object that a text is, or undefined. */
export function jsonObject(text: string): Readonly<Record<string, unknown>> | undefined {
	try {
		const value: unknown = JSON.parse(text);
		return typeof value === 'object' && value !== null ? { ...value } : undefined;
	} catch {
		return undefined;
	}
}
