import { l10n } from 'vscode';
import type { PublicKey } from '../../domain/publicKey';
import { checkKey, type RuleCode, type RuleProblem } from '../../domain/rules';
import type { ServiceManifest } from '../../providers/contract';

/** One sentence on the rule that is broken. `label` is the service's brand name. */
export function describeRule({ code, data }: RuleProblem, label: string): string {
	return sentences[code](label, data);
}

/** Why none of the services takes the key, as one sentence; undefined when one of them does, or there are none. */
export function describeRefusal(key: PublicKey, services: readonly ServiceManifest[]): string | undefined {
	const refusals = services.flatMap(({ rules, label }) => {
		const refusal = checkKey(key, rules).find(({ severity }) => severity === 'error');
		return refusal ? describeRule(refusal, label) : [];
	});
	return refusals.length === services.length ? refusals[0] : undefined;
}

type Data = RuleProblem['data'];

const sentences: { readonly [K in RuleCode]: (label: string, data: Data) => string } = {
	keyTypeRefused: (label, { type }) => l10n.t('{0} does not accept keys of type {1}.', label, type ?? ''),
	keyTypeUndocumented: (label, { type }) =>
		l10n.t('{0} does not document support for keys of type {1}.', label, type ?? ''),
	rsaTooSmall: (label, { bits, limit }) =>
		l10n.t('An RSA key of {0} bits is too short for {1}, which requires at least {2}.', bits ?? '', label, limit ?? ''),
	rsaTooLarge: (label, { bits, limit }) =>
		l10n.t('An RSA key of {0} bits is too long for {1}, which accepts at most {2}.', bits ?? '', label, limit ?? ''),
	rsaSizeUndocumented: (label, { bits }) =>
		l10n.t('{0} does not document support for RSA keys of {1} bits.', label, bits ?? ''),
	keyTooLong: (label, { limit }) =>
		l10n.t('The public key is longer than the {0} bytes that {1} accepts.', limit ?? '', label),
	nameEmpty: () => l10n.t('A key pair needs a name.'),
	nameTooShort: (label, { limit }) => l10n.t('{0} requires at least {1} characters in a name.', label, limit ?? ''),
	nameTooLong: (label, { limit }) => l10n.t('{0} accepts at most {1} characters in a name.', label, limit ?? ''),
	nameOuterSpace: () => l10n.t('The name cannot begin or end with a space.'),
	nameCharacters: (label) => l10n.t('The name contains characters that {0} does not accept.', label),
	tagsUnsupported: (label) => l10n.t('{0} does not support tags on key pairs.', label),
	tagTooMany: (label, { limit }) => l10n.t('{0} accepts at most {1} tags.', label, limit ?? ''),
	tagKeyEmpty: () => l10n.t('A tag needs a key.'),
	tagKeyTooLong: (label, { limit }) => l10n.t('{0} accepts at most {1} characters in a tag key.', label, limit ?? ''),
	tagKeyReserved: (_, { prefix }) => l10n.t('Tag keys that begin with {0} are reserved.', prefix ?? ''),
	tagKeyCharacters: (label) => l10n.t('The tag key contains characters that {0} does not accept.', label),
	tagValueTooLong: (label, { limit }) =>
		l10n.t('{0} accepts at most {1} characters in a tag value.', label, limit ?? ''),
	tagValueCharacters: (label) => l10n.t('The tag value contains characters that {0} does not accept.', label),
};
