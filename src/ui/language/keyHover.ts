import { Hover, type HoverProvider, l10n, type Position, Range, type TextDocument } from 'vscode';
import { findEmbeddedKey, findFingerprint } from '../../domain/embedded';
import { compareFingerprints, matchesKey } from '../../domain/fingerprint';
import type { KeyPair } from '../../domain/keyPair';
import { parsePublicKeys } from '../../domain/parsePublicKeys';
import type { PublicKey } from '../../domain/publicKey';
import type { Range as KeyRange } from '../../domain/text';
import { keysWithoutFile } from '../../services/localKeys/agentKeys';
import { toHostRange } from '../host/range';
import { agentLabel } from '../messages/agent';
import { describeKeyType } from '../messages/keys';
import type { Services } from '../services';
import { keyDocumentKind } from './documents';
import { appendHolders, appendKey, appendPicture } from './keyMarkdown';
import type { KeyTexts } from './keyTexts';
import { copyFingerprintLink, escapeMarkdown, newMarkdown } from './markdown';

/** A key of this machine and where it is. */
interface KnownKey {
	readonly key: PublicKey;
	/** A file's name, or that of the agent. */
	readonly name: string;
}

/** What a public key is and which listed key pairs hold it; what key a fingerprint belongs to. */
export class KeyHover implements HoverProvider {
	constructor(
		private readonly services: Pick<Services, 'agentKeys' | 'clock' | 'localKeys' | 'providers' | 'remoteKeys'>,
		private readonly texts: KeyTexts,
	) {}

	async provideHover(document: TextDocument, position: Position): Promise<Hover | undefined> {
		const found = this.keyAt(document, position);
		if (found) {
			return this.describeKey(found.key, found.range);
		}
		const { text } = document.lineAt(position);
		const fingerprint = findFingerprint(text, position.character);
		return (
			fingerprint &&
			this.describeFingerprint(
				fingerprint.value,
				new Range(position.line, fingerprint.start, position.line, fingerprint.end),
			)
		);
	}

	private keyAt(document: TextDocument, position: Position): { key: PublicKey; range: Range } | undefined {
		if (keyDocumentKind(document) !== undefined) {
			const key = this.texts.read(document).keys.find(({ range }) => contains(range, position));
			if (key) {
				return { key, range: toHostRange(key.range) };
			}
		}
		const embedded = findEmbeddedKey(document.lineAt(position).text, position.character);
		return (
			embedded && {
				key: embedded.value,
				range: new Range(position.line, embedded.start, position.line, embedded.end),
			}
		);
	}

	private describeKey(key: PublicKey, range: Range): Hover {
		const { clock, providers, remoteKeys } = this.services;
		const markdown = newMarkdown();
		appendKey(markdown, key, providers, clock.now());
		const holders = remoteKeys.holders(key);
		if (holders.length === 0) {
			markdown.appendMarkdown(l10n.t('In no key pair listed so far.'));
		} else {
			markdown.appendMarkdown(`${l10n.t('Held by:')}\n\n`);
			appendHolders(markdown, holders, providers);
		}
		appendPicture(markdown, key);
		return new Hover(markdown, range);
	}

	/** Nothing for digits that may be any, unless they are known. */
	private async describeFingerprint(fingerprint: string, range: Range): Promise<Hover | undefined> {
		const { providers, remoteKeys } = this.services;
		const keys = (await this.knownKeys()).filter(({ key }) => matchesKey(fingerprint, key).result === 'same');
		const holders = remoteKeys.listed().filter(({ keyPair }) => hasFingerprint(keyPair, fingerprint));
		if (keys.length === 0 && holders.length === 0 && !/^(?:SHA256|MD5):/i.test(fingerprint)) {
			return undefined;
		}
		const markdown = newMarkdown();
		markdown.appendMarkdown(`${l10n.t('Fingerprint')} \`${fingerprint}\` ${copyFingerprintLink(fingerprint)}\n\n`);
		if (keys.length === 0 && holders.length === 0) {
			markdown.appendMarkdown(l10n.t('Of no key on this machine, and of no key pair listed so far.'));
			return new Hover(markdown, range);
		}
		for (const { key, name } of keys) {
			const about = [describeKeyType(key), key.comment].filter(Boolean).join(' · ');
			markdown.appendMarkdown(`- **${escapeMarkdown(name)}** · ${escapeMarkdown(about)}\n`);
		}
		appendHolders(markdown, holders, providers);
		return new Hover(markdown, range);
	}

	private async knownKeys(): Promise<readonly KnownKey[]> {
		const { agentKeys, localKeys } = this.services;
		const [files, agent] = await Promise.all([localKeys.all(), agentKeys.all()]);
		return [
			...files.flatMap(({ keys, name }) => keys.map((key) => ({ key, name }))),
			...keysWithoutFile(agent, files).map((key) => ({ key, name: agentLabel })),
		];
	}
}

/** Whole ranges are made for the lines in question alone: there may be thousands. */
function contains(range: KeyRange, position: Position): boolean {
	return range.start.line <= position.line && position.line <= range.end.line && toHostRange(range).contains(position);
}

/** Also a spelling that the service itself does not show, where it gives the key back. */
function hasFingerprint({ fingerprint, publicKey }: KeyPair, wanted: string): boolean {
	if (fingerprint !== undefined && compareFingerprints(fingerprint, wanted).result === 'same') {
		return true;
	}
	const [key] = publicKey === undefined ? [] : parsePublicKeys(publicKey).keys;
	return key !== undefined && matchesKey(wanted, key).result === 'same';
}
