import type { Profile } from '../../src/domain/profile';
import type { Service } from '../../src/domain/target';
import { ec2Rules } from '../../src/providers/aws/rules';
import type {
	AccessKeys,
	Environment,
	KeyPairProvider,
	ServiceManifest,
	VendorManifest,
} from '../../src/providers/contract';
import type { Providers } from '../../src/services/ports';

/** A storage without access keys. */
export const noAccessKeys: AccessKeys = { all: async () => [], get: async () => undefined };

/** A home without variables. */
export const anEnvironment: Environment = { variables: {}, home: '/home/mel', accessKeys: noAccessKeys };

/** A profile of AWS with an access key. */
export function aProfile(overrides: Partial<Profile> = {}): Profile {
	return {
		vendor: 'aws',
		name: 'prod',
		region: 'us-east-1',
		source: '/home/mel/.aws/config',
		kind: 'static',
		...overrides,
	};
}

/** EC2's facts. */
export function aServiceManifest(overrides: Partial<ServiceManifest> = {}): ServiceManifest {
	return {
		service: 'ec2',
		vendor: 'aws',
		label: 'EC2',
		capabilities: {
			dryRun: true,
			tags: true,
			regions: true,
			publicKeyReadable: true,
			resourceGroups: false,
			create: { types: ['rsa', 'ed25519'], formats: ['pem', 'ppk'] },
		},
		rules: ec2Rules,
		errorPage: (code) => `https://example.com/errors#${code}`,
		...overrides,
	};
}

/** AWS with EC2 and without profiles. */
export function aVendor(overrides: Partial<VendorManifest> = {}): VendorManifest {
	return {
		vendor: 'aws',
		label: 'AWS',
		services: [aServiceManifest()],
		profiles: async () => [],
		profileFiles: ({ home }) => [`${home}/.aws/config`, `${home}/.aws/credentials`],
		signInCommand: ({ kind, name }) => (kind === 'sso' ? ['aws', 'sso', 'login', '--profile', name] : undefined),
		signInFolders: ({ home }) => [`${home}/.aws/sso/cache`],
		load: () => Promise.reject(new Error('fakes load providers, not bundles')),
		...overrides,
	};
}

/** The Providers port over providers of our own. */
export interface FakeProviders extends Providers {
	/** The services whose provider was asked for, each once. */
	readonly asked: ReadonlySet<Service>;
}

/** The vendors (AWS unless others are given) with these providers; a service without one is as a bundle that can't be loaded. */
export function fakeProviders(
	providers: readonly KeyPairProvider[],
	vendors: readonly VendorManifest[] = [aVendor()],
): FakeProviders {
	const asked = new Set<Service>();
	const pick = async (service: Service): Promise<KeyPairProvider> => {
		const provider = providers.find((candidate) => candidate.service === service);
		if (!provider) {
			throw new Error('The bundle can not be loaded');
		}
		return provider;
	};
	return {
		asked,
		vendors,
		manifest(service) {
			const manifest = vendors.flatMap((vendor) => vendor.services).find((candidate) => candidate.service === service);
			if (!manifest) {
				throw new Error(`No manifest for service: ${service}`);
			}
			return manifest;
		},
		load(service) {
			asked.add(service);
			return pick(service);
		},
		loaded: (service) => (asked.has(service) ? pick(service) : undefined),
	};
}
