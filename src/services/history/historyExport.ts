import type { HistoryEntry } from './changeHistory';

const columns = [
	'time',
	'run',
	'change',
	'outcome',
	'service',
	'profile',
	'region',
	'keyName',
	'id',
	'fingerprint',
	'requestId',
	'code',
	'tagCode',
	'replacedId',
	'replacedFingerprint',
	'replacedPublicKey',
] as const;

/** The entries as comma-separated values with a header line (RFC 4180: CRLF, cells quoted where they must be). */
export function toCsv(entries: readonly HistoryEntry[]): string {
	const rows = entries.map((entry) => {
		const { replaced, ...fields } = entry;
		const cells: Readonly<Record<string, string | undefined>> = {
			...fields,
			replacedId: replaced?.id,
			replacedFingerprint: replaced?.fingerprint,
			replacedPublicKey: replaced?.publicKey,
		};
		return columns.map((column) => toCell(cells[column] ?? ''));
	});
	return [columns, ...rows].map((cells) => `${cells.join(',')}\r\n`).join('');
}

/** The entries as a JSON list, indented by tabs, with a line break at its end. */
export function toJson(entries: readonly HistoryEntry[]): string {
	return `${JSON.stringify(entries, null, '\t')}\n`;
}

function toCell(text: string): string {
	return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
