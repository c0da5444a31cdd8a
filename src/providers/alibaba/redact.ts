/** Longest text that is shown, in UTF-16 code units. */
const maxLength = 300;

/** Texts that stand where a service sent none: the library makes the word of a missing field. */
const empty = new Set(['', 'undefined', 'null']);

/** A service's or the network's sentence without anything that may be secret: one line, no key material, no access key, no
 * token, no request's URL, no URL beyond its path; at most 300 characters. Undefined when nothing is left. */
export function cleanDetail(text: string): string | undefined {
	const cleaned = withoutRequest(text)
		.replace(/-----BEGIN[\s\S]*?(?:-----END[^-]*-----|$)/g, '…')
		.replace(/(https?:\/\/)[^\s/@]*@/gi, '$1')
		.replace(/(https?:\/\/[^\s?#]*)[?#]\S*/gi, '$1')
		// Parameters of a request: `SecurityToken=…`.
		.replace(/\b(?:AccessKeyId|AccessKeySecret|Signature|SignatureNonce|SecurityToken|PublicKeyBody)=\S*/gi, '…')
		.replace(/\b(?:LTAI|STS\.|TMP\.)[A-Za-z0-9]{8,}/g, '…')
		// JSON Web Tokens, whose parts may be short.
		.replace(/\beyJ[\w-]+(?:\.[\w-]*)+/g, '…')
		// Base64 and hex of any kind: keys, secrets (30 characters) and tokens.
		.replace(/[A-Za-z0-9+/_-]{30,}={0,2}/g, (run) => (isPlain(run) ? run : '…'))
		.replace(/\s+/g, ' ')
		.trim();
	if (empty.has(cleaned)) {
		return undefined;
	}
	return cleaned.length > maxLength ? `${cleaned.slice(0, maxLength - 1)}…` : cleaned;
}

/** The library glues the request to the end of what the network says, its URL with every parameter: `getaddrinfo ENOTFOUND
 * hostPOST https://…`, `ReadTimeout(300). POST https://…`, `ConnectTimeout: Connect https://…`. */
function withoutRequest(text: string): string {
	const start = text.search(/(?:GET|POST|PUT|HEAD|DELETE|Connect)\s+(?:https?:\/\/|\/)/);
	return start === -1 ? text : text.slice(0, start).replace(/[\s.:]+$/, '');
}

/** Names of words joined by hyphens, and ids in upper case, have long runs of the same characters and are no secret. */
function isPlain(run: string): boolean {
	return !(/[a-z]/.test(run) && /[A-Z]/.test(run)) && !/^[0-9a-fA-F]+$/.test(run);
}
