import { invalidInput, notFound } from './errors';
import { maxTags, missing, readTags } from './input';
import { tooManyTags } from './keyPairs';
import type { Operation, OperationContext } from './operation';
import { operationOutput } from './output';
import type { StoredResource } from './resources';

/** TagResource: sets tags by the resource's name; a tag of the same key gets the new value. */
export const tagResource: Operation = (context) => {
	const resource = readResource(context);
	const tags = readTags(context.input);
	if (tags === undefined) throw missing('tags');
	if (new Set([...resource.tags.keys(), ...tags.keys()]).size > maxTags) throw tooManyTags();
	return begin('TagResource', context, resource, () => {
		for (const [key, value] of tags) resource.tags.set(key, value);
	});
};

/** UntagResource: removes tags by their keys; those that are not there don't matter. */
export const untagResource: Operation = (context) => {
	const resource = readResource(context);
	const keys = context.input.texts('tagKeys');
	if (keys === undefined) throw missing('tagKeys');
	return begin('UntagResource', context, resource, () => {
		for (const key of keys) resource.tags.delete(key);
	});
};

/** A resource that is still being made can be tagged. */
function readResource({ input, region }: OperationContext): StoredResource {
	const name = input.resourceName('resourceName');
	const arn = input.text('resourceArn');
	const resource = region.resource(name);
	if (resource === undefined) throw notFound('Resource', name);
	if (arn !== undefined && arn !== resource.arn) {
		throw invalidInput('The resource ARN and the resource name do not match.');
	}
	return resource;
}

function begin(type: string, { region }: OperationContext, resource: StoredResource, succeeded: () => void): object {
	return { operations: [operationOutput(region.begin(type, resource, { succeeded }), region.name)] };
}
