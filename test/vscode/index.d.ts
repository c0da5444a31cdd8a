import type { ChildProcess } from 'node:child_process';
import type { Browser, Page } from 'playwright-core';

/** Clears away what a run leaves behind, also when this process is killed. */
export interface Guard {
	/** A temporary folder, deleted with the guard. */
	readonly folder: string;
	watch(child: ChildProcess): void;
	defer(close: () => Promise<unknown>): void;
	release(): Promise<void>;
}
export function createGuard(): Guard;

/** Installs the VS Code and the Chromium of this folder, unless that is done. */
export function setupVsCode(): Promise<void>;

/** Writes the test user's settings.json into what --user-data-dir names. */
export function writeSettings(userDataDir: string, overrides?: Readonly<Record<string, unknown>>): void;

export interface ServerOptions {
	readonly guard: Guard;
	/** What --user-data-dir and --extensions-dir name; by default `user` and `extensions` in the guard's folder. */
	readonly userDataDir?: string;
	readonly extensionsDir?: string;
	/** What the extension host sees; an undefined value is left out. By default this process's environment. */
	readonly env?: NodeJS.ProcessEnv;
	readonly args?: readonly string[];
	/** The window's address may name extensions under development; notifications don't pop up then. By default true. */
	readonly isDevelopment?: boolean;
}
export interface Server {
	readonly port: number;
	readonly child: ChildProcess;
	/** Resolves when the server has ended. */
	readonly exit: Promise<unknown>;
	/** The last lines that it printed. */
	log(): string;
}
export function startServer(options: ServerOptions): Promise<Server>;
/** Runs a server command such as `--install-extension X.vsix` and resolves to its exit code. */
export function runServerCommand(options: ServerOptions): Promise<number>;

export interface WindowContents {
	/** Absolute paths. No folder: an empty window. */
	readonly folder?: string;
	readonly extensionDevelopmentPaths?: readonly string[];
	readonly extensionTestsPath?: string;
}
export function windowAddress(port: number, contents: WindowContents): string;

export function launchBrowser(guard: Guard): Promise<Browser>;

export interface PageOptions {
	/** The display language as extensions see it, such as `zh-cn`; VS Code's own text stays English. */
	readonly language?: string | undefined;
	/** Device pixels per pixel, for sharp pictures; by default 1. */
	readonly scale?: number | undefined;
}
/** A page of 1280 x 800 pixels that may use the clipboard. */
export function newPage(browser: Browser, options?: PageOptions): Promise<Page>;
