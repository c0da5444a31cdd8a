import { type KeyFamily, keyTypeByName } from './keyTypes';
import { readPublicBlob } from './publicBlob';
import { WireReader } from './wireReader';

const MAGIC = 'openssh-key-v1\0';

/** How many `string` fields stand between a key's type and its comment in the private section (ssh-*.c, `serialize_private`); for security keys,
 * before and after the byte of flags. */
const FIELDS: Readonly<Record<KeyFamily, readonly [number, number?]>> = {
	rsa: [6],
	dsa: [5],
	ecdsa: [3],
	ed25519: [2],
	ecdsaSk: [3, 2],
	ed25519Sk: [2, 2],
};

/** The OpenSSH line of the public half of a key in OpenSSH's private form (PROTOCOL.key), with the comment when it is not encrypted. Undefined when the text
 * is damaged. */
export function readOpenSshPrivateKey(pem: string): string | undefined {
	const bytes = Buffer.from(pem.replace(/-----[^-]+-----/g, ''), 'base64');
	if (bytes.subarray(0, MAGIC.length).toString('latin1') !== MAGIC) {
		return undefined;
	}
	const reader = new WireReader(bytes, MAGIC.length);
	const cipher = reader.text();
	reader.string(); // key derivation
	reader.string(); // its options
	const count = reader.uint32();
	const blob = reader.view(reader.string());
	const secret = reader.nested();
	const read = readPublicBlob(blob);
	if (reader.fault !== undefined || count !== 1 || 'reason' in read) {
		return undefined;
	}
	const comment = cipher === 'none' ? readComment(secret) : '';
	return `${read.type.name} ${read.blob.toString('base64')} ${comment}`;
}

function readComment(reader: WireReader): string {
	reader.raw(8); // two equal numbers that show whether it was decrypted well
	const type = keyTypeByName(reader.text());
	if (type === undefined || type.certificate) {
		return '';
	}
	const [before, after = 0] = FIELDS[type.family];
	for (let field = 0; field < before; field += 1) {
		reader.string();
	}
	if (after > 0) {
		reader.raw(1);
	}
	for (let field = 0; field < after; field += 1) {
		reader.string();
	}
	const comment = reader.text('utf8');
	// A line feed in it would make a second line.
	return reader.fault === undefined ? comment.replace(/[\r\n\0]+/g, ' ') : '';
}
