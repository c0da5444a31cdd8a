import { l10n } from 'vscode';
import type { RuleCode, RuleProblem } from '../../domain/rules';

/** One sentence on the rule that is broken. `label` is the service's brand name. */
export function describeRule({ code, data }: RuleProblem, label: string): string {
	return sentences[code](label, data);
}

type Data = RuleProblem['data'];

const sentences: { readonly [K in RuleCode]: (label: string, data: Data) => string } = {
	keyTypeRefused: (label, { type }) => l10n.t('{0} does not take keys of type {1}.', label, type ?? ''),
	keyTypeUndocumented: (label, { type }) =>
		l10n.t('{0} does not say that it takes keys of type {1}.', label, type ?? ''),
	rsaTooSmall: (label, { bits, limit }) =>
		l10n.t('An RSA key of {0} bits is too short for {1}: it takes {2} and more.', bits ?? '', label, limit ?? ''),
	rsaTooLarge: (label, { bits, limit }) =>
		l10n.t('An RSA key of {0} bits is too long for {1}: it takes at most {2}.', bits ?? '', label, limit ?? ''),
	rsaSizeUndocumented: (label, { bits }) =>
		l10n.t('{0} does not say that it takes RSA keys of {1} bits.', label, bits ?? ''),
	keyTooLong: (label, { limit }) =>
		l10n.t('The public key is longer than the {0} bytes that {1} takes.', limit ?? '', label),
	nameEmpty: () => l10n.t('A key pair needs a name.'),
	nameTooShort: (label, { limit }) => l10n.t('{0} wants at least {1} characters in a name.', label, limit ?? ''),
	nameTooLong: (label, { limit }) => l10n.t('{0} takes at most {1} characters in a name.', label, limit ?? ''),
	nameOuterSpace: () => l10n.t('The name must not begin or end with a space.'),
	nameCharacters: (label) => l10n.t('The name holds characters that {0} does not take.', label),
	tagsUnsupported: (label) => l10n.t('{0} has no tags on key pairs.', label),
	tagTooMany: (label, { limit }) => l10n.t('{0} takes at most {1} tags.', label, limit ?? ''),
	tagKeyEmpty: () => l10n.t('A tag needs a key.'),
	tagKeyTooLong: (label, { limit }) => l10n.t('{0} takes at most {1} characters in a tag key.', label, limit ?? ''),
	tagKeyReserved: (_, { prefix }) => l10n.t('Tag keys that begin with {0} are reserved.', prefix ?? ''),
	tagKeyCharacters: (label) => l10n.t('The tag key holds characters that {0} does not take.', label),
	tagValueTooLong: (label, { limit }) => l10n.t('{0} takes at most {1} characters in a tag value.', label, limit ?? ''),
	tagValueCharacters: (label) => l10n.t('The tag value holds characters that {0} does not take.', label),
};
