import {
	type CancellationToken,
	Hover,
	type HoverProvider,
	l10n,
	MarkdownString,
	type Position,
	type TextDocument,
} from 'vscode';
import { parsePublicKeys } from '../../domain/parsePublicKeys';
import type { PublicKey } from '../../domain/publicKey';
import type { Providers } from '../../services/ports';
import type { Holder, RemoteKeys } from '../../services/remoteKeys';
import { commandIds } from '../commands/ids';
import { toHostRange } from '../host/range';
import { describeTarget } from '../messages/imports';
import { describeKeyType } from '../messages/keys';

/** So many places are listed in a hover; the view has the rest. */
const maxHolders = 8;

/** What a public key is, its fingerprint in every spelling, and the listed key pairs that hold it. */
export class KeyHover implements HoverProvider {
	constructor(
		private readonly remoteKeys: RemoteKeys,
		private readonly providers: Providers,
	) {}

	provideHover(document: TextDocument, position: Position, _token: CancellationToken): Hover | undefined {
		const { text } = document.lineAt(position);
		const [onLine] = parsePublicKeys(text).keys;
		// Keys of one line are found by their line alone; those of several lines need the whole text.
		const key = onLine ? moved(onLine, position.line) : keyAt(document, position);
		return key && new Hover(this.describe(key), toHostRange(key.range));
	}

	private describe(key: PublicKey): MarkdownString {
		const { sha256, md5, ec2 } = key.fingerprints;
		const markdown = new MarkdownString('', true);
		markdown.isTrusted = {
			enabledCommands: [commandIds.copyFingerprint, commandIds.copyPublicKey, commandIds.openKeyPair],
		};
		markdown.appendMarkdown(`**${escapeMarkdown(describeKeyType(key))}**`);
		if (key.comment) {
			markdown.appendMarkdown(` · ${escapeMarkdown(key.comment)}`);
		}
		markdown.appendMarkdown('\n\n| | | |\n|---|---|---|\n');
		row(markdown, 'SHA256', sha256);
		row(markdown, 'MD5', md5);
		if (ec2) {
			row(markdown, l10n.t('EC2 shows'), ec2);
		} else {
			markdown.appendMarkdown(
				`| ${l10n.t('EC2 shows')} | ${l10n.t('nothing: it does not take this type of key')} | |\n`,
			);
		}
		markdown.appendMarkdown(
			`\n[$(copy) ${l10n.t('Copy public key')}](${link(commandIds.copyPublicKey, key.publicKey)})\n\n`,
		);
		this.describeHolders(markdown, this.remoteKeys.holders(key));
		return markdown;
	}

	private describeHolders(markdown: MarkdownString, holders: readonly Holder[]): void {
		if (holders.length === 0) {
			markdown.appendMarkdown(l10n.t('In no key pair listed so far.'));
			return;
		}
		markdown.appendMarkdown(`${l10n.t('Held by:')}\n\n`);
		for (const { target, keyPair } of holders.slice(0, maxHolders)) {
			const { label } = this.providers.manifest(target.service);
			const where = escapeMarkdown(`${label} · ${describeTarget(target)}`);
			const show = link(commandIds.openKeyPair, { target, keyName: keyPair.name });
			markdown.appendMarkdown(`- [${escapeMarkdown(keyPair.name)}](${show}) · ${where}\n`);
		}
		if (holders.length > maxHolders) {
			markdown.appendMarkdown(`\n${l10n.t('and {0} more', holders.length - maxHolders)}\n`);
		}
	}
}

function row(markdown: MarkdownString, name: string, fingerprint: string): void {
	const copy = `[$(copy)](${link(commandIds.copyFingerprint, fingerprint)} "${l10n.t('Copy')}")`;
	markdown.appendMarkdown(`| ${name} | \`${fingerprint}\` | ${copy} |\n`);
}

function link(command: string, argument: unknown): string {
	return `command:${command}?${encodeURIComponent(JSON.stringify([argument]))}`;
}

/** Text of files and services must not become Markdown. */
function escapeMarkdown(text: string): string {
	return text.replace(/[\\`*_{}[\]()#+\-.!|<>~$&]/g, '\\$&').replace(/\s+/g, ' ');
}

function moved(key: PublicKey, line: number): PublicKey {
	const { start, end } = key.range;
	return { ...key, range: { start: { ...start, line }, end: { ...end, line } } };
}

function keyAt(document: TextDocument, position: Position): PublicKey | undefined {
	return parsePublicKeys(document.getText()).keys.find((key) => toHostRange(key.range).contains(position));
}
