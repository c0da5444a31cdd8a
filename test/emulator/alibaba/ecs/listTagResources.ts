import { AlibabaError, missingParameter } from '../alibabaError';
import type { Operation } from '../operation';
import { keyPairsOfRegion } from './region';
import { checkType } from './taggedKeyPairs';
import { hasTags, readTagFilter } from './tags';

/** How many tags are on a page. The reference has no parameter for it, and names no number. */
const pageSize = 50;

/** ListTagResources: the tags of key pairs, by name or by tag, in pages by token. */
export const listTagResources: Operation = {
	name: 'ListTagResources',
	perform: (context) => {
		const { parameters } = context;
		const keyPairs = keyPairsOfRegion(context).all();
		checkType(context);
		const names = parameters.list('ResourceId');
		const filter = readTagFilter(parameters);
		if (names.length === 0 && filter.size === 0) throw missingParameter('ResourceId');
		const tags = keyPairs
			.filter(({ name, tags: own }) => (names.length === 0 || names.includes(name)) && hasTags(own, filter))
			.flatMap(({ name, tags: own }) =>
				[...own].map(([key, value]) => ({
					ResourceType: 'keypair',
					ResourceId: name,
					TagKey: key,
					TagValue: value,
				})),
			);
		const start = readToken(parameters.get('NextToken') ?? '');
		const end = start + pageSize;
		return {
			NextToken: end < tags.length ? String(end).padStart(32, '0') : '',
			TagResources: { TagResource: tags.slice(start, end) },
		};
	},
};

function readToken(token: string): number {
	if (/^(?:\d{32})?$/.test(token)) return Number(token);
	throw new AlibabaError('InvalidNextToken', 'The specified NextToken is not valid.');
}
