import { createHash } from 'node:crypto';
import type { World } from '../world';
import { newText } from './accounts/credentials';
import type { AlibabaKeyPair } from './accounts/keyPairStore';

/** What a new key pair is made of. */
export interface NewKeyPair {
	readonly name: string;
	/** The text of the public key. */
	readonly publicKey: string;
	readonly fingerprint: string;
	readonly resourceGroupId?: string;
	readonly tags?: ReadonlyMap<string, string>;
}

/** A key pair that no instance uses yet, with a new id. */
export function newKeyPair(
	world: World,
	{ resourceGroupId = '', tags = new Map(), ...given }: NewKeyPair,
): AlibabaKeyPair {
	return {
		...given,
		id: `ssh-${newText(world, 22).toLowerCase()}`,
		createdAt: world.now(),
		resourceGroupId,
		tags: new Map(tags),
		attached: false,
	};
}

/** The MD5 of the key's blob (RFC 4716, section 4), 32 hex digits. No real pair of key and fingerprint is known for either service, so that
 * a client must not compare it; the blob is not checked to be a key. */
export function md5Fingerprint(publicKey: string): string {
	const blob = publicKey.split(/\s+/)[1] ?? publicKey;
	return createHash('md5').update(Buffer.from(blob, 'base64')).digest('hex');
}

/** `2026-05-27T21:51Z`: times in ECS and ENS have no seconds. */
export function isoMinutes(time: number): string {
	return `${new Date(time).toISOString().slice(0, 16)}Z`;
}
