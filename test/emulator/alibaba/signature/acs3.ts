import { createHash, createHmac } from 'node:crypto';
import { type HttpRequest, headerOf } from '../../http/message';
import { canonicalPairs, decodePairs } from './encoding';

/** The name of the signature method. */
export const acs3Algorithm = 'ACS3-HMAC-SHA256';

/** What an `Authorization: ACS3-HMAC-SHA256 Credential=…,SignedHeaders=a;b,Signature=…` header says. */
export interface Acs3Authorization {
	readonly accessKeyId: string;
	/** Lower-case names, in the order given. */
	readonly signedHeaders: readonly string[];
	/** 64 hex digits. */
	readonly signature: string;
}

/** Reads the header; 'missing' when there is none, 'incomplete' when it is of another form. */
export function readAcs3Authorization(request: HttpRequest): Acs3Authorization | 'missing' | 'incomplete' {
	const header = headerOf(request, 'authorization');
	if (header === undefined) return 'missing';
	const parts = /^ACS3-HMAC-SHA256\s+Credential=([^,]+),\s*SignedHeaders=([^,]+),\s*Signature=([0-9a-f]{64})$/.exec(
		header,
	);
	if (parts === null) return 'incomplete';
	const [, accessKeyId = '', signedHeaders = '', signature = ''] = parts;
	return { accessKeyId, signedHeaders: signedHeaders.split(';'), signature };
}

/** The request in the form that is signed: method, path, query, signed headers, their names, and the hash of the body as it came in.
 * Source: Alibaba Cloud SDK documentation, "V3 request structure and signature", step 1. */
export function acs3CanonicalRequest(request: HttpRequest, signedHeaders: readonly string[]): string {
	return [
		request.method,
		request.path,
		canonicalPairs(decodePairs(request.query)),
		...signedHeaders.map(
			(name) => `${name}:${(request.headers.get(name) ?? []).map((value) => value.trim()).join(',')}`,
		),
		'',
		signedHeaders.join(';'),
		sha256(request.body),
	].join('\n');
}

/** The text that the signature is made of: the method's name and the hash of the canonical request. Source: as above, step 2. */
export function acs3StringToSign(canonicalRequest: string): string {
	return `${acs3Algorithm}\n${sha256(canonicalRequest)}`;
}

/** The signature, 64 hex digits. Source: as above, step 3. */
export function acs3Signature(secret: string, stringToSign: string): string {
	return createHmac('sha256', secret).update(stringToSign).digest('hex');
}

/** Whether every header is signed that has to be: the host and each `x-acs-` header, of which five are mandatory. */
export function signsAllHeaders(request: HttpRequest, signedHeaders: readonly string[]): boolean {
	const present = [...request.headers.keys()].filter((name) => name.startsWith('x-acs-') || name === 'host');
	return [...mandatoryHeaders, ...present].every((name) => request.headers.has(name) && signedHeaders.includes(name));
}

const mandatoryHeaders = [
	'host',
	'x-acs-action',
	'x-acs-version',
	'x-acs-date',
	'x-acs-signature-nonce',
	'x-acs-content-sha256',
];

function sha256(data: Buffer | string): string {
	return createHash('sha256').update(data).digest('hex');
}
