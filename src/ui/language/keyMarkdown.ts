import { env, l10n, type MarkdownString } from 'vscode';
import type { Certificate, PublicKey } from '../../domain/publicKey';
import { randomart } from '../../domain/randomart';
import type { Holder } from '../../services/cloudKeys/remoteKeys';
import type { Providers } from '../../services/ports';
import { commandIds } from '../commands/ids';
import { describeKeyType } from '../messages/keys';
import { describeRefusal } from '../messages/rules';
import { placeOf } from '../messages/targets';
import { commandLink, copyFingerprintLink, escapeMarkdown } from './markdown';

/** So many places, or names of a certificate, are listed in a hover; the view has the rest. */
const maxListed = 8;

/** Appends what a key is: type, comment, its fingerprint in every spelling, which services refuse it, and what a certificate says. */
export function appendKey(markdown: MarkdownString, key: PublicKey, providers: Providers, now: number): void {
	const { sha256, md5 } = key.fingerprints;
	const services = providers.vendors.flatMap((vendor) => vendor.services);
	markdown.appendMarkdown(`**${escapeMarkdown(describeKeyType(key))}**`);
	if (key.comment) {
		markdown.appendMarkdown(` · ${escapeMarkdown(key.comment)}`);
	}
	markdown.appendMarkdown('\n\n| | | |\n|---|---|---|\n');
	fingerprintRow(markdown, 'SHA256', sha256);
	fingerprintRow(markdown, 'MD5', md5);
	for (const service of services) {
		const shown = service.importedFingerprint?.(key);
		if (shown !== undefined) {
			fingerprintRow(markdown, l10n.t('{0} shows', service.label), shown);
		}
	}
	const refusing = services.filter((service) => describeRefusal(key, [service]) !== undefined);
	if (refusing.length > 0) {
		row(markdown, l10n.t('Not accepted by'), refusing.map(({ label }) => label).join(', '));
	}
	if (key.certificate) {
		appendCertificate(markdown, key.certificate, now);
	}
	const copy = commandLink(commandIds.copyPublicKey, key.publicKey);
	markdown.appendMarkdown(`\n[$(copy) ${l10n.t('Copy public key')}](${copy})\n\n`);
}

/** Appends OpenSSH's picture of the key, to be compared with what `ssh-keygen -lv` or `ssh -o VisualHostKey=yes` draws. */
export function appendPicture(markdown: MarkdownString, key: PublicKey): void {
	const picture = randomart(key);
	if (picture !== '') {
		markdown.appendCodeblock(picture, 'text');
	}
}

/** Appends the key pairs that hold a key, each with a link to its row. */
export function appendHolders(markdown: MarkdownString, holders: readonly Holder[], providers: Providers): void {
	for (const { target, keyPair } of holders.slice(0, maxListed)) {
		const where = escapeMarkdown(placeOf(target, providers));
		const show = commandLink(commandIds.openKeyPair, { target, keyName: keyPair.name });
		markdown.appendMarkdown(`- [${escapeMarkdown(keyPair.name)}](${show}) · ${where}\n`);
	}
	if (holders.length > maxListed) {
		markdown.appendMarkdown(`\n${l10n.t('and {0} more', holders.length - maxListed)}\n`);
	}
}

/** What an OpenSSH certificate says. Its texts are of whoever made it. */
function appendCertificate(markdown: MarkdownString, certificate: Certificate, now: number): void {
	const { kind, serial, keyId, principals, signingCa, signingCaType } = certificate;
	row(markdown, l10n.t('Certificate'), kind === 'user' ? l10n.t('for a user') : l10n.t('for a host'));
	row(markdown, l10n.t('Serial'), serial.toString());
	row(markdown, l10n.t('Key ID'), escapeMarkdown(keyId));
	row(markdown, l10n.t('Principals'), describePrincipals(principals));
	row(markdown, l10n.t('Valid'), describeValidity(certificate, now));
	const authority = l10n.t('CA ({0})', describeKeyType({ type: signingCaType }));
	fingerprintRow(markdown, authority, signingCa);
}

function describePrincipals(principals: readonly string[]): string {
	if (principals.length === 0) {
		return l10n.t('any');
	}
	const listed = principals.slice(0, maxListed).map(escapeMarkdown).join(', ');
	return principals.length > maxListed ? l10n.t('{0} and {1} more', listed, principals.length - maxListed) : listed;
}

function describeValidity({ validAfter, validBefore }: Certificate, now: number): string {
	const from = dateOf(validAfter);
	const to = dateOf(validBefore);
	const span =
		from && to
			? l10n.t('from {0} to {1}', show(from), show(to))
			: to
				? l10n.t('until {0}', show(to))
				: from
					? l10n.t('from {0}', show(from))
					: l10n.t('forever');
	if (to && to.getTime() <= now) {
		return l10n.t('{0}: **expired**', span);
	}
	return from && from.getTime() > now ? l10n.t('{0}: **not yet valid**', span) : span;
}

/** Undefined where there is no bound, or one beyond the calendar. */
function dateOf(seconds: bigint | undefined): Date | undefined {
	const date = new Date(Number(seconds ?? Number.NaN) * 1000);
	return Number.isNaN(date.getTime()) ? undefined : date;
}

function show(date: Date): string {
	return escapeMarkdown(date.toLocaleString(env.language, { dateStyle: 'medium', timeStyle: 'short' }));
}

function fingerprintRow(markdown: MarkdownString, name: string, fingerprint: string): void {
	row(markdown, name, `\`${fingerprint}\``, copyFingerprintLink(fingerprint));
}

function row(markdown: MarkdownString, name: string, value: string, link = ''): void {
	markdown.appendMarkdown(`| ${name} | ${value} | ${link} |\n`);
}
