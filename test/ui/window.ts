import { cp } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { createEnvironment } from '../host/environment.js';
import type { Guard, PageOptions } from '../vscode/index.js';
import { ROOT, vscodeForTests } from './vscode.js';
import { Workbench } from './workbench.js';

/** What a window shows, and who uses it. */
export interface WindowOptions extends PageOptions {
	/** The folder of which a copy is opened; without it the window is empty. */
	readonly workspace?: string;
	/** Laid over the test user's settings (test/vscode/settings.js). */
	readonly settings?: Readonly<Record<string, unknown>>;
	/** Laid over the environment that the window's own home brings. */
	readonly env?: NodeJS.ProcessEnv;
	/** `development`, the default, takes the project's folder; otherwise the VSIX at this absolute path is installed. */
	readonly extension?: 'development' | { readonly vsix: string };
	/** Puts keys and profiles into the new home before VS Code starts. */
	readonly prepare?: (home: string) => Promise<unknown>;
}

const openWindows = new Set<Window>();

/** The windows that are open now. */
export function windows(): ReadonlySet<Window> {
	return openWindows;
}

/** A window of VS Code with folders of its own, all of which go with it. */
export class Window extends Workbench {
	readonly #close: () => Promise<unknown>;

	constructor(
		page: Page,
		/** The home of its user. */
		readonly home: string,
		/** The folder that is open in it; undefined in an empty window. */
		readonly workspace: string | undefined,
		close: () => Promise<unknown>,
	) {
		super(page);
		this.#close = close;
		openWindows.add(this);
	}

	/** Ends the window and its server and deletes its folders. */
	async close(): Promise<void> {
		openWindows.delete(this);
		await this.#close();
	}
}

/** Opens a window; close it when done. It is ready for keys and clicks, extensions may still be starting. */
export async function openWindow(options: WindowOptions = {}): Promise<Window> {
	await vscodeForTests.setupVsCode();
	const guard = vscodeForTests.createGuard();
	try {
		const environment = await createEnvironment(guard.folder);
		guard.defer(() => environment.dispose());
		await options.prepare?.(environment.home);
		const workspace = options.workspace && (await copyWorkspace(options.workspace, guard.folder));
		vscodeForTests.writeSettings(path.join(guard.folder, 'user'), options.settings);
		const page = await open(guard, { ...process.env, ...environment.env, ...options.env }, workspace, options);
		return new Window(page, environment.home, workspace, () => guard.release());
	} catch (error) {
		await guard.release();
		throw error;
	}
}

async function open(
	guard: Guard,
	env: NodeJS.ProcessEnv,
	folder: string | undefined,
	{ extension = 'development', ...pageOptions }: WindowOptions,
): Promise<Page> {
	if (extension !== 'development') {
		const args = ['--install-extension', extension.vsix, '--force'];
		if ((await vscodeForTests.runServerCommand({ guard, env, args })) !== 0) {
			throw new Error(`could not install ${extension.vsix}`);
		}
	}
	const [server, browser] = await Promise.all([
		vscodeForTests.startServer({ guard, env, isDevelopment: extension === 'development' }),
		vscodeForTests.launchBrowser(guard),
	]);
	const page = await vscodeForTests.newPage(browser, pageOptions);
	await page.goto(
		vscodeForTests.windowAddress(server.port, {
			...(folder && { folder }),
			extensionDevelopmentPaths: extension === 'development' ? [ROOT] : [],
		}),
	);
	await page.locator('.monaco-workbench .activitybar').waitFor({ timeout: 60_000 });
	await page.locator('.monaco-workbench .statusbar').waitFor();
	return page;
}

async function copyWorkspace(source: string, folder: string): Promise<string> {
	const workspace = path.join(folder, path.basename(source));
	await cp(source, workspace, { recursive: true });
	return workspace;
}
