import { missingParameter } from '../alibabaError';
import type { Operation } from '../operation';
import { readResources } from './taggedKeyPairs';
import { maxTags, readTags, tooManyTags } from './tags';

/** TagResources: sets tags of key pairs, by name; a tag of the same key is overwritten. */
export const tagResources: Operation = {
	name: 'TagResources',
	perform: (context) => {
		const keyPairs = readResources(context);
		const tags = readTags(context.parameters);
		if (tags.size === 0) throw missingParameter('Tag');
		for (const keyPair of keyPairs) {
			if (new Set([...keyPair.tags.keys(), ...tags.keys()]).size > maxTags) throw tooManyTags();
		}
		for (const keyPair of keyPairs) {
			for (const [key, value] of tags) keyPair.tags.set(key, value);
		}
		return {};
	},
};
