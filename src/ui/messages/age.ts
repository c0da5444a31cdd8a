import { l10n } from 'vscode';

const minuteMs = 60_000;

/** How long ago something was, in whole minutes, hours or days. */
export function describeAge(milliseconds: number): string {
	const minutes = Math.floor(milliseconds / minuteMs);
	if (minutes < 1) {
		return l10n.t('just now');
	}
	if (minutes < 60) {
		return l10n.t('{0} min ago', minutes);
	}
	const hours = Math.floor(minutes / 60);
	return hours < 24 ? l10n.t('{0} h ago', hours) : l10n.t('{0} d ago', Math.floor(hours / 24));
}
