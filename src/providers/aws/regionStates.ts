/** What has been learned about an account's regions, by profile. The services of one account share it. */
export class RegionStates {
	private readonly enabled = new Map<string, ReadonlyMap<string, boolean>>();

	/** Keeps in mind which regions the account has enabled. */
	learn(profile: string, enabled: ReadonlyMap<string, boolean>): void {
		this.enabled.set(profile, enabled);
	}

	/** Whether the account has enabled the region; undefined where that is not known. */
	isEnabled(profile: string, region: string): boolean | undefined {
		return this.enabled.get(profile)?.get(region);
	}

	/** Forgets what is known by a profile, or all. */
	forget(profile?: string): void {
		if (profile === undefined) {
			this.enabled.clear();
		} else {
			this.enabled.delete(profile);
		}
	}
}
