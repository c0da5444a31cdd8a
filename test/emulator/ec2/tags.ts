import { AwsError } from '../awsError';
import type { QueryParameters } from '../query';
import { element, type Xml } from '../xml';

/** The parameters of `TagSpecifications`. */
export const tagSpecificationParameters: readonly string[] = [
	'TagSpecification.N.ResourceType',
	'TagSpecification.N.Tag.N.Key',
	'TagSpecification.N.Tag.N.Value',
];

/** The most tags a resource can have (EC2 User Guide, "Tag restrictions"). */
export const maxTags = 50;

/** The tags for a new key pair, in order.
 * @throws {AwsError} InvalidParameterValue, InvalidTagKey.Malformed, TagLimitExceeded */
export function readTagSpecifications(parameters: QueryParameters): Map<string, string> {
	const tags = new Map<string, string>();
	for (const prefix of parameters.members('TagSpecification')) {
		const type = parameters.get(`${prefix}.ResourceType`) ?? '';
		if (type !== 'key-pair') {
			throw new AwsError(
				'InvalidParameterValue',
				`'${type}' is not a valid taggable resource type for this operation.`,
			);
		}
		const own = readTags(parameters, `${prefix}.Tag`);
		if (own.size === 0) {
			throw new AwsError('InvalidTagKey.Malformed', 'Tag specification must have at least one tag');
		}
		for (const [key, value] of own) {
			if (tags.has(key)) throw duplicateKey(key);
			tags.set(key, value);
		}
	}
	if (tags.size > maxTags) throw tagLimitExceeded();
	return tags;
}

/** The tags under `<name>.N.Key` and `<name>.N.Value`; an empty value is a value. Lengths are counted in characters (Unicode code points).
 * @throws {AwsError} InvalidParameterValue: that code and the messages are as quoted in public reports of live calls. */
export function readTags(parameters: QueryParameters, name: string): Map<string, string> {
	const tags = new Map<string, string>();
	for (const prefix of parameters.members(name)) {
		const key = parameters.get(`${prefix}.Key`) ?? '';
		const value = parameters.get(`${prefix}.Value`);
		if (key === '') throw invalidTag("''", 'Tag key', 'Tag key cannot be null or empty.');
		if (value === undefined) {
			throw new AwsError('InvalidParameterValue', 'Tag value cannot be null. Use empty string instead.');
		}
		if (key.toLowerCase().startsWith('aws:')) {
			throw invalidTag(key, 'key', "Tag keys starting with 'aws:' are reserved for internal use");
		}
		if ([...key].length > 128) {
			throw invalidTag(key, 'key', 'Tag key exceeds the maximum length of 128 characters');
		}
		if ([...value].length > 256) {
			throw invalidTag(value, 'value', 'Tag value exceeds the maximum length of 256 characters');
		}
		if (tags.has(key)) throw duplicateKey(key);
		tags.set(key, value);
	}
	return tags;
}

/** The refusal of more than 50 tags. */
export function tagLimitExceeded(): AwsError {
	return new AwsError('TagLimitExceeded', 'The maximum number of Tags for a resource has been reached.');
}

/** The `tagSet` element. */
export function tagSet(tags: ReadonlyMap<string, string>): Xml {
	return element(
		'tagSet',
		[...tags].map(([key, value]) => element('item', element('key', key), element('value', value))),
	);
}

function invalidTag(text: string, part: string, reason: string): AwsError {
	return new AwsError('InvalidParameterValue', `Value ( ${text} ) for parameter ${part} is invalid. ${reason}`);
}

function duplicateKey(key: string): AwsError {
	return new AwsError('InvalidParameterValue', `Duplicate tag key '${key}' specified.`);
}
