const gap = '  ';

/** A table of plain text whose columns stand below each other; columns that are empty in every row are left out. */
export function textTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
	const used = [...header.keys()].filter((column) => rows.some((row) => row[column]));
	const lines = [header, ...rows].map((row) => used.map((column) => (row[column] ?? '').replace(/\s+/g, ' ')));
	const widths = used.map((_, column) =>
		lines.reduce((widest, line) => Math.max(widest, textWidth(line[column] ?? '')), 0),
	);
	return lines
		.map((line) => line.map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - textWidth(cell))).join(gap))
		.map((line) => `${line.trimEnd()}\n`)
		.join('');
}

/** A heading of plain text: the title, underlined. */
export function textHeading(title: string): string {
	return `${title}\n${'-'.repeat(textWidth(title))}\n`;
}

const wide = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60]/gu;

/** In columns of a monospaced font: characters of Chinese, Japanese and Korean take two. */
function textWidth(text: string): number {
	return text.length + (text.match(wide)?.length ?? 0);
}
