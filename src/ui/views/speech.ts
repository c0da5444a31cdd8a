import type { TreeItem } from 'vscode';

/** What a screen reader says of a row: its label and what stands behind it, with pauses where the eye has dots. */
export function toSpeech({ label, description }: TreeItem): string {
	const parts = [label, description].filter((part) => typeof part === 'string' && part !== '');
	return parts.join(', ').replaceAll(' · ', ', ');
}
