import { createHash } from 'node:crypto';
import type { Certificate } from '../publicKey';
import type { BlobFault, PublicBlob } from './blobParts';
import type { SignatureChecks } from './signatureChecks';
import type { WireReader } from './wireReader';

/** OpenSSH's SSHKEY_CERT_MAX_PRINCIPALS. */
const MAX_PRINCIPALS = 256;

/** "For ever" in a certificate's validity. */
const FOR_EVER = 0xffff_ffff_ffff_ffffn;

const KINDS: Readonly<Record<number, 'user' | 'host'>> = { 1: 'user', 2: 'host' };

/** What a certificate says after the fields of its key (PROTOCOL.certkeys), or the first thing OpenSSH's `cert_parse` refuses. The signature is
 * checked; whether the certificate is in force is not (that takes a clock). `readAuthority` reads the blob of the key that signed. */
export function readCertificate(
	reader: WireReader,
	readAuthority: (blob: Buffer) => PublicBlob | BlobFault,
	checks: SignatureChecks,
): Certificate | BlobFault {
	const serial = reader.uint64();
	const kindStart = reader.position;
	const kind = KINDS[reader.uint32()];
	const keyId = reader.text('utf8');
	const principalFields = reader.nested();
	const validAfter = reader.uint64();
	const validBefore = reader.uint64();
	const sections = [reader.nested(), reader.nested()];
	reader.string(); // reserved
	const authorityField = reader.string();
	const signedEnd = reader.position;
	const signature = reader.string();
	if (reader.fault !== undefined) {
		return reader.fault;
	}
	if (kind === undefined) {
		return { reason: 'certificateKind', start: kindStart, end: kindStart + 4 };
	}
	const principals: string[] = [];
	while (principalFields.remaining > 0) {
		principals.push(principalFields.text('utf8'));
	}
	if (principalFields.fault !== undefined || principals.length > MAX_PRINCIPALS) {
		return { reason: 'certificatePrincipals', start: kindStart, end: signedEnd };
	}
	for (const section of sections) {
		const start = section.position;
		while (section.remaining > 0) {
			section.string();
			section.string();
		}
		if (section.fault !== undefined) {
			return { reason: 'certificateOptions', start, end: section.fault.end };
		}
	}
	const authority = readAuthority(reader.view(authorityField));
	if ('reason' in authority) {
		return { reason: 'certificateAuthority', ...authorityField };
	}
	const signatureType = checks.check(authority, reader.view(signature), reader.view({ start: 0, end: signedEnd }));
	if (signatureType === undefined) {
		return { reason: 'certificateSignature', ...signature };
	}
	return {
		kind,
		serial,
		keyId,
		principals,
		...(validAfter === 0n ? {} : { validAfter }),
		...(validBefore === FOR_EVER ? {} : { validBefore }),
		signingCa: `SHA256:${createHash('sha256').update(authority.plain).digest('base64').replace(/=+$/, '')}`,
		signingCaType: authority.type.name,
		signatureType,
	};
}
