import { createHash } from 'node:crypto';
import type { PublicKey } from '../keys/publicKey';
import { sshNames } from '../keys/publicKey';

/** Anything that has a name in Lightsail. */
export interface StoredResource {
	readonly name: string;
	/** As Lightsail names types: `KeyPair`, `Instance`, `Disk`, `StaticIp` … */
	readonly type: string;
	readonly arn: string;
	/** The twelve digits before the name in a support code are not the account's. */
	readonly supportCode: string;
	/** Milliseconds since 1970. */
	readonly createdAt: number;
	/** In the order in which the keys were first set; the value of a tag may be left out. */
	readonly tags: Map<string, string | undefined>;
	/** Whether the operation that makes it has come to its end: before, only its name is taken. */
	isReady: boolean;
}

/** A key pair as Lightsail keeps it: its fingerprint can be read, its public key cannot. */
export interface StoredKeyPair extends StoredResource {
	readonly type: 'KeyPair';
	readonly fingerprint: string;
	/** `type base64`, without a comment. */
	readonly publicKey: string;
}

/** The default key pair of a region; its private key can be downloaded again and again. */
export interface DefaultKeyPair extends StoredKeyPair {
	/** PEM. */
	readonly privateKey: string;
}

/** The name of every region's default key pair. */
export const defaultKeyPairName = 'LightsailDefaultKeyPair';

/** Whether the resource is a key pair. */
export function isKeyPair(resource: StoredResource | undefined): resource is StoredKeyPair {
	return resource?.type === 'KeyPair';
}

/** The key as Lightsail gives it out: `type base64`. */
export function keyLine({ type, blob }: PublicKey): string {
	return `${sshNames[type]} ${blob.toString('base64')}`;
}

/** The MD5 fingerprint of RFC 4716, section 4 (`ssh-keygen -l -E md5`): 16 hex pairs with colons. Lightsail's own model says "RSA fingerprint" and no more,
 * Terraform's documentation of aws_lightsail_key_pair names RFC 4716, and the AWS CLI's example of get-key-pairs has 20 pairs. For ED25519 nothing is
 * documented: that it is the same digest is an assumption. */
export function lightsailFingerprint({ blob }: PublicKey): string {
	return createHash('md5')
		.update(blob)
		.digest('hex')
		.replace(/..(?!$)/g, '$&:');
}
