import { type HttpRequest, headerOf } from '../http/message';

/** The signature of a request and what it says of itself; nothing is verified yet. */
export interface Authorization {
	readonly accessKeyId: string;
	/** The scope's date, `YYYYMMDD`. */
	readonly date: string;
	readonly region: string;
	readonly service: string;
	/** Lower-case, in the order given. */
	readonly signedHeaders: readonly string[];
	/** Lower-case hex. */
	readonly signature: string;
	/** `YYYYMMDDTHHMMSSZ`. */
	readonly timestamp: string;
	readonly sessionToken: string | undefined;
	/** Seconds for which a signature in the query holds; undefined for one in a header. */
	readonly expires: number | undefined;
}

const algorithm = 'AWS4-HMAC-SHA256';

/** The signature in the `Authorization` header or, for a presigned request, in the query; `missing` when there is none, `incomplete` when
 * a part is missing or malformed. Source: IAM User Guide, "Create a signed AWS API request". */
export function readAuthorization(request: HttpRequest): Authorization | 'missing' | 'incomplete' {
	const header = headerOf(request, 'authorization');
	if (header !== undefined) return readHeader(request, header);
	const query = new URLSearchParams(request.query);
	return query.has('X-Amz-Algorithm') || query.has('X-Amz-Signature') ? readPresigned(query) : 'missing';
}

function readHeader(request: HttpRequest, header: string): Authorization | 'incomplete' {
	if (!header.startsWith(`${algorithm} `)) return 'incomplete';
	const parts = new Map(
		header
			.slice(algorithm.length)
			.split(',')
			.map((part): [string, string] => {
				const equals = part.indexOf('=');
				return [part.slice(0, Math.max(equals, 0)).trim(), part.slice(equals + 1).trim()];
			}),
	);
	return assemble({
		credential: parts.get('Credential'),
		signedHeaders: parts.get('SignedHeaders'),
		signature: parts.get('Signature'),
		timestamp: headerOf(request, 'x-amz-date') ?? fromHttpDate(headerOf(request, 'date')),
		sessionToken: headerOf(request, 'x-amz-security-token'),
		expires: undefined,
	});
}

function readPresigned(query: URLSearchParams): Authorization | 'incomplete' {
	const expires = Number(query.get('X-Amz-Expires') ?? Number.NaN);
	if (query.get('X-Amz-Algorithm') !== algorithm || !Number.isInteger(expires)) return 'incomplete';
	return assemble({
		credential: query.get('X-Amz-Credential') ?? undefined,
		signedHeaders: query.get('X-Amz-SignedHeaders') ?? undefined,
		signature: query.get('X-Amz-Signature') ?? undefined,
		timestamp: query.get('X-Amz-Date') ?? undefined,
		sessionToken: query.get('X-Amz-Security-Token') ?? undefined,
		expires,
	});
}

interface Parts {
	readonly credential: string | undefined;
	readonly signedHeaders: string | undefined;
	readonly signature: string | undefined;
	readonly timestamp: string | undefined;
	readonly sessionToken: string | undefined;
	readonly expires: number | undefined;
}

function assemble(parts: Parts): Authorization | 'incomplete' {
	const { credential, signedHeaders, signature, timestamp, sessionToken, expires } = parts;
	if (!credential || !signedHeaders || !signature || !timestamp) return 'incomplete';
	const [accessKeyId, date, region, service, terminator, ...rest] = credential.split('/');
	if (!accessKeyId || !date || !region || !service || terminator !== 'aws4_request' || rest.length > 0) {
		return 'incomplete';
	}
	if (!/^\d{8}T\d{6}Z$/.test(timestamp) || !timestamp.startsWith(date)) return 'incomplete';
	return {
		accessKeyId,
		date,
		region,
		service,
		signedHeaders: signedHeaders.split(';'),
		signature,
		timestamp,
		sessionToken,
		expires,
	};
}

function fromHttpDate(date: string | undefined): string | undefined {
	const time = Date.parse(date ?? '');
	return Number.isNaN(time) ? undefined : new Date(time).toISOString().replace(/[-:]|\.\d{3}/g, '');
}
