/** Why nothing was fetched. `status`: the server answered, but not with the page. */
export type KeyUrlFailure =
	| { readonly kind: 'timeout' | 'tooLarge' | 'unreachable' | 'redirect' | 'cancelled' }
	| { readonly kind: 'status'; readonly status: number };

/** Why an address is not fetched at all. */
export type KeyUrlFault = 'notAUrl' | 'notHttps' | 'credentials';

/** A page with more than so many bytes is no list of somebody's keys. */
const maxBytes = 1024 * 1024;

const timeoutMs = 10_000;

const maxRedirects = 5;

/** What is wrong with the address of a page with keys, such as `https://github.com/mel.keys`; undefined when nothing is. Plain http can be changed on the
 * way and is for this machine alone. */
export function checkKeyUrl(text: string): KeyUrlFault | undefined {
	const url = URL.canParse(text) ? new URL(text) : undefined;
	if (url === undefined || url.hostname === '') {
		return 'notAUrl';
	}
	if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url.hostname))) {
		return 'notHttps';
	}
	return url.username !== '' || url.password !== '' ? 'credentials' : undefined;
}

/** The text behind an address that `checkKeyUrl` has nothing against, by one GET without cookies or credentials. Redirects are followed where they lead to
 * an address of the same kind. Never rejects. */
export async function fetchKeyText(
	address: string,
	signal: AbortSignal,
	withinMs = timeoutMs,
): Promise<{ readonly text: string } | KeyUrlFailure> {
	const timeout = AbortSignal.timeout(withinMs);
	try {
		return await follow(address, AbortSignal.any([signal, timeout]));
	} catch {
		return { kind: signal.aborted ? 'cancelled' : timeout.aborted ? 'timeout' : 'unreachable' };
	}
}

async function follow(address: string, signal: AbortSignal): Promise<{ readonly text: string } | KeyUrlFailure> {
	let url = address;
	for (let redirects = 0; redirects <= maxRedirects; redirects++) {
		const response = await fetch(url, {
			redirect: 'manual',
			credentials: 'omit',
			signal,
			headers: { accept: 'text/plain, */*;q=0.5' },
		});
		const location = response.headers.get('location');
		if (response.status < 300 || response.status >= 400 || location === null) {
			return response.ok ? await readText(response) : await refuse(response);
		}
		await response.body?.cancel();
		const next = URL.canParse(location, url) ? new URL(location, url) : undefined;
		if (next === undefined || !mayLeadTo(new URL(url), next)) {
			return { kind: 'redirect' };
		}
		url = next.href;
	}
	return { kind: 'redirect' };
}

function mayLeadTo(from: URL, to: URL): boolean {
	// Nobody out there may choose a page of this machine.
	const intrudes = isThisMachine(to.hostname) && !isThisMachine(from.hostname);
	return checkKeyUrl(to.href) === undefined && to.protocol === from.protocol && !intrudes;
}

async function readText(response: Response): Promise<{ readonly text: string } | KeyUrlFailure> {
	const chunks: Uint8Array[] = [];
	let length = 0;
	// Leaving the loop ends the transfer.
	for await (const chunk of response.body ?? []) {
		length += chunk.length;
		if (length > maxBytes) {
			return { kind: 'tooLarge' };
		}
		chunks.push(chunk);
	}
	return { text: new TextDecoder().decode(Buffer.concat(chunks)) };
}

async function refuse(response: Response): Promise<KeyUrlFailure> {
	await response.body?.cancel();
	return { kind: 'status', status: response.status };
}

function isLoopback(hostname: string): boolean {
	return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname);
}

/** Loopback in its other spellings too. */
function isThisMachine(hostname: string): boolean {
	const name = hostname.replace(/\.$/, '');
	return (
		isLoopback(name) ||
		name === '0.0.0.0' ||
		name.endsWith('.localhost') ||
		/^\[::(?:ffff:(?:7f..:.*|0:0))?\]$/.test(name)
	);
}
