import { setTimeout as delay } from 'node:timers/promises';
import { type Extension, extensions } from 'vscode';
import type { CloudKeyPairsApi } from '../../../src/api';
import { MachineWatch, UiWatch } from './watching';

/** What the first start of the extension did. */
export interface Start {
	/** Whether it had been active before anybody asked for it. */
	readonly wasActive: boolean;
	/** Every file or folder that this process touched meanwhile. */
	readonly paths: readonly string[];
	/** Where this process made connections to, as `host:port`. */
	readonly connections: readonly string[];
	/** The modules of the extension that were loaded afterwards, as paths inside it. */
	readonly modules: readonly string[];
}

export interface Activated {
	readonly api: CloudKeyPairsApi;
	readonly extension: Extension<CloudKeyPairsApi>;
	readonly start: Start;
	readonly ui: UiWatch;
}

/** Longer than anything in the extension is put off, in milliseconds. */
const aftermathMs = 300;

let activation: Promise<Activated> | undefined;

/** The extension, active. Whichever test comes first starts it; every test goes through here. */
export function activated(): Promise<Activated> {
	activation ??= activate();
	return activation;
}

async function activate(): Promise<Activated> {
	const extension = extensions.getExtension<CloudKeyPairsApi>('cloud-key-pairs.cloud-key-pairs');
	if (!extension) {
		throw new Error('The extension is not installed');
	}
	const wasActive = extension.isActive;
	const ui = new UiWatch();
	const machine = new MachineWatch();
	try {
		const api = await extension.activate();
		await delay(aftermathMs);
		const start = {
			wasActive,
			paths: [...machine.paths],
			connections: [...machine.connections],
			modules: modulesOf(extension),
		};
		return { api, extension, start, ui };
	} finally {
		machine.stop();
	}
}

/** The modules of the extension that are loaded now, without those of the tests. */
export function modulesOf({ extensionPath }: Extension<unknown>): readonly string[] {
	return Object.keys(require.cache)
		.filter((path) => path.startsWith(extensionPath))
		.map((path) => path.slice(extensionPath.length + 1).replaceAll('\\', '/'))
		.filter((path) => path.startsWith('dist/'));
}
