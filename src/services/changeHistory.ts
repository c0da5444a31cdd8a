import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Service, Target } from '../domain/target';
import { type Disposable, Emitter } from './event';

/** What a person had done. `replace`: another key's pair was deleted for it. `undo`: what an import had created was deleted again. */
export type Change = 'import' | 'replace' | 'create' | 'delete' | 'editTags' | 'undo';

/** One change in one target, done or tried. Holds nothing secret: public keys and fingerprints only. */
export interface HistoryEntry {
	/** The same for all targets of one command. */
	readonly run: string;
	/** When its outcome was known: ISO 8601 in UTC, to the millisecond. */
	readonly time: string;
	readonly change: Change;
	readonly service: Service;
	readonly profile: string;
	readonly region?: string;
	readonly keyName: string;
	/** `unknown`: it may have been done, and the service does not say. */
	readonly outcome: 'done' | 'failed' | 'unknown';
	/** The key pair's id, where the service has ids. */
	readonly id?: string;
	/** As the service spells it. */
	readonly fingerprint?: string;
	readonly requestId?: string;
	/** Why it failed: the service's own code, else the failure's kind. */
	readonly code?: string;
	/** The key pair that was deleted to be replaced. */
	readonly replaced?: { readonly id?: string; readonly fingerprint?: string; readonly publicKey?: string };
}

/** The target of an entry. */
export function targetOf({ service, profile, region }: HistoryEntry): Target {
	return { service, profile, ...(region === undefined ? {} : { region }) };
}

/** Every change that was made from here, oldest first: one JSON object per line of a file. Several windows may write to it. */
export class ChangeHistory implements Disposable {
	private readonly changed = new Emitter<void>();
	private writing: Promise<void> = Promise.resolve();

	/** `file`: absolute path; it and its folder are made at the first change. */
	constructor(private readonly file: string) {}

	/** Fires after changes were recorded from this window. */
	readonly onDidChange = this.changed.event;

	/** Adds entries in one write, behind those of earlier calls. Rejects with the system's error when the file can't be written. */
	record(entries: readonly HistoryEntry[]): Promise<void> {
		if (entries.length === 0) {
			return Promise.resolve();
		}
		const text = entries.map((entry) => `${JSON.stringify(entry)}\n`).join('');
		const written = this.writing.then(() => this.append(text));
		this.writing = written.catch(() => {});
		return written;
	}

	/** All entries, oldest first; none when nothing was changed yet. Lines that are no entries are left out: a crash may have cut one short. Rejects with
	 * the system's error when the file can't be read. */
	async all(): Promise<readonly HistoryEntry[]> {
		await this.writing;
		return (await this.read()).split('\n').flatMap(toEntry);
	}

	dispose(): void {
		this.changed.dispose();
	}

	private async append(text: string): Promise<void> {
		await mkdir(dirname(this.file), { recursive: true });
		// A line that was cut short must not swallow the next one.
		const isCut = /[^\n]$/.test(await this.read());
		await appendFile(this.file, isCut ? `\n${text}` : text, { mode: 0o600 });
		this.changed.fire();
	}

	private async read(): Promise<string> {
		try {
			return await readFile(this.file, 'utf8');
		} catch (error) {
			if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
				return '';
			}
			throw error;
		}
	}
}

function toEntry(line: string): readonly HistoryEntry[] {
	try {
		const value: unknown = JSON.parse(line);
		return isEntry(value) ? [value] : [];
	} catch {
		return [];
	}
}

function isEntry(value: unknown): value is HistoryEntry {
	return (
		typeof value === 'object' &&
		value !== null &&
		['run', 'time', 'change', 'service', 'profile', 'keyName', 'outcome'].every(
			(field) => typeof Reflect.get(value, field) === 'string',
		)
	);
}
