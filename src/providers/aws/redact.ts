/** Longest text that is shown, in UTF-16 code units. */
const maxLength = 300;

/** Texts that the SDK makes up where the service sent none. */
const empty = new Set(['', 'Unknown', 'UnknownError', 'undefined']);

/** A service's sentence without anything that may be secret: one line, no key material, no credentials, no encoded
 * authorization message, no URL beyond its path; at most 300 characters. Undefined when nothing is left. */
export function cleanDetail(text: string): string | undefined {
	const cleaned = text
		.replace(/-----BEGIN[\s\S]*?(?:-----END[^-]*-----|$)/g, '…')
		// EC2 appends it to a refusal; it is long, and tells the account's policies to whoever may decode it.
		.replace(/\s*Encoded authorization failure message:\s*\S*/gi, '')
		.replace(/(https?:\/\/)[^\s/@]*@/gi, '$1')
		.replace(/(https?:\/\/[^\s?#]*)[?#]\S*/gi, '$1')
		.replace(/\b(?:AKIA|ASIA|AROA|AIDA|ABIA|ACCA)[A-Z0-9]{12,}\b/g, '…')
		// JSON Web Tokens, whose parts may be short.
		.replace(/\beyJ[\w-]+(?:\.[\w-]*)+/g, '…')
		// Base64 and hex of any kind: keys, secrets (40 characters) and tokens.
		.replace(/\barn:[\w:/+=,.@*-]+|[A-Za-z0-9+/_-]{32,}={0,2}/g, (run) => (isPlain(run) ? run : '…'))
		.replace(/\s+/g, ' ')
		.trim();
	if (empty.has(cleaned)) {
		return undefined;
	}
	return cleaned.length > maxLength ? `${cleaned.slice(0, maxLength - 1)}…` : cleaned;
}

/** ARNs, and names of words joined by hyphens, have long runs of the same characters and are no secret. */
function isPlain(run: string): boolean {
	const looksRandom = (/[a-z]/.test(run) && /[A-Z]/.test(run)) || /^[0-9a-fA-F]+$/.test(run);
	return run.startsWith('arn:') || !looksRandom;
}
