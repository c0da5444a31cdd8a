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
	/** What else its list has: texts that stand for no target, such as a service that is mistyped. Kept when the set is edited. */
	readonly unread: readonly unknown[];
}

/** The sets of the person's settings, sorted by name. */
export function targetSets(providers: Pick<Providers, 'vendors'>): readonly TargetSet[] {
	const isService = hasRegions(providers);
	return Object.entries(kept())
		.map(([name, value]) => {
			const texts: readonly unknown[] = Array.isArray(value) ? value : [];
			return {
				name,
				patterns: parseTargetSet(texts, isService),
				unread: texts.filter((text) => parseTargetSet([text], isService).length === 0),
			};
		})
		.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Writes a set into the person's settings, in place of the one of its name. Rejects when the settings can't be written. */
export async function saveTargetSet({ name, patterns, unread }: TargetSet): Promise<void> {
	await write({ ...kept(), [name]: [...patterns.map(toTargetText), ...unread] });
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
