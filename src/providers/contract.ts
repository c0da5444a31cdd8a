import type { KeyPair } from '../domain/keyPair';
import type { Profile, Region } from '../domain/profile';
import type { KeyPairRules } from '../domain/rules';
import type { Service, Target, Vendor } from '../domain/target';
import type { FailureKind, ProviderFailure } from './failure';

export type { FailureKind, ProviderFailure };

/** What a service can do, so that views and forms need not know it by name. */
export interface Capabilities {
	/** Asks for permission without doing (EC2's `DryRun`). */
	readonly dryRun: boolean;
	/** Tags are part of the import. */
	readonly tags: boolean;
	/** Key pairs live in regions. */
	readonly regions: boolean;
	/** The service gives the public key of a key pair back. */
	readonly publicKeyReadable: boolean;
}

/** The facts of one service; plain data, loaded with the extension. */
export interface ServiceManifest {
	readonly service: Service;
	readonly vendor: Vendor;
	/** The service's short brand name, such as `EC2`; the same in every language. */
	readonly label: string;
	readonly capabilities: Capabilities;
	readonly rules: KeyPairRules;
	/** The API page an error code is explained on. */
	errorPage(code: string | undefined): string;
}

/** One vendor: what is known without its SDK, and how to load the rest. */
export interface VendorManifest {
	readonly vendor: Vendor;
	/** The vendor's brand name, such as `AWS`. */
	readonly label: string;
	readonly services: readonly ServiceManifest[];
	/** Every profile in the vendor's configuration files and environment, read anew at each call; files that don't exist
	 * count as empty.
	 * @throws {ProviderError} kind configuration, when a file exists and can't be read or parsed. */
	profiles(environment: Environment): Promise<readonly Profile[]>;
	/** The files whose change means that profiles may have changed. */
	profileFiles(environment: Environment): readonly string[];
	/** The command line that signs a profile in, or undefined for kinds that have none. Arguments, to be joined by
	 * spaces: none needs quoting. */
	signInCommand(profile: Profile): readonly string[] | undefined;
	/** The folders in which signing in leaves its token. */
	signInFolders(environment: Environment): readonly string[];
	/** Loads the vendor's bundle. */
	load(): Promise<{ createProviders(dependencies: ProviderDependencies): readonly KeyPairProvider[] }>;
}

/** Where configuration is looked for. */
export interface Environment {
	/** `process.env`, or what it was when the extension was loaded: vendors' SDKs read the process's own. */
	readonly variables: Readonly<Record<string, string | undefined>>;
	/** Absolute path of the home directory. */
	readonly home: string;
}

/** What a vendor's bundle is given; it shares nothing else with the rest of the extension. */
export interface ProviderDependencies {
	readonly environment: Environment;
	readonly log: ProviderLog;
	/** Asks the person for the code of an MFA device. Rejects with a ProviderError of kind cancelled when they give up. */
	mfaCode(profile: string, device: string): Promise<string>;
	/** Sent as part of the user agent: `name/version`. */
	readonly userAgent: string;
}

export interface ProviderLog {
	/** One call: operation, target, milliseconds and outcome. Never credentials, never key material. */
	debug(message: string): void;
}

export interface ImportArguments {
	readonly keyName: string;
	/** One OpenSSH line: `type base64`, or with a comment. */
	readonly publicKey: string;
	readonly tags: Readonly<Record<string, string>>;
	/** Only ask whether the import is permitted. */
	readonly dryRun: boolean;
}

/** One service's calls. Every method rejects with a ProviderError, and only with that; an aborted signal rejects with
 * kind cancelled. Reads are repeated by the SDK on throttling, 5xx and broken connections; a change is repeated only
 * when the service refused it for its rate, and so has certainly not done it. Three attempts in all. */
export interface KeyPairProvider {
	readonly service: Service;
	/** All regions of the profile's partition, sorted by name. */
	regions(profile: string, signal: AbortSignal): Promise<readonly Region[]>;
	/** Every key pair of the target, pages followed to the end, sorted by name; with public keys where the service has
	 * them. */
	list(target: Target, signal: AbortSignal): Promise<readonly KeyPair[]>;
	/** The key pair of that name, or undefined. */
	find(target: Target, keyName: string, signal: AbortSignal): Promise<KeyPair | undefined>;
	/** The new key pair, or undefined for a dry run that is permitted.
	 * @throws {ProviderError} kind nameTaken when the service refuses the name as taken; the caller compares. Kind
	 * unsupported for a dry run of a service that has none. */
	import(target: Target, request: ImportArguments, signal: AbortSignal): Promise<KeyPair | undefined>;
	/** Deletes the key pair with this id (name where the service has no ids). */
	delete(target: Target, keyPair: KeyPair, signal: AbortSignal): Promise<void>;
	/** Forgets credentials and clients of a profile, or of all: the next call reads the configuration again. */
	forget(profile?: string): void;
}
