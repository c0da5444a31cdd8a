import { createPrivateKey, type KeyObject } from 'node:crypto';
import { privateKeyStart } from './parse/privateKey';

/** A private key that the crypto library opens. */
export type OpenablePrivateKey =
	| { readonly form: 'pem'; readonly text: string; readonly encrypted: boolean }
	| { readonly form: 'der'; readonly der: Buffer; readonly encrypted: boolean };

/** A private key text cut out of what surrounds it. It never leaves the step that needs it. */
export type PrivateKeyText =
	| OpenablePrivateKey
	| { readonly form: 'openssh' | 'ppk'; readonly text: string; readonly encrypted: boolean };

/** Why a private key could not be opened. */
export type NotOpened = { readonly kind: 'needsPassphrase' | 'wrongPassphrase' | 'unsupported' };

const BEGIN = /-----BEGIN ([A-Z0-9 ]{0,40})PRIVATE KEY-----/;

const DER_SEQUENCE = 0x30;

/** Ciphers of encrypted PEM keys that current crypto libraries have given up. */
const OLD_CIPHERS = /^DEK-Info: *(?:DES-CBC|RC2|IDEA|BF|SEED)/m;

/** The first private key in a text: PEM or OpenSSH's form (indented, or with `\n` for line ends as in JSON, too), PuTTY's, or base64 of any of these or of
 * DER. Undefined when there is none. */
export function findPrivateKey(text: string): PrivateKeyText | undefined {
	return findPlain(text) ?? findEncoded(text);
}

/** Opens a PEM or DER key. A passphrase that is wrong and a key that is damaged can't be told apart once there is a passphrase. */
export function openPrivateKey(key: OpenablePrivateKey, passphrase: string | undefined): KeyObject | NotOpened {
	if (key.encrypted && passphrase === undefined) {
		return { kind: 'needsPassphrase' };
	}
	if (key.form === 'pem' && OLD_CIPHERS.test(key.text)) {
		return { kind: 'unsupported' };
	}
	try {
		return key.form === 'pem' ? openPem(key.text, passphrase) : openDer(key.der, passphrase);
	} catch {
		return { kind: key.encrypted ? 'wrongPassphrase' : 'unsupported' };
	}
}

function openPem(pem: string, passphrase: string | undefined): KeyObject {
	return createPrivateKey(passphrase === undefined ? pem : { key: pem, passphrase });
}

function openDer(der: Buffer, passphrase: string | undefined): KeyObject {
	const body = der.toString('base64');
	for (const label of ['', 'ENCRYPTED ', 'RSA ', 'EC ', 'DSA ']) {
		const key = `-----BEGIN ${label}PRIVATE KEY-----\n${body}\n-----END ${label}PRIVATE KEY-----\n`;
		try {
			return openPem(key, passphrase);
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
		const inner = content.join('\n').trim();
		const whole = `-----BEGIN ${label}-----\n${inner}\n-----END ${label}-----\n`;
		if (label === 'OPENSSH PRIVATE KEY') {
			const encrypted = privateKeyStart(Buffer.from(inner, 'base64')) === 'encrypted';
			return { form: 'openssh', text: whole, encrypted };
		}
		const encrypted = label.startsWith('ENCRYPTED') || /^Proc-Type:.*ENCRYPTED/m.test(inner);
		return { form: 'pem', text: whole, encrypted };
	}
	const start = lines.search(/^[ \t]*PuTTY-User-Key-File-[23]:/m);
	return start === -1
		? undefined
		: { form: 'ppk', text: lines.slice(start).trimStart(), encrypted: !/^Encryption: none$/m.test(lines) };
}

/** Base64 without marker lines, or of a text with them. */
function findEncoded(text: string): PrivateKeyText | undefined {
	const bytes = Buffer.from(text.replace(/\s+/g, ''), 'base64');
	const bare = privateKeyStart(bytes);
	if (bare === undefined) {
		return findPlain(bytes.toString('utf8'));
	}
	const body = bytes.toString('base64');
	return bytes[0] === DER_SEQUENCE
		? { form: 'der', der: bytes, encrypted: bare === 'encrypted' }
		: findPlain(`-----BEGIN OPENSSH PRIVATE KEY-----\n${body}\n-----END OPENSSH PRIVATE KEY-----`);
}
