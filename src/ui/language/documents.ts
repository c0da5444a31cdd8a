import type { DocumentFilter, TextDocument } from 'vscode';

/** The language of a file whose first line is a public key. */
export const publicKeyLanguage = 'ssh-public-key';

/** Where keys are looked for in editors. `.pub` files of other kinds hold no key and stay untouched. */
export const publicKeyDocuments: readonly DocumentFilter[] = [{ language: publicKeyLanguage }, { pattern: '**/*.pub' }];

/** Whether the document is checked as a public key file: by its language, or a `.pub` file of no other language. */
export function isPublicKeyDocument({ languageId, uri }: TextDocument): boolean {
	return languageId === publicKeyLanguage || (languageId === 'plaintext' && uri.path.endsWith('.pub'));
}
