import { createHmac } from 'node:crypto';
import type { HttpRequest } from '../../http/message';
import { canonicalPairs, decodePairs, percentEncode } from './encoding';

/** The text that signature version 1.0 is made of: method, path and every parameter of query and form but the signature itself.
 * Source: Alibaba Cloud SDK documentation, "Request syntax and signature method V2 for RPC APIs". */
export function rpcStringToSign(request: HttpRequest): string {
	const form = decodePairs(request.body.toString('utf8'), 'space');
	const pairs = [...decodePairs(request.query), ...form].filter(([name]) => name !== 'Signature');
	return `${request.method}&${percentEncode('/')}&${percentEncode(canonicalPairs(pairs))}`;
}

/** The signature, in base64. */
export function rpcSignature(secret: string, stringToSign: string): string {
	return createHmac('sha1', `${secret}&`).update(stringToSign).digest('base64');
}
