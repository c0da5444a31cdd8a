import { type Target, targetId } from '../../domain/target';
import { allRegions, type TargetPattern } from '../../domain/targetSets';
import { choosable, groupIdOf, type TargetGroup } from './targetCatalog';

/** Which targets of a catalog are chosen. A group may be chosen as a whole: then all that can be chosen in it are, also those that are listed later. */
export class TargetSelection {
	private readonly chosen = new Map<string, Target>();
	private readonly whole = new Set<string>();

	constructor(private readonly groups: () => readonly TargetGroup[]) {}

	has(target: Target): boolean {
		return this.chosen.has(targetId(target));
	}

	/** Whether the group is chosen as a whole, or all of its targets are known and chosen. */
	hasAll(group: TargetGroup): boolean {
		if (this.whole.has(group.id)) {
			return true;
		}
		const targets = choosable(group);
		return group.state === 'whole' && targets.length > 0 && targets.every(({ target }) => this.has(target));
	}

	/** How many targets of the group are chosen. */
	countIn(group: TargetGroup): number {
		return group.targets.filter(({ target }) => this.has(target)).length;
	}

	/** How many targets are chosen in all, those not counted that are still to be listed. */
	get count(): number {
		return this.chosen.size;
	}

	/** Whether there is a group chosen as a whole whose targets are not all known. */
	get awaits(): readonly TargetGroup[] {
		return this.groups().filter(({ id, state }) => this.whole.has(id) && state !== 'whole');
	}

	setTarget(target: Target, isChosen: boolean): void {
		if (isChosen) {
			this.chosen.set(targetId(target), target);
		} else {
			this.chosen.delete(targetId(target));
			this.whole.delete(groupIdOf(target));
		}
		this.settle();
	}

	setGroup(group: TargetGroup, isChosen: boolean): void {
		if (isChosen) {
			this.whole.add(group.id);
		} else {
			this.whole.delete(group.id);
			for (const { target } of group.targets) {
				this.chosen.delete(targetId(target));
			}
		}
		this.settle();
	}

	/** Chooses what the patterns stand for, or takes it out of the choice. */
	setPatterns(patterns: readonly TargetPattern[], areChosen: boolean): void {
		const groups = new Map(this.groups().map((group) => [group.id, group]));
		for (const pattern of patterns) {
			const group = groups.get(groupIdOf(pattern));
			if (group && pattern.region === allRegions) {
				this.setGroup(group, areChosen);
			} else if (group) {
				this.setTarget(pattern, areChosen);
			}
		}
	}

	/** Whether the catalog has something of the patterns, and all of it is chosen. */
	hasPatterns(patterns: readonly TargetPattern[]): boolean {
		const groups = new Map(this.groups().map((group) => [group.id, group]));
		const possible = patterns.filter((pattern) => isPossible(pattern, groups.get(groupIdOf(pattern))));
		return (
			possible.length > 0 &&
			possible.every((pattern) => {
				const group = groups.get(groupIdOf(pattern));
				return pattern.region === allRegions ? group !== undefined && this.hasAll(group) : this.has(pattern);
			})
		);
	}

	/** Brings the choice in line with what the catalog holds now: groups that are chosen as a whole are filled, and what can't be chosen is let go. */
	settle(): void {
		const possible = new Map<string, Target>();
		for (const group of this.groups()) {
			if (!mayBeWhole(group)) {
				this.whole.delete(group.id);
			}
			const isWhole = this.whole.has(group.id);
			for (const { target } of choosable(group)) {
				possible.set(targetId(target), target);
				if (isWhole) {
					this.chosen.set(targetId(target), target);
				}
			}
		}
		for (const id of [...this.chosen.keys()]) {
			if (!possible.has(id)) {
				this.chosen.delete(id);
			}
		}
	}

	/** The chosen targets in the catalog's order. */
	targets(): readonly Target[] {
		return this.groups().flatMap((group) =>
			choosable(group).flatMap(({ target }) => (this.has(target) ? [target] : [])),
		);
	}

	/** The choice as patterns, to be kept: a group that is chosen as a whole, and has several targets, is one pattern. */
	patterns(): readonly TargetPattern[] {
		return this.groups().flatMap((group): readonly TargetPattern[] => {
			const chosen = choosable(group).flatMap(({ target }) => (this.has(target) ? [target] : []));
			const { service, profile } = { service: group.manifest.service, profile: group.profile.name };
			return group.manifest.capabilities.regions &&
				this.hasAll(group) &&
				(chosen.length > 1 || this.whole.has(group.id))
				? [{ service, profile, region: allRegions }]
				: chosen;
		});
	}
}

/** Whether all targets of the group are known, or may come to be: where regions may not be listed they never are. */
function mayBeWhole(group: TargetGroup): boolean {
	switch (group.state) {
		case 'whole':
			return choosable(group).length > 0;
		case 'failed':
			return choosable(group).length > 0 && group.failure?.kind !== 'notPermitted';
		default:
			return !group.refused;
	}
}

function isPossible(pattern: TargetPattern, group: TargetGroup | undefined): boolean {
	if (!group || group.refused) {
		return false;
	}
	return pattern.region === allRegions || choosable(group).some(({ target }) => targetId(target) === targetId(pattern));
}
