import type { PublicKey } from './publicKey';

/** What a service says of one key type. `undocumented` types are let through with a warning. */
export type KeyTypeRule = 'accepted' | 'undocumented' | 'refused';

/** A service's limits as data, each with its source where the value stands. */
export interface KeyPairRules {
	/** By SSH type name; a type that is not listed is refused. */
	readonly keyTypes: Readonly<Record<string, KeyTypeRule>>;
	/** RSA sizes in bits: outside `documented` warns, outside `min`..`max` is refused. An empty `documented`: the service names no sizes. */
	readonly rsaBits: { readonly documented: readonly number[]; readonly min: number; readonly max: number };
	/** Longest `type base64` that can be sent, in bytes. Absent: no limit is known. */
	readonly maxPublicKeyBytes?: number;
	/** Longest `type base64` that is sure to be taken, in bytes: beyond it warns. */
	readonly surePublicKeyBytes?: number;
	readonly name: {
		readonly minLength: number;
		/** In Unicode characters; Infinity where no limit is documented. */
		readonly maxLength: number;
		/** Anchored at both ends. */
		readonly pattern: RegExp;
		/** Where the service's documents contradict each other: names that not all of them allow get a warning. Anchored at both ends. */
		readonly surePattern?: RegExp;
	};
	/** Absent: the service has no tags on key pairs. */
	readonly tags?: {
		readonly maxCount: number;
		/** In Unicode characters. */
		readonly maxKeyLength: number;
		readonly maxValueLength: number;
		/** Key prefixes (compared without case) that the vendor keeps for itself. */
		readonly reservedKeyPrefixes: readonly string[];
		/** Value prefixes (compared without case) that only some of the service's documents forbid: they warn. */
		readonly doubtfulValuePrefixes?: readonly string[];
		/** Texts that neither keys nor values may hold (compared without case). */
		readonly forbiddenTexts?: readonly string[];
		/** For keys and values; anchored at both ends; absent: any character. */
		readonly pattern?: RegExp;
	};
}

/** One broken rule. `severity` is `error` for documented limits and `warning` for undocumented ones. */
export interface RuleProblem {
	readonly code: RuleCode;
	readonly severity: 'error' | 'warning';
	/** What a message needs: the offending value and the limit. Never key material. */
	readonly data: Readonly<Record<string, string | number>>;
}

export type RuleCode =
	| 'keyTypeRefused'
	| 'keyTypeUndocumented'
	| 'rsaTooSmall'
	| 'rsaTooLarge'
	| 'rsaSizeUndocumented'
	| 'keyTooLong'
	| 'nameEmpty'
	| 'nameTooShort'
	| 'nameTooLong'
	| 'nameOuterSpace'
	| 'nameCharacters'
	| 'tagsUnsupported'
	| 'tagTooMany'
	| 'tagKeyEmpty'
	| 'tagKeyTooLong'
	| 'tagKeyReserved'
	| 'tagKeyCharacters'
	| 'tagValueTooLong'
	| 'tagValueCharacters';

/** What the service's rules say of a key; empty when it is sure to be taken. */
export function checkKey(key: PublicKey, rules: KeyPairRules): readonly RuleProblem[] {
	const problems: RuleProblem[] = [];
	const typeRule = Object.hasOwn(rules.keyTypes, key.type) ? rules.keyTypes[key.type] : 'refused';
	if (typeRule === 'refused') {
		return [error('keyTypeRefused', { type: key.type })];
	}
	if (typeRule === 'undocumented') {
		problems.push(warning('keyTypeUndocumented', { type: key.type }));
	}
	if (key.type === 'ssh-rsa') {
		problems.push(...checkRsaBits(key.bits, rules.rsaBits));
	}
	const bytes = key.publicKey.length; // ASCII
	if (rules.maxPublicKeyBytes !== undefined && bytes > rules.maxPublicKeyBytes) {
		problems.push(error('keyTooLong', { bytes, limit: rules.maxPublicKeyBytes }));
	} else if (rules.surePublicKeyBytes !== undefined && bytes > rules.surePublicKeyBytes) {
		problems.push(warning('keyTooLong', { bytes, limit: rules.surePublicKeyBytes }));
	}
	return problems;
}

/** What the service's rules say of a name. */
export function checkName(name: string, rules: KeyPairRules): readonly RuleProblem[] {
	const { minLength, maxLength, pattern, surePattern } = rules.name;
	const length = characters(name);
	if (length === 0) {
		return [error('nameEmpty', {})];
	}
	const problems: RuleProblem[] = [];
	if (length < minLength) {
		problems.push(error('nameTooShort', { length, limit: minLength }));
	}
	if (length > maxLength) {
		problems.push(error('nameTooLong', { length, limit: maxLength }));
	}
	if (name.trim() !== name) {
		problems.push(error('nameOuterSpace', {}));
	} else if (length >= minLength && !pattern.test(name)) {
		problems.push(error('nameCharacters', {}));
	} else if (length >= minLength && surePattern?.test(name) === false) {
		problems.push(warning('nameCharacters', {}));
	}
	return problems;
}

/** What the service's rules say of one tag. */
export function checkTag(key: string, value: string, rules: KeyPairRules): readonly RuleProblem[] {
	const { tags } = rules;
	if (tags === undefined) {
		return [error('tagsUnsupported', {})];
	}
	const problems: RuleProblem[] = [];
	const keyLength = characters(key);
	const valueLength = characters(value);
	if (keyLength === 0) {
		problems.push(error('tagKeyEmpty', {}));
	}
	if (keyLength > tags.maxKeyLength) {
		problems.push(error('tagKeyTooLong', { key, length: keyLength, limit: tags.maxKeyLength }));
	}
	const prefix = tags.reservedKeyPrefixes.find((reserved) => startsWith(key, reserved));
	if (prefix !== undefined) {
		problems.push(error('tagKeyReserved', { key, prefix }));
	}
	if (keyLength > 0 && !isTagText(key, tags)) {
		problems.push(error('tagKeyCharacters', { key }));
	}
	if (valueLength > tags.maxValueLength) {
		problems.push(error('tagValueTooLong', { key, length: valueLength, limit: tags.maxValueLength }));
	}
	if (valueLength > 0 && !isTagText(value, tags)) {
		problems.push(error('tagValueCharacters', { key, value }));
	} else if (tags.doubtfulValuePrefixes?.some((doubtful) => startsWith(value, doubtful)) === true) {
		problems.push(warning('tagValueCharacters', { key, value }));
	}
	return problems;
}

/** What the service's rules say of all tags of a key pair. No tags are always fine. */
export function checkTags(tags: Readonly<Record<string, string>>, rules: KeyPairRules): readonly RuleProblem[] {
	const entries = Object.entries(tags);
	if (entries.length === 0) {
		return [];
	}
	if (rules.tags === undefined) {
		// Once, not for each tag.
		return [error('tagsUnsupported', {})];
	}
	const { maxCount } = rules.tags;
	return [
		...(entries.length > maxCount ? [error('tagTooMany', { count: entries.length, limit: maxCount })] : []),
		...entries.flatMap(([key, value]) => checkTag(key, value, rules)),
	];
}

/** Suggestions are not made longer than this. */
const MAX_SUGGESTED_LENGTH = 64;

/** A name that all of the rules take without a warning: made of the key's comment, else of its file's name. */
export function suggestName(comment: string, fileName: string, ...rules: readonly KeyPairRules[]): string {
	for (const text of [comment, fileName.replace(/\.(?:pub|pem|ppk|txt|key)$/i, '')]) {
		const plain = text
			.normalize('NFKD')
			.replace(/\p{Mark}+/gu, '')
			.replace(/[^A-Za-z0-9_-]+/g, '-');
		for (const name of [text.trim(), plain.replace(/^[^A-Za-z0-9]+/, ''), plain.replace(/^[^A-Za-z]+/, '')]) {
			const cut = name.slice(0, MAX_SUGGESTED_LENGTH).replace(/[\s_.:@-]+$/, '');
			if (cut !== '' && rules.every((own) => checkName(cut, own).length === 0)) {
				return cut;
			}
		}
	}
	return 'my-key';
}

function checkRsaBits(bits: number, { documented, min, max }: KeyPairRules['rsaBits']): readonly RuleProblem[] {
	if (bits < min) {
		return [error('rsaTooSmall', { bits, limit: min })];
	}
	if (bits > max) {
		return [error('rsaTooLarge', { bits, limit: max })];
	}
	return documented.length > 0 && !documented.includes(bits) ? [warning('rsaSizeUndocumented', { bits })] : [];
}

function isTagText(text: string, { pattern, forbiddenTexts }: NonNullable<KeyPairRules['tags']>): boolean {
	const lowerCase = text.toLowerCase();
	return pattern?.test(text) !== false && forbiddenTexts?.some((forbidden) => lowerCase.includes(forbidden)) !== true;
}

function startsWith(text: string, prefix: string): boolean {
	return text.slice(0, prefix.length).toLowerCase() === prefix.toLowerCase();
}

function characters(text: string): number {
	let count = 0;
	for (const _ of text) {
		count += 1;
	}
	return count;
}

function error(code: RuleCode, data: RuleProblem['data']): RuleProblem {
	return { code, severity: 'error', data };
}

function warning(code: RuleCode, data: RuleProblem['data']): RuleProblem {
	return { code, severity: 'warning', data };
}
