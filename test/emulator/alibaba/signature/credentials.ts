import { timingSafeEqual } from 'node:crypto';
import { type HttpRequest, headerOf } from '../../http/message';
import type { QueryParameters } from '../../query';
import { AlibabaError } from '../alibabaError';
import { acs3CanonicalRequest, acs3Signature, acs3StringToSign, readAcs3Authorization, signsAllHeaders } from './acs3';
import { rpcSignature, rpcStringToSign } from './rpc';

/** What a request claims about who sent it, in whichever of the two signature methods. */
export interface Claim {
	readonly accessKeyId: string;
	readonly securityToken: string | undefined;
	/** `2018-01-01T12:00:00Z` */
	readonly date: string;
	readonly nonce: string;
	/** What the signature covers, as the service calculates it and as its refusal shows it. */
	readonly stringToSign: string;
	/** Whether the secret made the signature. */
	isSignedWith(secret: string): boolean;
}

/** The id of the access key that the request names, or undefined. */
export function claimedKeyId(request: HttpRequest, parameters: QueryParameters): string | undefined {
	const authorization = readAcs3Authorization(request);
	return typeof authorization === 'object' ? authorization.accessKeyId : parameters.get('AccessKeyId');
}

/** The claim of a signed request.
 * @throws {AlibabaError} MissingAccessKeyId, IncompleteSignature */
export function readClaim(request: HttpRequest, parameters: QueryParameters): Claim {
	const authorization = readAcs3Authorization(request);
	if (authorization === 'missing') return readRpcClaim(request, parameters);
	if (authorization === 'incomplete' || !signsAllHeaders(request, authorization.signedHeaders)) throw incomplete();
	const stringToSign = acs3StringToSign(acs3CanonicalRequest(request, authorization.signedHeaders));
	return {
		accessKeyId: authorization.accessKeyId,
		securityToken: headerOf(request, 'x-acs-security-token'),
		date: headerOf(request, 'x-acs-date') ?? '',
		nonce: headerOf(request, 'x-acs-signature-nonce') ?? '',
		stringToSign,
		isSignedWith: (secret) => isEqual(acs3Signature(secret, stringToSign), authorization.signature),
	};
}

function readRpcClaim(request: HttpRequest, parameters: QueryParameters): Claim {
	const accessKeyId = parameters.get('AccessKeyId');
	const signature = parameters.get('Signature');
	if (accessKeyId === undefined) {
		throw new AlibabaError('MissingAccessKeyId', 'AccessKeyId is mandatory for this action.');
	}
	const isKnown = parameters.get('SignatureMethod') === 'HMAC-SHA1' && parameters.get('SignatureVersion') === '1.0';
	if (signature === undefined || !isKnown) throw incomplete();
	const stringToSign = rpcStringToSign(request);
	return {
		accessKeyId,
		securityToken: parameters.get('SecurityToken'),
		date: parameters.get('Timestamp') ?? '',
		nonce: parameters.get('SignatureNonce') ?? '',
		stringToSign,
		isSignedWith: (secret) => isEqual(rpcSignature(secret, stringToSign), signature),
	};
}

function incomplete(): AlibabaError {
	return new AlibabaError('IncompleteSignature', 'The request signature does not conform to Aliyun standards.');
}

function isEqual(expected: string, given: string): boolean {
	const [a, b] = [Buffer.from(expected), Buffer.from(given)];
	return a.length === b.length && timingSafeEqual(a, b);
}
