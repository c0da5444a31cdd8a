import { l10n, MarkdownString } from 'vscode';
import { commandIds } from '../commands/ids';

/** Markdown that may hold links to the extension's own harmless commands, and codicons. */
export function newMarkdown(): MarkdownString {
	const markdown = new MarkdownString('', true);
	markdown.isTrusted = {
		enabledCommands: [commandIds.copyFingerprint, commandIds.copyPublicKey, commandIds.openKeyPair],
	};
	return markdown;
}

/** The target of a link that runs a command. */
export function commandLink(command: string, argument: unknown): string {
	const query = encodeURIComponent(JSON.stringify([argument]));
	// A parenthesis would end the link.
	return `command:${command}?${query.replaceAll('(', '%28').replaceAll(')', '%29')}`;
}

/** A link that copies a fingerprint. */
export function copyFingerprintLink(fingerprint: string): string {
	return `[$(copy)](${commandLink(commandIds.copyFingerprint, fingerprint)} "${l10n.t('Copy')}")`;
}

/** Text of files and services must not become Markdown, nor change the order of what stands around it. */
export function escapeMarkdown(text: string): string {
	return text.replace(/[\s\p{Cc}\p{Bidi_Control}]+/gu, ' ').replace(/[\\`*_{}[\]()#+\-.!|<>~$&:@/]/g, '\\$&');
}
