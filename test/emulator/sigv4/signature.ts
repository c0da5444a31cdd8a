import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { HttpRequest } from '../http/message';
import type { Authorization } from './authorization';
import { canonicalQuery, canonicalUri } from './encoding';

/** Whether the secret made the signature for exactly this request.
 * Source: IAM User Guide, "Create a signed AWS API request" (canonical request, string to sign, signing key). */
export function isSignedWith(secret: string, request: HttpRequest, authorization: Authorization): boolean {
	if (!authorization.signedHeaders.includes('host')) return false;
	const payloadHash = sha256(request.body);
	const declared = request.headers.get('x-amz-content-sha256')?.join(',');
	if (declared !== undefined && declared !== payloadHash) return false;
	const expected = Buffer.from(signatureOf(secret, request, authorization, payloadHash));
	const given = Buffer.from(authorization.signature);
	return expected.length === given.length && timingSafeEqual(expected, given);
}

function signatureOf(secret: string, request: HttpRequest, authorization: Authorization, payloadHash: string): string {
	const { date, region, service, timestamp } = authorization;
	const canonicalRequest = [
		request.method,
		canonicalUri(request.path),
		canonicalQuery(request.query, 'X-Amz-Signature'),
		...authorization.signedHeaders.map((name) => `${name}:${canonicalValue(request, name)}`),
		'',
		authorization.signedHeaders.join(';'),
		payloadHash,
	].join('\n');
	const scope = `${date}/${region}/${service}/aws4_request`;
	const stringToSign = ['AWS4-HMAC-SHA256', timestamp, scope, sha256(canonicalRequest)].join('\n');
	const key = [date, region, service, 'aws4_request'].reduce<Buffer | string>(
		(previous, part) => createHmac('sha256', previous).update(part).digest(),
		`AWS4${secret}`,
	);
	return createHmac('sha256', key).update(stringToSign).digest('hex');
}

function canonicalValue(request: HttpRequest, name: string): string {
	return (request.headers.get(name) ?? []).map((value) => value.trim().replace(/ +/g, ' ')).join(',');
}

function sha256(data: Buffer | string): string {
	return createHash('sha256').update(data).digest('hex');
}
