import http from 'node:http';
import https from 'node:https';

/** Has this process's requests to some hosts go to a loopback server instead, by HTTP: Alibaba Cloud's library can't be told otherwise where the metadata
 * service, STS and the sign-in pages are. Any other request that would leave the machine fails. Lasts until the returned function is called. */
export function reroute(hosts: readonly string[], url: string): () => void {
	const { hostname, port } = new URL(url);
	const saved = { http: http.request, https: https.request };
	const request = (...args: readonly unknown[]): http.ClientRequest => {
		const { host, options, callback } = read(args);
		if (!hosts.includes(host) && host !== hostname && host !== 'localhost') {
			throw Object.assign(new Error(`getaddrinfo ENOTFOUND ${host}`), { code: 'ENOTFOUND' });
		}
		const own = { protocol: 'http:', hostname, host: hostname, port, agent: undefined };
		return saved.http(hosts.includes(host) ? { ...options, ...own } : { ...options, agent: undefined }, callback);
	};
	Object.assign(http, { request });
	Object.assign(https, { request });
	return () => {
		Object.assign(http, { request: saved.http });
		Object.assign(https, { request: saved.https });
	};
}

type Callback = ((answer: http.IncomingMessage) => void) | undefined;

/** The arguments of `http.request`: a URL and options, or options alone. */
function read(args: readonly unknown[]) {
	const [first, second] = args;
	const url = first instanceof URL || typeof first === 'string' ? new URL(first) : undefined;
	const given = (url ? second : first) as http.RequestOptions | undefined;
	const callback = args.find((argument) => typeof argument === 'function') as Callback;
	const place = url
		? { protocol: url.protocol, hostname: url.hostname, port: url.port, path: `${url.pathname}${url.search}` }
		: {};
	const options: http.RequestOptions = { ...given, ...place };
	return { host: options.hostname ?? options.host ?? '', options, callback };
}
