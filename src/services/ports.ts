import type { Service } from '../domain/target';
import type { KeyPairProvider, ServiceManifest, VendorManifest } from '../providers/contract';
import type { Disposable } from './event';

/** Lines for the extension's log. Never credentials, never key material. */
export interface Log {
	/** Acts that a person started. */
	info(message: string): void;
	/** Single calls. */
	debug(message: string): void;
	warn(message: string): void;
	/** A bug or an unforeseen failure; the error's stack goes with it. */
	error(message: string, error?: unknown): void;
}

export interface Clock {
	/** Milliseconds since 1970. */
	now(): number;
	/** Resolves after so many milliseconds, or at once when the signal aborts. */
	wait(milliseconds: number, signal: AbortSignal): Promise<void>;
}

/** The vendors' manifests, and their providers once they are needed. */
export interface Providers {
	readonly vendors: readonly VendorManifest[];
	manifest(service: Service): ServiceManifest;
	/** Loads the vendor's bundle at the first call. Rejects with a plain Error when the bundle can't be loaded. */
	load(service: Service): Promise<KeyPairProvider>;
	/** The provider if it is loaded already. */
	loaded(service: Service): Promise<KeyPairProvider> | undefined;
}

/** Files by URI, wherever they are. */
export interface Files {
	/** At most `maxBytes` bytes are wanted: a larger file is a FileError. @throws {FileError} */
	read(uri: string, maxBytes: number): Promise<Uint8Array>;
	/** The first bytes of a file of this machine, at most `maxBytes`. @throws {FileError} */
	readStart(uri: string, maxBytes: number): Promise<Uint8Array>;
	/** The files (not folders) directly in a folder. @throws {FileError} */
	list(folder: string): Promise<readonly FileEntry[]>;
}

/** Calls the listener (soon, once for a burst) when one of the files comes, goes or changes. */
export type FileWatch = (paths: readonly string[], listener: () => void) => Disposable;

export interface FileEntry {
	readonly name: string;
	readonly uri: string;
}

export type FileErrorCode = 'notFound' | 'noPermission' | 'tooLarge' | 'unreadable';

/** Why a file could not be read. */
export class FileError extends Error {
	override readonly name = 'FileError';
	constructor(
		readonly code: FileErrorCode,
		options?: ErrorOptions,
	) {
		super(code, options);
	}
}
