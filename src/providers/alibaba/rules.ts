import { KEY_TYPES } from '../../domain/parse/keyTypes';
import type { KeyPairRules } from '../../domain/rules';

/** Starts with a letter of any script, then letters, digits and `. : _ -`: ECS ImportKeyPair in the current reference (zh) and SDK. */
const UNICODE_NAME = /^(?!https?:\/\/)\p{Letter}[\p{Letter}\p{Number}.:_-]+$/u;

/** The older English reference: ASCII letters only, and no full stop. */
const ASCII_NAME = /^[A-Za-z][A-Za-z0-9:_-]+$/;

/** Alibaba Cloud ECS's limits on key pairs. Source: API reference ECS 2014-05-26, ImportKeyPair and CreateKeyPair. */
export const ecsRules: KeyPairRules = {
	// "rsa, dsa, ssh-rsa, ssh-dss, ecdsa"; the rest is not named.
	keyTypes: {
		...Object.fromEntries(KEY_TYPES.map(({ name }) => [name, 'undocumented'] as const)),
		'ssh-rsa': 'accepted',
		'ssh-dss': 'accepted',
		'ecdsa-sha2-nistp256': 'accepted',
		'ecdsa-sha2-nistp384': 'accepted',
		'ecdsa-sha2-nistp521': 'accepted',
	},
	rsaBits: { documented: [], min: 1024, max: 16_384 },
	name: { minLength: 2, maxLength: 128, pattern: UNICODE_NAME, surePattern: ASCII_NAME },
	tags: {
		maxCount: 20,
		maxKeyLength: 128,
		maxValueLength: 128,
		reservedKeyPrefixes: ['acs:', 'aliyun'],
		// Only in some of the references: "value cannot start with acs:".
		doubtfulValuePrefixes: ['acs:'],
		forbiddenTexts: ['http://', 'https://'],
	},
};

/** Alibaba Cloud ENS's limits on key pairs. Source: API reference ENS 2017-11-10, ImportKeyPair and DescribeKeyPairs. */
export const ensRules: KeyPairRules = {
	// "only in the ssh-rsa format"
	keyTypes: { 'ssh-rsa': 'accepted' },
	rsaBits: { documented: [], min: 1024, max: 16_384 },
	// English: letters, digits and `: _ -`, starting with a letter. The Chinese page allows Chinese, DescribeKeyPairs the full stop.
	name: { minLength: 2, maxLength: 128, pattern: UNICODE_NAME, surePattern: ASCII_NAME },
};
