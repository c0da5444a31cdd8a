import type { Service } from '../domain/target';
import { alibaba } from './alibaba/manifest';
import { aws } from './aws/manifest';
import type { KeyPairProvider, ProviderDependencies, ServiceManifest, VendorManifest } from './contract';

/** Every vendor, in the order in which views show them. A vendor's bundle is loaded by nobody but `loadProvider`. */
export const vendors: readonly VendorManifest[] = [
	{ ...aws, load: () => import('./aws/bundle.js') },
	{ ...alibaba, load: () => import('./alibaba/bundle.js') },
];

/** The providers of each vendor whose bundle is loaded or being loaded. */
const loaded = new Map<VendorManifest, Promise<readonly KeyPairProvider[]>>();

/** The facts of a service. Throws for a service that no vendor here has. */
export function serviceManifest(service: Service): ServiceManifest {
	const manifest = vendorOf(service).services.find((candidate) => candidate.service === service);
	if (!manifest) {
		throw new Error(`No manifest for service: ${service}`);
	}
	return manifest;
}

/** The provider of a service; its vendor's bundle is loaded at the first call, with that call's dependencies. Rejects
 * with a plain Error when it can't be loaded; the next call tries again. */
export async function loadProvider(service: Service, dependencies: ProviderDependencies): Promise<KeyPairProvider> {
	const vendor = vendorOf(service);
	let loading = loaded.get(vendor);
	if (!loading) {
		loading = vendor.load().then(({ createProviders }) => createProviders(dependencies));
		loading.catch(() => loaded.delete(vendor));
		loaded.set(vendor, loading);
	}
	return pick(service, await loading);
}

/** The provider of a service if its vendor's bundle is loaded, or being loaded; undefined otherwise. */
export function loadedProvider(service: Service): Promise<KeyPairProvider> | undefined {
	return loaded.get(vendorOf(service))?.then((providers) => pick(service, providers));
}

function pick(service: Service, providers: readonly KeyPairProvider[]): KeyPairProvider {
	const provider = providers.find((candidate) => candidate.service === service);
	if (!provider) {
		throw new Error(`The bundle has no provider for service: ${service}`);
	}
	return provider;
}

function vendorOf(service: Service): VendorManifest {
	const vendor = vendors.find(({ services }) => services.some((candidate) => candidate.service === service));
	if (!vendor) {
		throw new Error(`No vendor for service: ${service}`);
	}
	return vendor;
}
