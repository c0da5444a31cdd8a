import { l10n } from 'vscode';
import type { KeyFixTitle, KeyProblem, KeyProblemCode } from '../../domain/keyProblem';

/** One sentence on the problem. Never repeats a part of the text. */
export function describeKeyProblem({ code, data }: KeyProblem): string {
	return sentences[code](data);
}

/** The title of the quick fix for the problem. */
export function describeKeyFix(title: KeyFixTitle, { data }: KeyProblem): string {
	return title === 'removeBom' && data['encoding'] ? l10n.t('Save the file as UTF-8') : fixes[title]();
}

type Data = KeyProblem['data'];

const sentences: { readonly [K in KeyProblemCode]: (data: Data) => string } = {
	privateKey: () => l10n.t('This is a private key: it never leaves this machine. Only its public key can be imported.'),
	noKey: ({ reason }) =>
		reason === 'line'
			? l10n.t('This line contains no public key.')
			: reason === 'empty'
				? l10n.t('The text is empty.')
				: l10n.t('The text contains no public key.'),
	severalKeys: () => l10n.t('There is more than one key here, but only one is expected.'),
	unknownType: ({ type, innerType }) =>
		innerType
			? l10n.t('The type {0} is missing before the key.', innerType)
			: type
				? l10n.t('{0} is not an SSH key type.', type)
				: l10n.t('This is not an SSH key type.'),
	base64Character: () => l10n.t('This character is not allowed in the base64 text of a key.'),
	base64Length: () => l10n.t('The base64 text of the key has the wrong length.'),
	bodyTruncated: ({ reason }) =>
		reason === 'missing'
			? l10n.t('The key is missing after its type.')
			: l10n.t('The key is incomplete: its end is missing.'),
	bodyTrailing: () => l10n.t('There is extra data after the end of the key.'),
	typeMismatch: ({ type, innerType }) =>
		l10n.t('The line says {0}, but the key is of type {1}.', type ?? '', innerType || '?'),
	badKey: ({ reason }) =>
		reason === 'notCanonical'
			? l10n.t('The numbers in this key are not encoded in their shortest form.')
			: l10n.t('The key is damaged: its numbers cannot be those of a key.'),
	bodyWrapped: () => l10n.t('The key is split over several lines. It must be on one line.'),
	byteOrderMark: ({ encoding }) =>
		encoding
			? l10n.t('The file is encoded in UTF-16. OpenSSH and cloud services read only UTF-8.')
			: l10n.t('The file begins with a byte order mark, which OpenSSH does not accept.'),
	badOptions: ({ reason }) => {
		switch (reason) {
			case 'unexpected':
				return l10n.t('A public key file has no options before the key. They are not imported.');
			case 'quote':
				return l10n.t('A quotation mark in the options is not closed.');
			case 'unknown':
				return l10n.t('OpenSSH does not know this option, and so does not accept the key.');
			case 'value':
				return l10n.t('This option needs a value in quotation marks.');
			case 'comma':
				return l10n.t('There is no option after this comma.');
			default:
				return l10n.t('OpenSSH does not accept the options before this key.');
		}
	},
	badRfc4716: ({ reason }) =>
		reason === 'noEnd'
			? l10n.t('The line "---- END SSH2 PUBLIC KEY ----" is missing.')
			: l10n.t('This is not a valid SSH2 public key (RFC 4716).'),
	badPem: ({ reason }) =>
		reason === 'noEnd'
			? l10n.t('The END line of the PEM block is missing.')
			: reason === 'notAPublicKey'
				? l10n.t('This PEM block is not a public key.')
				: reason === 'notSsh'
					? l10n.t('This PEM block contains a kind of key that SSH does not support.')
					: l10n.t('This is not a valid PEM public key.'),
	badPpk: () => l10n.t('This is not a valid PuTTY key file.'),
	badCertificate: () => l10n.t('This is not a valid OpenSSH certificate.'),
	rsaShort: ({ bits }) =>
		l10n.t('An RSA key of {0} bits is too short to be secure. Use at least 2048 bits.', bits ?? ''),
	dsa: () => l10n.t('OpenSSH no longer accepts DSA keys.'),
	sha1Certificate: () => l10n.t('This certificate is signed with SHA-1, which OpenSSH no longer accepts.'),
	nonAsciiComment: () => l10n.t('The comment contains non-ASCII characters, which some cloud services reject.'),
	foreignFormat: ({ format }) =>
		l10n.t('The key is in {0} format. Most tools expect the one-line OpenSSH format.', formats[format ?? ''] ?? 'DER'),
};

/** What `foreignFormat` names, in the formats' own words. */
const formats: Readonly<Record<string, string>> = {
	rfc4716: 'SSH2 (RFC 4716)',
	pem: 'PEM',
	ppk: 'PuTTY',
	der: 'DER',
	base64: 'DER',
};

const fixes: { readonly [K in KeyFixTitle]: () => string } = {
	dropOptions: () => l10n.t('Remove the options'),
	joinLines: () => l10n.t('Join the lines of the key'),
	convertToOpenSsh: () => l10n.t('Convert to OpenSSH format'),
	removeBom: () => l10n.t('Remove the byte order mark'),
	stripComment: () => l10n.t('Remove the non-ASCII characters from the comment'),
	derivePublicKey: () => l10n.t('Write the public key to a .pub file'),
};
