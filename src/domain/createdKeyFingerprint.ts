import { createHash, createPrivateKey, type KeyObject } from 'node:crypto';
import { colonPairs } from './fingerprint';
import { findPrivateKey, type NotOpened, openPrivateKey, type PrivateKeyText } from './openPrivateKey';

const PPK_2 = 'PuTTY-User-Key-File-2:';
const PPK_3 = 'PuTTY-User-Key-File-3:';

/** The fingerprint that EC2 shows for an RSA key pair that it created itself: 20 hex pairs with colons, SHA-1 of the DER PKCS#8 form of the private key
 * (EC2 User Guide, "Verify keys"). `unsupported` also for keys that are not RSA: their fingerprint is that of an imported key. */
export async function createdKeyFingerprint(
	privateKey: string,
	passphrase?: string,
): Promise<{ readonly kind: 'fingerprint'; readonly fingerprint: string } | NotOpened> {
	const found = findPrivateKey(privateKey);
	const opened = found === undefined ? undefined : await openAny(found, passphrase);
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

async function openAny(key: PrivateKeyText, passphrase: string | undefined): Promise<KeyObject | NotOpened> {
	if (key.form === 'pem' || key.form === 'der') {
		return openPrivateKey(key, passphrase);
	}
	if (key.encrypted && passphrase === undefined) {
		return { kind: 'needsPassphrase' };
	}
	// Unencrypted, PuTTY's version 3 differs from 2 in the number alone; encrypted, it takes Argon2, which sshpk has not.
	if (key.encrypted && key.text.startsWith(PPK_3)) {
		return { kind: 'unsupported' };
	}
	try {
		return await openWithSshpk(key.text.replace(PPK_3, PPK_2), passphrase);
	} catch {
		return { kind: key.encrypted ? 'wrongPassphrase' : 'unsupported' };
	}
}

/** OpenSSH's and PuTTY's forms of an RSA key. sshpk is loaded only here. */
async function openWithSshpk(text: string, passphrase: string | undefined): Promise<KeyObject | NotOpened> {
	const { default: sshpk } = await import('sshpk');
	const { type, parts } = sshpk.parsePrivateKey(text, 'auto', passphrase === undefined ? {} : { passphrase });
	const numbers = new Map<string, bigint>(parts.map(({ name, data }) => [name, BigInt(`0x${data.toString('hex')}`)]));
	const [n, e, d, p, q, qi] = ['n', 'e', 'd', 'p', 'q', 'iqmp'].map((name) => numbers.get(name) ?? 0n);
	if (type !== 'rsa' || !n || !e || !d || !p || !q || !qi) {
		return { kind: 'unsupported' };
	}
	// sshpk leaves the exponents of the factors out when it writes PKCS#8 itself.
	const members = Object.entries({ n, e, d, p, q, qi, dp: d % (p - 1n), dq: d % (q - 1n) });
	const jwk = Object.fromEntries(members.map(([name, number]) => [name, toBase64Url(number)]));
	return createPrivateKey({ key: { kty: 'RSA', ...jwk }, format: 'jwk' });
}

function toBase64Url(number: bigint): string {
	const hex = number.toString(16);
	return Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex').toString('base64url');
}
