import { missingParameter } from '../alibabaError';
import type { Operation } from '../operation';
import { readResources } from './taggedKeyPairs';
import { maxTags, tooManyTags } from './tags';

/** UntagResources: removes the named tags from key pairs, or all of them with `All`, which counts only without `TagKey.N`. */
export const untagResources: Operation = {
	name: 'UntagResources',
	perform: (context) => {
		const { parameters } = context;
		const keyPairs = readResources(context);
		const keys = parameters.list('TagKey');
		const all = parameters.get('All')?.toLowerCase() === 'true';
		if (keys.length === 0 && !all) throw missingParameter('TagKey');
		if (keys.length > maxTags) throw tooManyTags();
		for (const { tags } of keyPairs) {
			for (const key of keys.length > 0 ? keys : [...tags.keys()]) tags.delete(key);
		}
		return {};
	},
};
