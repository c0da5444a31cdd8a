import { mkdir, open, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Service, Target } from '../../domain/target';
import { type Disposable, Emitter } from '../event';
import { isStoredTarget } from './storedTarget';

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
	/** Why a key pair that was imported is there without its tags, in the same terms. */
	readonly tagCode?: string;
	/** The key pair that was deleted to be replaced. */
	readonly replaced?: { readonly id?: string; readonly fingerprint?: string; readonly publicKey?: string };
}

/** The target of an entry. */
export function targetOf({ service, profile, region }: HistoryEntry): Target {
	return { service, profile, ...(region === undefined ? {} : { region }) };
}

/** Every change that was made from here, oldest first: one JSON object per line of a file. Several windows may write to it. */
export class ChangeHistory implements Disposable {
	private readonly changed = new Emitter<readonly HistoryEntry[]>();
	/** What the next write takes with it. */
	private waiting: HistoryEntry[] = [];
	private next: Promise<void> | undefined;
	private writing: Promise<void> = Promise.resolve();

	/** `file`: absolute path; it and its folder are made at the first change. */
	constructor(private readonly file: string) {}

	/** Fires with the changes that were recorded from this window, once they are. */
	readonly onDidChange = this.changed.event;

	/** Adds entries behind those of earlier calls; those of calls that come while another is being written are written together. Rejects with the system's
	 * error when the file can't be written. */
	record(entries: readonly HistoryEntry[]): Promise<void> {
		if (entries.length === 0) {
			return Promise.resolve();
		}
		this.waiting.push(...entries);
		this.next ??= this.writing.then(() => this.writeWaiting());
		this.writing = this.next.catch(() => {});
		return this.next;
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

	private async writeWaiting(): Promise<void> {
		const entries = this.waiting;
		this.waiting = [];
		this.next = undefined;
		await mkdir(dirname(this.file), { recursive: true });
		await append(this.file, entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
		this.changed.fire(entries);
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

/** Other windows append too: the system puts each write behind what is there by then. */
async function append(file: string, text: string): Promise<void> {
	const handle = await open(file, 'a+', 0o600);
	try {
		const { size } = await handle.stat();
		const last = Buffer.alloc(1);
		if (size > 0) {
			await handle.read(last, 0, 1, size - 1);
		}
		// A line that was cut short must not swallow the next one.
		await handle.appendFile(size > 0 && last.toString() !== '\n' ? `\n${text}` : text);
	} finally {
		await handle.close();
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

const changes: { readonly [K in Change]: true } = {
	import: true,
	replace: true,
	create: true,
	delete: true,
	editTags: true,
	undo: true,
};

/** Another version may have written it: what is unknown here is left out. */
function isEntry(value: unknown): value is HistoryEntry {
	if (!isStoredTarget(value)) {
		return false;
	}
	const { run, time, change, keyName, outcome } = value as Target & Readonly<Record<string, unknown>>;
	return (
		typeof run === 'string' &&
		typeof time === 'string' &&
		!Number.isNaN(Date.parse(time)) &&
		typeof change === 'string' &&
		Object.hasOwn(changes, change) &&
		typeof keyName === 'string' &&
		(outcome === 'done' || outcome === 'failed' || outcome === 'unknown')
	);
}
