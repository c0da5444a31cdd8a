import { AwsError } from '../awsError';
import type { QueryParameters } from '../query';

/** The parameters that filters take. */
export const filterParameters: readonly string[] = ['Filter.N.Name', 'Filter.N.Value.N'];

/** Gives the values that an item has under a filter's name, or undefined when there is no filter of that name. */
export type FilterValues<T> = (item: T, filterName: string) => readonly string[] | undefined;

/** A predicate for `Filter.N`: every filter has to match (AND), by any of its values (OR). Values are compared by case; `*` stands for any
 * characters, `?` for one, a backslash takes the next one as it is. Source: EC2 User Guide, "List and filter your resources".
 * @throws {AwsError} InvalidParameterValue for names that `known` refuses, FilterLimitExceeded for more than 200 values. */
export function readFilters<T>(
	parameters: QueryParameters,
	known: (filterName: string) => boolean,
	valuesOf: FilterValues<T>,
): (item: T) => boolean {
	const filters = parameters.members('Filter').map((prefix) => {
		const name = parameters.get(`${prefix}.Name`) ?? 'null';
		if (!known(name)) throw new AwsError('InvalidParameterValue', `The filter '${name}' is invalid`);
		const values = parameters.list(`${prefix}.Value`);
		if (values.length === 0) {
			throw new AwsError('InvalidParameterValue', `The filter '${name}' must have at least one value`);
		}
		if (values.length > 200) {
			throw new AwsError('FilterLimitExceeded', 'The maximum length for a filter value list is 200');
		}
		return { name, patterns: values.map(wildcard) };
	});
	return (item) =>
		filters.every(({ name, patterns }) => {
			const values = valuesOf(item, name) ?? [];
			return patterns.some((pattern) => values.some((value) => pattern.test(value)));
		});
}

/** The values that tags have under `tag-key` and `tag:<key>`. */
export function tagFilterValues(tags: ReadonlyMap<string, string>, filterName: string): readonly string[] | undefined {
	if (filterName === 'tag-key') return [...tags.keys()];
	if (!filterName.startsWith('tag:')) return undefined;
	const value = tags.get(filterName.slice('tag:'.length));
	return value === undefined ? [] : [value];
}

function wildcard(text: string): RegExp {
	const source = text.replace(/\\([\s\S])|[\s\S]/g, (character, escaped: string | undefined) => {
		if (escaped !== undefined) return literal(escaped);
		return character === '*' ? '[\\s\\S]*' : character === '?' ? '[\\s\\S]' : literal(character);
	});
	return new RegExp(`^${source}$`);
}

function literal(character: string): string {
	return character.replace(/[\\^$.*+?()[\]{}|/-]/, '\\$&');
}
