import { KEY_TYPES } from '../../domain/parse/keyTypes';
import type { KeyPairRules } from '../../domain/rules';

/** EC2 and Lightsail share the tag rules of AWS. Key length: 128 in the EC2 User Guide, "Tag restrictions" (the API reference says 127); value 256;
 * 50 tags on a resource; `aws:` is AWS's own. */
const awsTags = { maxCount: 50, maxKeyLength: 128, maxValueLength: 256, reservedKeyPrefixes: ['aws:'] } as const;

/** EC2's limits on key pairs. Sources: API reference ImportKeyPair, EC2 User Guide "Create key pairs" and "Tag restrictions". */
export const ec2Rules: KeyPairRules = {
	// User Guide, "Create key pairs": RSA and ED25519; DSA is named as not taken. ECDSA, security keys and certificates get InvalidKey.Format.
	keyTypes: { 'ssh-rsa': 'accepted', 'ssh-ed25519': 'accepted' },
	// User Guide: "The supported lengths are 1024, 2048, and 4096"; 3072 and 8192 are known to be taken.
	rsaBits: { documented: [1024, 2048, 4096], min: 1024, max: 16_384 },
	// The service answers "Length exceeds maximum of 2048" for PublicKeyMaterial. Files of 1.7 kB got it, so that it seems to count the base64 of
	// the text: 1536 bytes. What is longer than 2048 bytes fails either way.
	surePublicKeyBytes: 1536,
	maxPublicKeyBytes: 2048,
	// API reference: "Up to 255 ASCII characters"; User Guide: no leading or trailing spaces.
	name: { minLength: 1, maxLength: 255, pattern: /^[\x20-\x7e]+$/ },
	tags: awsTags,
};

/** Lightsail's limits on key pairs. Sources: API reference ImportKeyPair (service model 2016-11-28), "Lightsail quotas and tags". */
export const lightsailRules: KeyPairRules = {
	// The model speaks of ssh-rsa only. ssh-ed25519 was taken by the service in June 2026. Nothing is known of the others.
	keyTypes: {
		...Object.fromEntries(KEY_TYPES.map(({ name }) => [name, 'undocumented'] as const)),
		'ssh-rsa': 'accepted',
	},
	rsaBits: { documented: [], min: 1024, max: 16_384 },
	// The model's pattern for resource names, `\w[\w\-]*\w`; it has no greatest length.
	name: { minLength: 2, maxLength: Number.POSITIVE_INFINITY, pattern: /^\w[\w-]*\w$/ },
	// Letters, digits, spaces and + - = . _ : / @
	tags: { ...awsTags, pattern: /^[\p{Letter}\p{Number}\p{Separator}+\-=._:/@]*$/u },
};
