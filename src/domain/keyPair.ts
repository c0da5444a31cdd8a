/** The named record a cloud service keeps of a public key. */
export interface KeyPair {
	readonly name: string;
	/** The service's own id, such as EC2's `key-0123456789abcdef0`. */
	readonly id?: string;
	/** As the service spells it, such as EC2's `rsa` and `ed25519`. */
	readonly type?: string;
	/** As the service spells it: see `fingerprint.ts` for what each service digests. */
	readonly fingerprint?: string;
	/** An OpenSSH line, where the service gives the public key back. Its comment is the service's, not the owner's. */
	readonly publicKey?: string;
	readonly tags?: Readonly<Record<string, string>>;
	readonly createdAt?: Date;
	/** The resource group it belongs to, where the service has such groups. */
	readonly resourceGroupId?: string;
	/** The service made it by itself and uses it where no other is named (Lightsail's default key pair). */
	readonly isDefault?: true;
}

/** Whether both are one key pair as a service tells of it at two times: by its id, and where there is none by name and fingerprint. */
export function isSameKeyPair(one: KeyPair, other: KeyPair): boolean {
	return (
		one.name === other.name &&
		(one.id === undefined || other.id === undefined ? one.fingerprint === other.fingerprint : one.id === other.id)
	);
}
