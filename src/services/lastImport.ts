import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type Disposable, Emitter } from './event';
import { type ImportReport, reviveDate } from './importReport';

/** The report of the last import, kept in a file so that it can be shown, and what failed tried again, after a restart. */
export class LastImport implements Disposable {
	private readonly changed = new Emitter<void>();
	private known: ImportReport | undefined;
	private writing: Promise<void> = Promise.resolve();

	/** `file`: absolute path; it and its folder are made at the first import. */
	constructor(private readonly file: string) {}

	/** Fires when there is another report. */
	readonly onDidChange = this.changed.event;

	/** The report, or undefined when there is none that can be read. */
	async get(): Promise<ImportReport | undefined> {
		this.known ??= await this.read();
		return this.known;
	}

	/** Takes a report in the place of the one before. It is known at once; rejects with the system's error when it can't be written. */
	keep(report: ImportReport): Promise<void> {
		this.known = report;
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
			const value: unknown = JSON.parse(await readFile(this.file, 'utf8'), reviveDate);
			return isReport(value) ? value : undefined;
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

function isReport(value: unknown): value is ImportReport {
	return (
		typeof value === 'object' &&
		value !== null &&
		['outcomes', 'choices'].every((field) => Array.isArray(Reflect.get(value, field))) &&
		['key', 'options', 'tags'].every((field) => typeof Reflect.get(value, field) === 'object')
	);
}
