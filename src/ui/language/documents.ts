import {
	CodeActionKind,
	type Diagnostic,
	type DocumentFilter,
	type Position,
	type TextDocument,
	workspace,
} from 'vscode';
import { mayHoldKey, startsAsPrivateKeyFile } from '../../domain/keyFile';
import { diagnosticSource } from './problemCollection';

/** The language of a file whose first line is a public key. */
const publicKeyLanguage = 'ssh-public-key';

/** The language of authorized_keys and authorized_keys2. */
export const authorizedKeysLanguage = 'ssh-authorized-keys';

/** The language of a file whose first line is that of a private key in OpenSSH's or PuTTY's form. */
export const privateKeyLanguage = 'ssh-private-key';

/** Where keys are looked for in editors. `.pub` files of other kinds hold no key and stay untouched. */
const publicKeyDocuments: readonly DocumentFilter[] = [
	{ language: publicKeyLanguage },
	{ language: authorizedKeysLanguage },
	{ pattern: '**/*.pub' },
];

const textLanguages = [
	...['terraform', 'terraform-vars', 'opentofu', 'opentofu-vars', 'hcl'],
	...['yaml', 'dockercompose', 'json', 'jsonc', 'plaintext', 'markdown', 'log'],
];

/** Where a hover tells of keys and fingerprints: also where they stand among other things. Opening one of the latter does not start the extension. */
export const hoverDocuments: readonly DocumentFilter[] = [
	...publicKeyDocuments,
	...textLanguages.map((language) => ({ language })),
	{ pattern: '**/*.{tf,tfvars,hcl}' },
];

/** Where quick fixes may be wanted: a key may be imported out of any text. */
export const codeActionDocuments = '*';

export const codeActionKinds: readonly CodeActionKind[] = [CodeActionKind.QuickFix];

/** What a document is to the extension. `publicKey`: one key; `pubFile`: a `.pub` file that may be anything; `privateKey`: a private key by its first line. */
export type KeyDocumentKind = 'publicKey' | 'authorizedKeys' | 'pubFile' | 'privateKey';

/** What the document is, or undefined when it is none of ours; so are the earlier versions that source control shows. */
export function keyDocumentKind(document: TextDocument): KeyDocumentKind | undefined {
	const { languageId, uri } = document;
	if (workspace.fs.isWritableFileSystem(uri.scheme) === false) {
		return undefined;
	}
	switch (languageId) {
		case publicKeyLanguage:
			return 'publicKey';
		case authorizedKeysLanguage:
			return 'authorizedKeys';
		case privateKeyLanguage:
			return uri.path.endsWith('.pub') ? 'pubFile' : 'privateKey';
		case 'plaintext':
			if (uri.path.endsWith('.pub')) {
				return 'pubFile';
			}
			return startsAsPrivateKeyFile(document.lineAt(0).text) ? 'privateKey' : undefined;
		default:
			return undefined;
	}
}

/** Whether there may be something to say of this place. */
export function isHoverPlace(document: TextDocument, position: Position): boolean {
	return keyDocumentKind(document) !== undefined || mayHoldKey(document.lineAt(position).text);
}

/** Whether there may be a quick fix for the document, or for one of these diagnostics in it. */
export function isFixPlace(document: TextDocument, diagnostics: readonly Diagnostic[]): boolean {
	return keyDocumentKind(document) !== undefined || diagnostics.some(({ source }) => source === diagnosticSource());
}
