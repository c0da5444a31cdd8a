import { l10n } from 'vscode';
import type { KeyFixTitle, KeyProblem, KeyProblemCode } from '../../domain/keyProblem';

/** One sentence on the problem. Never repeats a part of the text. */
export function describeKeyProblem({ code, data }: KeyProblem): string {
	return sentences[code](data);
}

/** The title of the quick fix. */
export function describeKeyFix(title: KeyFixTitle): string {
	return fixes[title]();
}

type Data = KeyProblem['data'];

const sentences: { readonly [K in KeyProblemCode]: (data: Data) => string } = {
	privateKey: () => l10n.t('This is a private key: it stays on this machine. Only its public half can be imported.'),
	noKey: ({ reason }) =>
		reason === 'line'
			? l10n.t('This line holds no public key.')
			: reason === 'empty'
				? l10n.t('The text is empty.')
				: l10n.t('The text holds no public key.'),
	severalKeys: () => l10n.t('There is more than one key here where one is meant.'),
	unknownType: ({ type, innerType }) =>
		innerType
			? l10n.t('The type is missing before the key: it should be {0}.', innerType)
			: type
				? l10n.t('{0} is not a type of SSH key.', type)
				: l10n.t('This is not a type of SSH key.'),
	base64Character: () => l10n.t('This character can not stand in the base64 text of a key.'),
	base64Length: () => l10n.t('The base64 text of the key ends in the middle of a group.'),
	bodyTruncated: ({ reason }) =>
		reason === 'missing'
			? l10n.t('The key itself is missing after its type.')
			: l10n.t('The key is cut off: its end is missing.'),
	bodyTrailing: () => l10n.t('There are bytes behind the end of the key.'),
	typeMismatch: ({ type, innerType }) =>
		l10n.t('The line says {0}, but the key in it is of type {1}.', type ?? '', innerType || '?'),
	badKey: ({ reason }) =>
		reason === 'notCanonical'
			? l10n.t('The numbers of this key are not written in their shortest form.')
			: l10n.t('The key is damaged: its numbers can not be those of a key.'),
	bodyWrapped: () => l10n.t('The key is broken over several lines; it has to stand on one.'),
	byteOrderMark: ({ encoding }) =>
		encoding
			? l10n.t('The file is in UTF-16; OpenSSH and the clouds read UTF-8 only.')
			: l10n.t('The file begins with a byte order mark, which OpenSSH does not read.'),
	badOptions: ({ reason }) =>
		reason === 'quote'
			? l10n.t('A quotation mark in the options is not closed.')
			: l10n.t('OpenSSH does not take the options before this key.'),
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
					? l10n.t('This PEM block holds a key of a kind that SSH does not have.')
					: l10n.t('This is not a valid PEM public key.'),
	badPpk: () => l10n.t('This is not a valid PuTTY key file.'),
	badCertificate: () => l10n.t('This is not a valid OpenSSH certificate.'),
	rsaShort: ({ bits }) => l10n.t('An RSA key of {0} bits is too short to be safe: 2048 and more are.', bits ?? ''),
	dsa: () => l10n.t('DSA keys are no longer accepted by OpenSSH.'),
	sha1Certificate: () => l10n.t('This certificate is signed with SHA-1, which OpenSSH no longer accepts.'),
	nonAsciiComment: () => l10n.t('The comment holds characters beyond ASCII, which some clouds refuse.'),
	foreignFormat: ({ format }) =>
		l10n.t('The key is in {0} form; most tools want the one-line OpenSSH form.', format ?? ''),
};

const fixes: { readonly [K in KeyFixTitle]: () => string } = {
	dropOptions: () => l10n.t('Remove the options'),
	joinLines: () => l10n.t('Join the lines of the key'),
	convertToOpenSsh: () => l10n.t('Convert to the OpenSSH form'),
	removeBom: () => l10n.t('Remove the byte order mark'),
	stripComment: () => l10n.t('Remove the characters beyond ASCII from the comment'),
	derivePublicKey: () => l10n.t('Write the public half to a .pub file'),
};
