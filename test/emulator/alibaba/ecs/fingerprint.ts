import { md5Fingerprint } from '../keyPairs';

/** A fingerprint as ECS writes them: hex pairs with colons. */
export function ecsFingerprint(publicKey: string): string {
	return md5Fingerprint(publicKey).replace(/..(?!$)/g, '$&:');
}
