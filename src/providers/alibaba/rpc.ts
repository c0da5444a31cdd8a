import OpenApi, { $OpenApiUtil } from '@alicloud/openapi-core';
import { orAborted } from '../waiting';
import { ClockRefused, ForeignAnswer, retryOptions } from './retries';

/** Keys that sign a request. A secret. */
export interface SigningKeys {
	readonly accessKeyId: string;
	readonly accessKeySecret: string;
	/** Absent unless the key is temporary. */
	readonly securityToken?: string;
}

/** One request of RPC style. */
export interface RpcRequest {
	/** A host, which is spoken to by HTTPS, or a URL such as `http://127.0.0.1:8080`. Without a path. */
	readonly endpoint: string;
	/** The API's version, such as `2014-05-26`. */
	readonly version: string;
	/** The API operation, such as `ImportKeyPair`. */
	readonly action: string;
	readonly query: Readonly<Record<string, string>>;
	/** Absent: the request is not signed. */
	readonly credentials?: SigningKeys;
	readonly signal: AbortSignal;
	/** A read is repeated on throttling, 5xx and broken connections, three attempts in all. A change is sent once. */
	readonly use: 'read' | 'change';
	/** `name/version`, added to the library's own. */
	readonly userAgent?: string;
	readonly timeouts?: RpcTimeouts;
}

/** How long is waited, in milliseconds. */
export interface RpcTimeouts {
	/** For the connection, and for the longest silence on it afterwards: the library makes no difference. */
	readonly connect: number;
	/** From the connection to the end of the answer. */
	readonly read: number;
}

/** What a service answered. */
export interface RpcAnswer {
	/** The body's JSON, with the service's own spelling of names. */
	readonly body: Readonly<Record<string, unknown>>;
	readonly requestId?: string;
}

/** The library's own are 3 seconds each, and setting one leaves the other there. Waiting for the answer counts as a silence of the connection too, so that the
 * first must not be the shorter. */
const defaultTimeouts: RpcTimeouts = { connect: 20_000, read: 20_000 };

/** What a service answers to a request, signed by ACS3-HMAC-SHA256 (Alibaba Cloud, "V3 request body and signature mechanism"). When the signal aborts, the
 * request itself goes on, since the library has no way to stop it, and its answer is dropped. A request that was refused for the machine's clock is sent
 * again with the service's time. Proxies and the system's certificates are left to VS Code, which puts them into Node's http and https for every
 * extension: the library takes proxies as options and ignores them.
 * @throws the library's or the network's error, whose text holds the request's URL, or the signal's reason. `failures.ts` makes a ProviderError of it. */
export async function sendRpc(request: RpcRequest): Promise<RpcAnswer> {
	request.signal.throwIfAborted();
	try {
		return await attempt(request, {});
	} catch (error) {
		if (!(error instanceof ClockRefused)) {
			throw error;
		}
		if (Number.isNaN(error.time)) {
			throw error.cause;
		}
		const date = `${new Date(error.time).toISOString().slice(0, 19)}Z`;
		return await attempt(request, { 'x-acs-date': date }).catch((second: unknown) => {
			throw second instanceof ClockRefused ? second.cause : second;
		});
	}
}

async function attempt(request: RpcRequest, headers: Readonly<Record<string, string>>): Promise<RpcAnswer> {
	const { version, action, query, credentials, signal, use, userAgent, timeouts = defaultTimeouts } = request;
	const [, protocol = 'https', host = request.endpoint] = /^(https?):\/\/([^/]*)\/*$/.exec(request.endpoint) ?? [];
	const client = new OpenApi(
		new $OpenApiUtil.Config({
			endpoint: host,
			protocol,
			// Given the keys as such, the library would look for a provider of them.
			credential: { getCredential: async () => credentials },
			...(userAgent === undefined ? {} : { userAgent }),
			connectTimeout: timeouts.connect,
			readTimeout: timeouts.read,
			retryOptions: retryOptions(use, signal),
		}),
	);
	const params = new $OpenApiUtil.Params({
		action,
		version,
		protocol,
		method: 'POST',
		authType: credentials === undefined ? 'Anonymous' : 'AK',
		style: 'RPC',
		pathname: '/',
		reqBodyType: 'formData',
		bodyType: 'json',
	});
	const runtime = {} as Parameters<OpenApi['callApi']>[2];
	const sent = client.callApi(params, new $OpenApiUtil.OpenApiRequest({ query, headers }), runtime);
	const body: unknown = (await orAborted(sent, signal))['body'];
	if (typeof body !== 'object' || body === null || Array.isArray(body)) {
		throw new ForeignAnswer(200);
	}
	const requestId: unknown = Reflect.get(body, 'RequestId');
	return { body: { ...body }, ...(typeof requestId === 'string' ? { requestId } : {}) };
}
