import type { TextDocument } from 'vscode';
import { isKeyText } from '../../domain/keyFile';
import type { KeyProblem } from '../../domain/keyProblem';
import { KeyTextCache } from '../../domain/keyTextCache';
import { type ParsedKeys, parsePublicKeys } from '../../domain/parsePublicKeys';
import { type KeyDocumentKind, keyDocumentKind } from './documents';

interface Known {
	readonly cache: KeyTextCache;
	/** As of this version and encoding of the document. */
	readonly version: string;
	readonly found: ParsedKeys;
}

const NOTHING: ParsedKeys = { keys: [], problems: [] };

/** What the key documents that are open hold, each version read at most once, and of each only the lines that changed. */
export class KeyTexts {
	private readonly known = new Map<string, Known>();

	/** The keys and problems of the document as it is now; nothing for a document that is none of ours. */
	read(document: TextDocument): ParsedKeys {
		const kind = keyDocumentKind(document);
		if (kind === undefined) {
			return NOTHING;
		}
		const id = document.uri.toString();
		const version = [document.version, document.encoding, document.languageId].join();
		const known = this.known.get(id);
		if (known?.version === version) {
			return known.found;
		}
		const cache = known?.cache ?? new KeyTextCache();
		const parsed = cache.parse(document.getText(), { single: kind !== 'authorizedKeys' });
		const found = fitting(kind, { keys: parsed.keys, problems: [...encodingProblems(document), ...parsed.problems] });
		this.known.set(id, { cache, version, found });
		return found;
	}

	/** For a document that is closed. */
	forget(document: TextDocument): void {
		this.known.delete(document.uri.toString());
	}
}

/** What of it concerns a document of this kind. */
function fitting(kind: KeyDocumentKind, found: ParsedKeys): ParsedKeys {
	switch (kind) {
		case 'publicKey':
			return found;
		case 'authorizedKeys':
			// No service gets to see the comments of this file.
			return { keys: found.keys, problems: found.problems.filter(({ code }) => code !== 'nonAsciiComment') };
		case 'pubFile':
			return isKeyText(found) ? found : NOTHING;
		case 'privateKey':
			return { keys: found.keys, problems: found.problems.filter(({ code }) => code === 'privateKey') };
	}
}

/** The parser looks for a byte order mark in the text; an editor keeps it to itself, as a part of the encoding. */
function encodingProblems(document: TextDocument): readonly KeyProblem[] {
	switch (document.encoding) {
		case 'utf8bom': {
			const { problems } = parsePublicKeys(`\ufeff${document.lineAt(0).text}`);
			return problems.filter(({ code }) => code === 'byteOrderMark');
		}
		case 'utf16le':
		case 'utf16be': {
			const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 2 } };
			return [
				{
					code: 'byteOrderMark',
					severity: 'error',
					range,
					data: { encoding: 'utf-16' },
					fix: { title: 'removeBom', edits: [] },
				},
			];
		}
		default:
			return [];
	}
}
