import type { Profile } from '../../domain/profile';
import type { Service } from '../../domain/target';
import type { Environment, VendorManifest } from '../../providers/contract';
import { isProviderError, type ProviderFailure } from '../../providers/failure';
import { type Disposable, Emitter } from '../event';
import { Kept } from '../kept';
import type { FileWatch, Providers } from '../ports';

/** The profiles of one vendor, or why they can't be listed. */
export type ProfileListing =
	| { readonly vendor: VendorManifest; readonly profiles: readonly Profile[] }
	| { readonly vendor: VendorManifest; readonly failure: ProviderFailure };

/** Every vendor's profiles, read at first use and kept until one of their files changes. */
export class Profiles implements Disposable {
	private readonly changed = new Emitter<void>();
	private readonly listings = new Kept(() => Promise.all(this.providers.vendors.map((vendor) => this.list(vendor))));
	private watcher: Disposable | undefined;

	constructor(
		private readonly providers: Providers,
		private readonly environment: Environment,
		private readonly watch: FileWatch,
	) {}

	readonly onDidChange = this.changed.event;

	/** One listing per vendor, in the registry's order. */
	all(): Promise<readonly ProfileListing[]> {
		this.watcher ??= this.watch(this.files(), () => this.refresh());
		return this.listings.get();
	}

	/** The profile of that name with the service's vendor, or undefined. */
	async find(name: string, service: Service): Promise<Profile | undefined> {
		const { vendor } = this.providers.manifest(service);
		const listing = (await this.all()).find((candidate) => candidate.vendor.vendor === vendor);
		return listing && 'profiles' in listing ? listing.profiles.find((profile) => profile.name === name) : undefined;
	}

	refresh(): void {
		this.listings.forget();
		this.changed.fire();
	}

	/** The files that define profiles, whether they exist or not. */
	files(): readonly string[] {
		return this.providers.vendors.flatMap((vendor) => vendor.profileFiles(this.environment));
	}

	dispose(): void {
		this.watcher?.dispose();
		this.changed.dispose();
	}

	private async list(vendor: VendorManifest): Promise<ProfileListing> {
		try {
			return { vendor, profiles: await vendor.profiles(this.environment) };
		} catch (error) {
			if (isProviderError(error)) {
				return { vendor, failure: error.failure };
			}
			throw error;
		}
	}
}
