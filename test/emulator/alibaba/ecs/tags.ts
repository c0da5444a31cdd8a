import type { QueryParameters } from '../../query';
import { AlibabaError } from '../alibabaError';

/** The most tags a resource can have, and a call can name (ImportKeyPair, TagResources). */
export const maxTags = 20;

/** The tags under `Tag.N.Key` and `Tag.N.Value`, in order; a value that is missing is empty. Lengths are counted in characters.
 * @throws {AlibabaError} InvalidTagKey.Malformed, InvalidTagValue.Malformed, Duplicate.TagKey, NumberExceed.Tags */
export function readTags(parameters: QueryParameters): Map<string, string> {
	const tags = new Map<string, string>();
	for (const prefix of parameters.members('Tag')) {
		const key = parameters.get(`${prefix}.Key`) ?? '';
		const value = parameters.get(`${prefix}.Value`) ?? '';
		if (key === '' || /^(?:acs:|aliyun)/i.test(key) || !isTagText(key)) {
			throw new AlibabaError('InvalidTagKey.Malformed', 'The specified Tag.n.Key is not valid.');
		}
		if (!isTagText(value))
			throw new AlibabaError('InvalidTagValue.Malformed', 'The specified Tag.n.Value is not valid.');
		if (tags.has(key)) throw new AlibabaError('Duplicate.TagKey', 'The Tag.N.Key contain duplicate key.');
		tags.set(key, value);
	}
	if (tags.size > maxTags) throw tooManyTags();
	return tags;
}

/** The refusal of more than 20 tags. */
export function tooManyTags(): AlibabaError {
	return new AlibabaError('NumberExceed.Tags', "The Tags parameter's number is exceed , Valid : 20");
}

/** What a list is filtered by: keys, and for each the value or undefined for any. */
export type TagFilter = ReadonlyMap<string, string | undefined>;

/** Reads a filter from `Tag.N.Key` and `Tag.N.Value`. */
export function readTagFilter(parameters: QueryParameters): TagFilter {
	return new Map(
		parameters
			.members('Tag')
			.map((prefix) => [parameters.get(`${prefix}.Key`) ?? '', parameters.get(`${prefix}.Value`)]),
	);
}

/** Whether the tags have every key of the filter, with its value where it has one. */
export function hasTags(tags: ReadonlyMap<string, string>, filter: TagFilter): boolean {
	return [...filter].every(([key, value]) => tags.has(key) && (value === undefined || tags.get(key) === value));
}

function isTagText(text: string): boolean {
	return [...text].length <= 128 && !/https?:\/\//.test(text);
}
