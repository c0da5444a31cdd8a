import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { Uri, workspace } from 'vscode';
import type { Vendor } from '../../domain/target';
import type { Disposable } from '../../services/event';
import { agentSocket } from '../../services/localKeys/agentKeys';
import { isRecord } from '../isRecord';

const section = 'cloudKeyPairs';

/** The folders in which local keys are looked for, `~` expanded; entries that are no absolute path then are left out. */
export function localKeyFolders(): readonly Uri[] {
	const folders = workspace.getConfiguration(section).get<unknown>('localKeys.folders');
	return (Array.isArray(folders) ? folders : [])
		.filter((folder): folder is string => typeof folder === 'string' && folder.trim() !== '')
		.map((folder) => expandHome(folder.trim()))
		.filter((folder) => isAbsolute(folder))
		.map((folder) => Uri.file(folder));
}

/** Calls the listener when the folders for local keys change. */
export function onDidChangeLocalKeyFolders(listener: () => void): Disposable {
	return workspace.onDidChangeConfiguration((event) => {
		if (event.affectsConfiguration(`${section}.localKeys.folders`)) {
			listener();
		}
	});
}

/** The socket of the ssh-agent whose keys are shown; undefined when there is none, or when the setting says no. */
export function agentInUse(): string | undefined {
	const isUsed = workspace.getConfiguration(section).get<unknown>('localKeys.agent') !== false;
	return isUsed ? agentSocket(process.env, process.platform) : undefined;
}

/** Calls the listener when the setting for the agent changes. */
export function onDidChangeAgentUse(listener: () => void): Disposable {
	return workspace.onDidChangeConfiguration((event) => {
		if (event.affectsConfiguration(`${section}.localKeys.agent`)) {
			listener();
		}
	});
}

/** What the person has set under `cloudKeyPairs.<vendor>`; empty when nothing. All of it is application-scoped: a workspace can't set it. */
export function vendorSettings(vendor: Vendor): Readonly<Record<string, unknown>> {
	const settings = workspace.getConfiguration(section).get<unknown>(vendor);
	return isRecord(settings) ? settings : {};
}

/** The patterns of profiles in which what destroys a key pair is confirmed by its name. A setting that is no list counts as its default: it was meant to
 * protect something. */
export function protectedProfilePatterns(): readonly string[] {
	const configuration = workspace.getConfiguration(section);
	const set = configuration.get<unknown>('protectedProfiles');
	const patterns: unknown = Array.isArray(set) ? set : configuration.inspect('protectedProfiles')?.defaultValue;
	return Array.isArray(patterns) ? patterns.filter((pattern) => typeof pattern === 'string') : [];
}

/** Calls the listener when the person changes what is set for a vendor. */
export function onDidChangeVendorSettings(vendors: readonly Vendor[], listener: () => void): Disposable {
	return workspace.onDidChangeConfiguration((event) => {
		if (vendors.some((vendor) => event.affectsConfiguration(`${section}.${vendor}`))) {
			listener();
		}
	});
}

function expandHome(path: string): string {
	return path === '~' || /^~[/\\]/.test(path) ? join(homedir(), path.slice(1)) : path;
}
