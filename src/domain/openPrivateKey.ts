import { createPrivateKey, type KeyObject } from 'node:crypto';

/** A private key text cut out of what surrounds it. It never leaves the step that needs it. */
export type PrivateKeyText =
	| { readonly form: 'pem' | 'openssh'; readonly pem: string; readonly encrypted: boolean }
	| { readonly form: 'der'; readonly der: Buffer; readonly encrypted: boolean }
	| { readonly form: 'ppk'; readonly text: string; readonly encrypted: boolean };

/** Why a private key could not be opened. */
export type NotOpened = { readonly kind: 'needsPassphrase' | 'wrongPassphrase' | 'unsupported' };

const BEGIN = /-----BEGIN ([A-Z0-9 ]{0,40})PRIVATE KEY-----/;

/** Ciphers of encrypted PEM keys that current crypto libraries have given up. */
const OLD_CIPHERS = /^DEK-Info: *(?:DES-CBC|RC2|IDEA|BF|SEED)/m;

const PPK_2 = 'PuTTY-User-Key-File-2:';
const PPK_3 = 'PuTTY-User-Key-File-3:';

/** The first private key in a text: PEM or OpenSSH's form (indented, or with `\n` for line ends as in JSON, too), PuTTY's, or base64 of any of these or of
 * DER. Undefined when there is none. */
export function findPrivateKey(text: string): PrivateKeyText | undefined {
	return findPlain(text) ?? findEncoded(text);
}

/** Opens a PEM or DER key with the crypto library, OpenSSH's and PuTTY's with sshpk, which is loaded only then.
 * A passphrase that is wrong and a key that is damaged can't be told apart once there is a passphrase. */
export async function openPrivateKey(
	key: PrivateKeyText,
	passphrase: string | undefined,
): Promise<KeyObject | NotOpened> {
	if (key.encrypted && passphrase === undefined) {
		return { kind: 'needsPassphrase' };
	}
	if (key.form === 'pem' && OLD_CIPHERS.test(key.pem)) {
		return { kind: 'unsupported' };
	}
	try {
		switch (key.form) {
			case 'pem':
				return createPrivateKey(passphrase === undefined ? key.pem : { key: key.pem, passphrase });
			case 'der':
				return openDer(key.der, passphrase);
			case 'openssh':
				return await openWithSshpk(key.pem, passphrase);
			case 'ppk':
				// Unencrypted, version 3 differs from 2 in the number alone; encrypted, it takes Argon2, which sshpk has not.
				return key.encrypted && key.text.startsWith(PPK_3)
					? { kind: 'unsupported' }
					: await openWithSshpk(key.text.replace(PPK_3, PPK_2), passphrase);
		}
	} catch {
		return { kind: key.encrypted ? 'wrongPassphrase' : 'unsupported' };
	}
}

/** Only RSA: the others are needed in their public half alone, which these files hold in the clear. */
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

function openDer(der: Buffer, passphrase: string | undefined): KeyObject {
	const body = der.toString('base64');
	for (const label of ['', 'ENCRYPTED ', 'RSA ', 'EC ', 'DSA ']) {
		const key = `-----BEGIN ${label}PRIVATE KEY-----\n${body}\n-----END ${label}PRIVATE KEY-----\n`;
		try {
			return createPrivateKey(passphrase === undefined ? key : { key, passphrase });
		} catch {
			// Not of this form; which one it is shows only by trying.
		}
	}
	throw new Error('No private key in DER');
}

function findPlain(text: string): PrivateKeyText | undefined {
	const lines = text.replaceAll('\\n', '\n').replaceAll('\r', '');
	const begin = BEGIN.exec(lines);
	if (begin !== null) {
		const label = `${begin[1]}PRIVATE KEY`;
		const start = begin.index + begin[0].length;
		const end = lines.indexOf('-----END ', start);
		const body = lines
			.slice(start, end === -1 ? undefined : end)
			.split('\n')
			.map((line) => line.trim());
		// A blank line parts the headers from the body and has to stay.
		const content = body.some((line) => line.includes(':')) ? body : body.filter((line) => line !== '');
		const inner = content.join('\n').replace(/^\n+|\n+$/g, '');
		const encrypted = label.startsWith('ENCRYPTED') || /^Proc-Type:.*ENCRYPTED/m.test(inner);
		const form = label === 'OPENSSH PRIVATE KEY' ? 'openssh' : 'pem';
		const whole = `-----BEGIN ${label}-----\n${inner}\n-----END ${label}-----\n`;
		return { form, pem: whole, encrypted: form === 'openssh' ? isEncryptedOpenSsh(inner) : encrypted };
	}
	const start = lines.search(/^\s*PuTTY-User-Key-File-[23]:/m);
	return start === -1
		? undefined
		: { form: 'ppk', text: lines.slice(start).trimStart(), encrypted: !/^Encryption: none$/m.test(lines) };
}

function findEncoded(text: string): PrivateKeyText | undefined {
	const bytes = Buffer.from(text.replace(/\s+/g, ''), 'base64');
	if (bytes[0] === 0x30) {
		return { form: 'der', der: bytes, encrypted: isEncryptedPkcs8(bytes) };
	}
	if (bytes.subarray(0, 14).toString('latin1') === 'openssh-key-v1') {
		return findPlain(
			`-----BEGIN OPENSSH PRIVATE KEY-----\n${bytes.toString('base64')}\n-----END OPENSSH PRIVATE KEY-----`,
		);
	}
	return findPlain(bytes.toString('utf8'));
}

/** EncryptedPrivateKeyInfo starts with the identifier of an algorithm, the plain forms with a version number. */
function isEncryptedPkcs8(bytes: Buffer): boolean {
	return bytes.subarray(0, 8).includes(Buffer.from('3006', 'hex'))
		? true
		: !bytes.subarray(0, 8).includes(Buffer.from('0201', 'hex'));
}

/** The name of the cipher stands after `openssh-key-v1` and a zero byte (PROTOCOL.key). */
function isEncryptedOpenSsh(body: string): boolean {
	return Buffer.from(body, 'base64').subarray(19, 23).toString('latin1') !== 'none';
}
