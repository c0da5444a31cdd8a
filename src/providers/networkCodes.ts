import type { FailureKind } from './failure';

/** Node's codes for connections that did not come about: nothing was sent. */
const notConnected: ReadonlySet<string> = new Set([
	'ENOTFOUND',
	'EAI_AGAIN',
	'ECONNREFUSED',
	'EHOSTUNREACH',
	'ENETUNREACH',
	'EADDRNOTAVAIL',
]);

/** Node's codes for connections that broke. */
const broken: ReadonlySet<string> = new Set(['ECONNRESET', 'ECONNABORTED', 'EPIPE', 'EPROTO']);

/** OpenSSL's codes for certificates that are not trusted (X509_V_ERR_… in node/src/crypto), and Node's own for a wrong
 * host name. */
const certificate: ReadonlySet<string> = new Set([
	'SELF_SIGNED_CERT_IN_CHAIN',
	'DEPTH_ZERO_SELF_SIGNED_CERT',
	'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
	'UNABLE_TO_GET_ISSUER_CERT',
	'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
	'CERT_HAS_EXPIRED',
	'CERT_NOT_YET_VALID',
	'CERT_UNTRUSTED',
	'CERT_REVOKED',
	'CERT_SIGNATURE_FAILURE',
	'ERR_TLS_CERT_ALTNAME_INVALID',
]);

/** The kind of a failure with one of the system's codes; undefined when it is none of the network's. */
export function networkKind(systemCode: string | undefined): FailureKind | undefined {
	if (systemCode === undefined) {
		return undefined;
	}
	if (notConnected.has(systemCode) || broken.has(systemCode)) {
		return 'unreachable';
	}
	if (certificate.has(systemCode)) {
		return 'tlsUntrusted';
	}
	if (systemCode.startsWith('HPE_')) {
		// Node's HTTP parser: whatever listens there does not speak HTTP.
		return 'notTheService';
	}
	return systemCode === 'ETIMEDOUT' ? 'timedOut' : undefined;
}

/** Whether the code means that the request can't have reached the service. */
export function neverSent(systemCode: string | undefined): boolean {
	return systemCode !== undefined && (notConnected.has(systemCode) || certificate.has(systemCode));
}

const systemCodes = new RegExp(`\\b(${[...notConnected, ...broken, ...certificate, 'ETIMEDOUT'].join('|')})\\b`);

/** The system code in a text, where an error has survived only as that. */
export function systemCodeIn(text: string): string | undefined {
	// Node's text for a connection that ended before the answer has no code in it.
	return systemCodes.exec(text)?.[1] ?? (text.includes('socket hang up') ? 'ECONNRESET' : undefined);
}
