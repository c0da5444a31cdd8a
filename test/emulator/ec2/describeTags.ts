import { AwsError } from '../awsError';
import { element } from '../xml';
import { filterParameters, readFilters } from './filters';
import type { Operation } from './operation';
import { invalidValue } from './parameters';

interface TagDescription {
	readonly key: string;
	readonly value: string;
	readonly resourceId: string;
}

const filterNames = ['key', 'resource-id', 'resource-type', 'value'];

/** DescribeTags: every tag of the region's key pairs, in pages of `MaxResults` (5 to 1,000) when that is asked for. */
export const describeTags: Operation = {
	name: 'DescribeTags',
	parameters: ['MaxResults', 'NextToken', ...filterParameters],
	prepare: ({ parameters, account, region }) => {
		const size = readMaxResults(parameters.get('MaxResults'));
		const start = readToken(parameters.get('NextToken'));
		const isKnown = (name: string) => filterNames.includes(name) || /^tag:./.test(name);
		const matches = readFilters<TagDescription>(parameters, isKnown, filterValues);
		return {
			execute: () => {
				const tags = account
					.keyPairs(region)
					.visible()
					.flatMap(({ id, tags }) => [...tags].map(([key, value]) => ({ key, value, resourceId: id })))
					.filter(matches);
				const page = tags.slice(start, start + size);
				const rest = tags.length - start - page.length;
				return [
					element('tagSet', page.map(toXml)),
					...(rest > 0 ? [element('nextToken', token(start + page.length))] : []),
				];
			},
		};
	},
};

function filterValues(tag: TagDescription, name: string): readonly string[] {
	switch (name) {
		case 'key':
			return [tag.key];
		case 'value':
			return [tag.value];
		case 'resource-id':
			return [tag.resourceId];
		case 'resource-type':
			return ['key-pair'];
		default:
			return name === `tag:${tag.key}` ? [tag.value] : [];
	}
}

function readMaxResults(text: string | undefined): number {
	if (text === undefined) return Number.POSITIVE_INFINITY;
	const size = Number(text);
	if (!Number.isInteger(size) || size < 5) {
		throw invalidValue(` ${text} `, 'maxResults', 'Expecting a value greater than or equal to 5.');
	}
	return Math.min(size, 1000);
}

function token(position: number): string {
	return Buffer.from(JSON.stringify({ position })).toString('base64');
}

function readToken(text: string | undefined): number {
	if (text === undefined) return 0;
	const position = /^\{"position":(\d+)\}$/.exec(Buffer.from(text, 'base64').toString('latin1'))?.[1];
	if (position === undefined) throw new AwsError('InvalidNextToken', 'The specified token is not valid.');
	return Number(position);
}

function toXml(tag: TagDescription) {
	return element(
		'item',
		element('resourceId', tag.resourceId),
		element('resourceType', 'key-pair'),
		element('key', tag.key),
		element('value', tag.value),
	);
}
