import type { Memento } from 'vscode';
import { parseTargetSet, type TargetPattern, toTargetText } from '../../domain/targetSets';
import type { Providers } from '../../services/ports';

const key = 'targets.last';

/** The targets that were chosen last, kept over restarts on this machine. */
export class TargetMemory {
	constructor(
		private readonly memento: Memento,
		private readonly providers: Pick<Providers, 'vendors'>,
	) {}

	/** Empty when nothing was chosen yet. */
	get last(): readonly TargetPattern[] {
		const kept = this.memento.get<unknown>(key);
		return Array.isArray(kept) ? parseTargetSet(kept, hasRegions(this.providers)) : [];
	}

	async remember(patterns: readonly TargetPattern[]): Promise<void> {
		await this.memento.update(key, patterns.map(toTargetText));
	}
}

/** Tells of a text whether it is a service whose key pairs live in regions. */
export function hasRegions({ vendors }: Pick<Providers, 'vendors'>): (service: string) => boolean | undefined {
	const manifests = vendors.flatMap(({ services }) => services);
	return (service) => manifests.find((manifest) => manifest.service === service)?.capabilities.regions;
}
