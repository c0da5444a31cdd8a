import { env } from 'vscode';

/** A point of time in UTC, to the second, as the services' own logs have it: `2026-11-22 09:00:00 UTC`. Takes milliseconds since 1970. */
export function inUtc(milliseconds: number): string {
	return `${new Date(milliseconds).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

/** The same as the clock on the wall has it, in the language of VS Code and with the time zone; undefined where that is UTC. */
export function inLocalTime(milliseconds: number): string | undefined {
	const date = new Date(milliseconds);
	return date.getTimezoneOffset() === 0
		? undefined
		: new Intl.DateTimeFormat(env.language, { dateStyle: 'medium', timeStyle: 'long' }).format(date);
}
