/** Longest text that is shown, in UTF-16 code units. */
const maxLength = 300;

/** So much of a text is looked at, in UTF-16 code units: what was meant for people is shorter. */
const maxRead = 8_000;

/** Texts that stand where a service sent none: the vendors' libraries make them up. */
const empty = new Set(['', 'Unknown', 'UnknownError', 'undefined', 'null']);

/** A private key, to its last line or the text's. */
const pem = /-----BEGIN[\s\S]*?(?:-----END[^-]*-----|$)/g;

/** EC2 appends it to a refusal; it is long, and tells the account's policies to whoever may decode it. */
const encodedRefusal = /\s?Encoded authorization failure message:\s*\S*/gi;

/** `name=value` of a query or a configuration file, `"name":"value"` of JSON, where the name says that the value is nobody's business. */
const secretParameter =
	/"?\b[\w-]{0,40}(?:secret|passw(?:or)?d|signature|token|credential|authorization|access_?key_?id|external_?id|public_?key_?body)[\w-]{0,40}(?:\s*=\s*|"\s*:\s*)(?:"[^"]*"?|'[^']*'?|[^\s&,;}]+)/gi;

/** Ids of access keys: AWS's, and Alibaba Cloud's. */
const accessKeyId = /\b(?:(?:AKIA|ASIA|AROA|AIDA|ABIA|ACCA)[A-Z0-9]{12,}\b|(?:LTAI|STS\.|TMP\.)[A-Za-z0-9]{8,})/g;

/** JSON Web Tokens, whose parts may be short. */
const webToken = /\beyJ[\w-]{0,4000}(?:\.[\w-]*)+/g;

/** Base64 and hex of any kind, in lines or in one: keys, secrets (30 characters at least) and tokens. ARNs look like it. */
const longRun =
	/\barn:[\w:/+=,.@*-]+|([A-Za-z0-9+/_-]{30,}={0,2})(?:(?:\\[rn]|[\r\n])+[ \t]*[A-Za-z0-9+/]+={0,2}(?=\\[rn]|[\r\n"')]|$))*/g;

/** A service's, the network's or a library's sentence without anything that may be secret: one line, no key material, no access key, no token, no encoded
 * authorization message, no request, no URL beyond its path; at most 300 characters. Undefined when nothing is left. */
export function cleanDetail(text: string): string | undefined {
	const cleaned = withoutRequest(text.slice(0, maxRead))
		.replace(pem, '…')
		.replace(encodedRefusal, '')
		.replace(/(\/\/)[^\s/@]*@/g, '$1')
		.replace(/(https?:\/\/[^\s?#]*)[?#]\S*/gi, '$1')
		.replace(/\bBearer\s+[\w.~+/=-]{8,}/gi, '…')
		.replace(secretParameter, '…')
		.replace(accessKeyId, '…')
		.replace(webToken, '…')
		.replace(longRun, (all, run: string | undefined) => (run === undefined || isPlain(run) ? all : '…'))
		.replace(/\s+/g, ' ')
		.trim();
	if (empty.has(cleaned)) {
		return undefined;
	}
	return cleaned.length > maxLength ? `${cleaned.slice(0, maxLength - 1).replace(/[\ud800-\udbff]$/, '')}…` : cleaned;
}

/** Alibaba Cloud's library glues the request to the end of what the network says, its URL with every parameter: `getaddrinfo ENOTFOUND
 * hostPOST https://…`, `ReadTimeout(300). POST https://…`, `ConnectTimeout: Connect https://…`. */
function withoutRequest(text: string): string {
	const start = text.search(/(?:GET|POST|PUT|HEAD|DELETE|Connect)\s+(?:https?:\/\/|\/)/);
	return start === -1 ? text : text.slice(0, start).replace(/[\s.:]+$/, '');
}

/** Names of words joined by hyphens, ids in upper case, and codes such as `KeypairAlreadyAttachedInstance` have long runs of the same characters and are
 * no secret. */
function isPlain(run: string): boolean {
	return !/^[0-9a-fA-F]+$/.test(run) && run.split(/[-_/]/).every(isWord);
}

function isWord(part: string): boolean {
	return !(/[a-z]/.test(part) && /[A-Z]/.test(part)) || /^[a-z]*(?:[A-Z][a-z]{2,})+$/.test(part);
}
