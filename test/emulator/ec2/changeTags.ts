import type { StoredKeyPair } from '../accounts/keyPairStore';
import { AwsError } from '../awsError';
import { element } from '../xml';
import { keyPairArn } from './keyPairs';
import type { Operation, OperationContext } from './operation';
import { missingParameter } from './parameters';
import { maxTags, readTags, tagLimitExceeded } from './tags';

const parameters = ['ResourceId.N', 'Tag.N.Key', 'Tag.N.Value'];

/** CreateTags: sets tags of key pairs, by id; a tag of the same key is overwritten. */
export const createTags: Operation = {
	name: 'CreateTags',
	parameters,
	prepare: (context) => {
		const keyPairs = readResources(context);
		const tags = readTags(context.parameters, 'Tag');
		if (tags.size === 0) throw missingParameter('tagSet');
		return {
			...resourceOf(context, keyPairs),
			execute: () => {
				for (const keyPair of keyPairs) {
					if (new Set([...keyPair.tags.keys(), ...tags.keys()]).size > maxTags) throw tagLimitExceeded();
				}
				for (const keyPair of keyPairs) {
					for (const [key, value] of tags) keyPair.tags.set(key, value);
				}
				return [element('return', 'true')];
			},
		};
	},
};

/** DeleteTags: a key alone deletes the tag whatever its value, a key with a value (which may be empty) only a tag that has it; without tags, all go. */
export const deleteTags: Operation = {
	name: 'DeleteTags',
	parameters,
	prepare: (context) => {
		const keyPairs = readResources(context);
		const unwanted = context.parameters.members('Tag').map((prefix) => ({
			key: context.parameters.get(`${prefix}.Key`),
			value: context.parameters.get(`${prefix}.Value`),
		}));
		return {
			...resourceOf(context, keyPairs),
			execute: () => {
				for (const { tags } of keyPairs) {
					if (unwanted.length === 0) tags.clear();
					for (const { key = '', value } of unwanted) {
						if (value === undefined || tags.get(key) === value) tags.delete(key);
					}
				}
				return [element('return', 'true')];
			},
		};
	},
};

function readResources({ parameters: given, account, region }: OperationContext): StoredKeyPair[] {
	const ids = given.list('ResourceId');
	if (ids.length === 0) throw missingParameter('resourceIdSet');
	return ids.map((id) => {
		if (!/^key-[0-9a-f]+$/.test(id)) throw new AwsError('InvalidID', `The ID '${id}' is not valid`);
		const keyPair = account.keyPairs(region).withId(id);
		if (keyPair === undefined) {
			throw new AwsError('InvalidKeyPair.NotFound', `The key pair ID '${id}' does not exist`);
		}
		return keyPair;
	});
}

function resourceOf(context: OperationContext, [first]: readonly StoredKeyPair[]): { resource: string } {
	return { resource: keyPairArn(context, first?.name ?? '*') };
}
