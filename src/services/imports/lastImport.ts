import { mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type Disposable, Emitter } from '../event';
import { isStoredTarget } from '../history/storedTarget';
import { type ImportReport, withDates } from './importReport';

/** The report of the last import, kept in a file so that it can be shown, and what failed tried again, after a restart. A window goes by its own last import;
 * one that has made none goes by the file, which is of any window. */
export class LastImport implements Disposable {
	private readonly changed = new Emitter<void>();
	private own: ImportReport | undefined;
	private found: { readonly version: string; readonly report: ImportReport | undefined } | undefined;
	private writing: Promise<void> = Promise.resolve();

	/** `file`: absolute path; it and its folder are made at the first import. */
	constructor(private readonly file: string) {}

	/** Fires when this window has another report. */
	readonly onDidChange = this.changed.event;

	/** The report, or undefined when there is none that can be read. */
	async get(): Promise<ImportReport | undefined> {
		return this.own ?? this.read();
	}

	/** Takes a report in the place of the one before. It is known at once; rejects with the system's error when it can't be written. */
	keep(report: ImportReport): Promise<void> {
		this.own = report;
		this.changed.fire();
		const written = this.writing.then(() => this.write(JSON.stringify(report)));
		this.writing = written.catch(() => {});
		return written;
	}

	dispose(): void {
		this.changed.dispose();
	}

	private async read(): Promise<ImportReport | undefined> {
		try {
			const { ino, mtimeMs, size } = await stat(this.file);
			const version = [ino, mtimeMs, size].join();
			if (this.found?.version !== version) {
				const value: unknown = JSON.parse(await readFile(this.file, 'utf8'));
				this.found = { version, report: isReport(value) ? withDates(value) : undefined };
			}
			return this.found.report;
		} catch {
			// Not there yet, or of another version: there is nothing to show.
			return undefined;
		}
	}

	private async write(text: string): Promise<void> {
		await mkdir(dirname(this.file), { recursive: true });
		// Another window never reads half of it.
		const draft = `${this.file}.${process.pid}`;
		await writeFile(draft, text, { mode: 0o600 });
		await rename(draft, this.file);
	}
}

/** Another version may have written it. */
function isReport(value: unknown): value is ImportReport {
	if (typeof value !== 'object' || value === null) {
		return false;
	}
	const { run, keyName, startedAt, key, options, tags, choices, outcomes } = value as Readonly<Record<string, unknown>>;
	return (
		[run, keyName].every((field) => typeof field === 'string') &&
		typeof startedAt === 'number' &&
		[key, options, tags].every((field) => typeof field === 'object' && field !== null) &&
		Array.isArray(choices) &&
		Array.isArray(outcomes) &&
		outcomes.every((outcome) => isStoredTarget(outcome?.target))
	);
}
