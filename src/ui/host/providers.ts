import type { ProviderDependencies } from '../../providers/contract';
import { loadedProvider, loadProvider, serviceManifest, vendors } from '../../providers/registry';
import type { Providers } from '../../services/ports';

/** The Providers port over the registry. */
export function registeredProviders(dependencies: ProviderDependencies): Providers {
	return {
		vendors,
		manifest: serviceManifest,
		load: (service) => loadProvider(service, dependencies),
		loaded: loadedProvider,
	};
}
