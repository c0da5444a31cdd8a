import { doRequest, Request } from '@alicloud/credentials/dist/src/providers/http';

/** The same provider of @alicloud/credentials, which from now on sends to the emulator what it would send to hosts that it does not let one choose
 * (the metadata service's address, and `https` to STS and OAuth). Only protocol and host are changed, after the request was signed. */
export function sendingTo<T extends object>(url: string, provider: T): T {
	const { host } = new URL(url);
	// The library keeps its sender in a member "used for mock".
	return Object.assign(provider, {
		doRequest: (request: Request) =>
			doRequest(Object.assign(Object.create(Request.prototype), request, { protocol: 'http', host })),
	});
}
