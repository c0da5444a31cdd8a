import { ConfigurationTarget, workspace } from 'vscode';
import { parseTargetSet, type TargetPattern, toTargetText } from '../../domain/targetSets';
import type { Providers } from '../../services/ports';
import { isRecord } from '../isRecord';
import { hasRegions } from './targetMemory';

const section = 'cloudKeyPairs';
const setting = 'targetSets';

/** A named set of targets. */
export interface TargetSet {
	readonly name: string;
	readonly patterns: readonly TargetPattern[];
}

/** The sets of the person's settings, sorted by name. Texts in them that stand for no target are left out. */
export function targetSets(providers: Pick<Providers, 'vendors'>): readonly TargetSet[] {
	return Object.entries(kept())
		.map(([name, texts]) => ({
			name,
			patterns: Array.isArray(texts) ? parseTargetSet(texts, hasRegions(providers)) : [],
		}))
		.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Writes a set into the person's settings, in place of the one of its name. Rejects when the settings can't be written. */
export async function saveTargetSet({ name, patterns }: TargetSet): Promise<void> {
	await write({ ...kept(), [name]: patterns.map(toTargetText) });
}

/** Takes a set out of the person's settings. Rejects when they can't be written. */
export async function deleteTargetSet(name: string): Promise<void> {
	const { [name]: _, ...others } = kept();
	await write(others);
}

function kept(): Readonly<Record<string, unknown>> {
	const sets = workspace.getConfiguration(section).get<unknown>(setting);
	return isRecord(sets) ? { ...sets } : {};
}

async function write(sets: Readonly<Record<string, unknown>>): Promise<void> {
	const value = Object.keys(sets).length > 0 ? sets : undefined;
	await workspace.getConfiguration(section).update(setting, value, ConfigurationTarget.Global);
}
