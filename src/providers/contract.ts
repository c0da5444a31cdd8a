import type { KeyPair } from '../domain/keyPair';
import type { Profile, Region } from '../domain/profile';
import type { PublicKey } from '../domain/publicKey';
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
	/** Key pairs belong to resource groups; `resourceGroups` lists them. */
	readonly resourceGroups: boolean;
	/** What the service can create; the first of each is what it makes when nothing else is asked for. */
	readonly create: {
		readonly types: readonly [CreatedKeyType, ...CreatedKeyType[]];
		readonly formats: readonly [PrivateKeyFormat, ...PrivateKeyFormat[]];
	};
}

/** The types of key that services create: RSA of 2048 bits, or ED25519. */
export type CreatedKeyType = 'rsa' | 'ed25519';

/** The formats in which services hand out the private key that they created. */
export type PrivateKeyFormat = 'pem' | 'ppk';

/** The facts of one service; plain data, loaded with the extension. */
export interface ServiceManifest {
	readonly service: Service;
	readonly vendor: Vendor;
	/** The service's short brand name, such as `EC2`; the same in every language. */
	readonly label: string;
	readonly capabilities: Capabilities;
	readonly rules: KeyPairRules;
	/** The fingerprint that the service shows for a key that was imported, as it spells it; undefined for a key it does not take. Absent where it is not known
	 * what the service digests. */
	importedFingerprint?(key: PublicKey): string | undefined;
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
	/** The access keys that were entered by hand. */
	readonly accessKeys: AccessKeys;
}

/** Access keys that were entered by hand. They are kept in the editor's secret storage and nowhere else. */
export interface AccessKeys {
	/** Those of a vendor, sorted by name; no secret. */
	all(vendor: Vendor): Promise<readonly SavedAccessKey[]>;
	/** The key itself, or undefined when there is none of that name. */
	get(vendor: Vendor, name: string): Promise<AccessKey | undefined>;
}

/** What is told of an access key that was entered by hand. */
export interface SavedAccessKey {
	/** The profile's name. */
	readonly name: string;
	readonly region?: string;
}

/** An access key. A secret: it never leaves a provider. */
export interface AccessKey {
	readonly id: string;
	readonly secret: string;
	/** Absent unless the key is temporary. */
	readonly token?: string;
}

/** What a vendor's bundle is given; it shares nothing else with the rest of the extension. */
export interface ProviderDependencies {
	readonly environment: Environment;
	readonly log: ProviderLog;
	/** Asks the person for the code of an MFA device. Rejects with a ProviderError of kind cancelled when they give up. */
	mfaCode(profile: string, device: string): Promise<string>;
	/** Sent as part of the user agent: `name/version`. */
	readonly userAgent: string;
	/** The person's own settings for a vendor, read anew at each call: what stands under `cloudKeyPairs.<vendor>`. A workspace can't set them. */
	settings(vendor: Vendor): Readonly<Record<string, unknown>>;
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
	/** Absent: the account's default group. Services without resource groups ignore it. */
	readonly resourceGroupId?: string;
}

/** What a service answered to an import. */
export interface ImportedKeyPair {
	readonly keyPair: KeyPair;
	/** The service's own id of the request. */
	readonly requestId?: string;
}

export interface CreateArguments {
	readonly keyName: string;
	readonly tags: Readonly<Record<string, string>>;
	readonly type: CreatedKeyType;
	readonly format: PrivateKeyFormat;
	/** Absent: the account's default group. */
	readonly resourceGroupId?: string;
}

/** A key pair that a service created. Holds the only copy of the private key there will ever be. */
export interface CreatedKeyPair extends ImportedKeyPair {
	/** The text of the private key file, in the format that was asked for. */
	readonly privateKey: string;
}

/** A change of a key pair's tags. */
export interface TagChange {
	/** Tags to add, or to give another value. */
	readonly set: Readonly<Record<string, string>>;
	/** The keys of tags to remove. */
	readonly remove: readonly string[];
}

/** A group of a cloud account's resources. */
export interface ResourceGroup {
	readonly id: string;
	/** What the owner calls it. */
	readonly name: string;
}

/** One service's calls. Every method rejects with a ProviderError, and only with that; an aborted signal rejects with
 * kind cancelled. Reads are repeated on throttling, 5xx and broken connections, three attempts in all. A change is sent
 * once: whoever asked for it knows whether it may be repeated. (A request that was refused for the machine's clock is sent
 * again with the time corrected.) */
export interface KeyPairProvider {
	readonly service: Service;
	/** All regions of the profile's partition, sorted by name; none where key pairs have no region. */
	regions(profile: string, signal: AbortSignal): Promise<readonly Region[]>;
	/** Every key pair of the target, pages followed to the end, sorted by name; with public keys where the service has
	 * them. */
	list(target: Target, signal: AbortSignal): Promise<readonly KeyPair[]>;
	/** The key pair of that name, or undefined. */
	find(target: Target, keyName: string, signal: AbortSignal): Promise<KeyPair | undefined>;
	/** The new key pair as it is known from the answer, or undefined for a dry run that is permitted. Resolves when the service has carried it out, tags
	 * included.
	 * @throws {ProviderError} kind nameTaken when the service refuses the name as taken; the caller compares. Kind tagsMissing
	 * when the key pair was imported and could not be given its tags. Kind unsupported for a dry run of a service that has
	 * none. */
	import(target: Target, request: ImportArguments, signal: AbortSignal): Promise<ImportedKeyPair | undefined>;
	/** Has the service make a key. The private key is in the answer and nowhere else.
	 * @throws {ProviderError} kind nameTaken as for `import`. */
	create(target: Target, request: CreateArguments, signal: AbortSignal): Promise<CreatedKeyPair>;
	/** Changes the tags of a key pair.
	 * @throws {ProviderError} kind unsupported where the service has no tags on key pairs. */
	changeTags(target: Target, keyPair: KeyPair, change: TagChange, signal: AbortSignal): Promise<void>;
	/** The resource groups that the profile may see, sorted by name.
	 * @throws {ProviderError} kind unsupported where the service has none. */
	resourceGroups(profile: string, signal: AbortSignal): Promise<readonly ResourceGroup[]>;
	/** Deletes the key pair with this id (name where the service has no ids). */
	delete(target: Target, keyPair: KeyPair, signal: AbortSignal): Promise<void>;
	/** Forgets credentials and clients of a profile, or of all: the next call reads the configuration again. */
	forget(profile?: string): void;
}
