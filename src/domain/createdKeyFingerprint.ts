import { createHash } from 'node:crypto';
import { colonPairs } from './fingerprint';
import { findPrivateKey, type NotOpened, openPrivateKey } from './openPrivateKey';

/** The fingerprint that EC2 shows for an RSA key pair that it created itself: 20 hex pairs with colons, SHA-1 of the DER PKCS#8 form of the private key
 * (EC2 User Guide, "Verify keys"). `unsupported` also for keys that are not RSA: their fingerprint is that of an imported key. */
export async function createdKeyFingerprint(
	privateKey: string,
	passphrase?: string,
): Promise<{ readonly kind: 'fingerprint'; readonly fingerprint: string } | NotOpened> {
	const found = findPrivateKey(privateKey);
	const opened = found === undefined ? undefined : await openPrivateKey(found, passphrase);
	if (opened === undefined || 'kind' in opened) {
		return opened ?? { kind: 'unsupported' };
	}
	if (opened.asymmetricKeyType !== 'rsa') {
		return { kind: 'unsupported' };
	}
	const der = opened.export({ type: 'pkcs8', format: 'der' });
	const fingerprint = colonPairs(createHash('sha1').update(der).digest('hex'));
	der.fill(0);
	return { kind: 'fingerprint', fingerprint };
}
