import type { StoredKeyPair } from '../accounts/keyPairStore';
import { AwsError } from '../awsError';
import { isoSeconds } from '../world';
import { element, type Xml } from '../xml';
import { filterParameters, readFilters, tagFilterValues } from './filters';
import type { Operation } from './operation';
import { boolean } from './parameters';
import { tagSet } from './tags';

/** DescribeKeyPairs: key pairs by name, id and filters; every name and id has to exist. There are no pages. */
export const describeKeyPairs: Operation = {
	name: 'DescribeKeyPairs',
	parameters: ['KeyName.N', 'KeyPairId.N', 'IncludePublicKey', ...filterParameters],
	prepare: ({ parameters, account, region }) => {
		const names = parameters.list('KeyName');
		const ids = parameters.list('KeyPairId');
		refuseBlank(names, 'keyPairNames');
		refuseBlank(ids, 'keyPairIds');
		const withPublicKey = boolean(parameters, 'IncludePublicKey');
		const matches = readFilters<StoredKeyPair>(parameters, isFilter, filterValues);
		return {
			execute: () => {
				const visible = account.keyPairs(region).visible();
				refuseMissing('key pair', names, new Set(visible.map((keyPair) => keyPair.name)));
				refuseMissing('key pair ID', ids, new Set(visible.map((keyPair) => keyPair.id)));
				const chosen = visible
					.filter(({ name, id }) => names.length + ids.length === 0 || names.includes(name) || ids.includes(id))
					.filter(matches);
				return [
					element(
						'keySet',
						chosen.map((keyPair) => toXml(keyPair, withPublicKey)),
					),
				];
			},
		};
	},
};

const filterNames = ['key-pair-id', 'fingerprint', 'key-name', 'tag-key'];

function isFilter(name: string): boolean {
	return filterNames.includes(name) || /^tag:./.test(name);
}

function filterValues(keyPair: StoredKeyPair, name: string): readonly string[] | undefined {
	switch (name) {
		case 'key-pair-id':
			return [keyPair.id];
		case 'fingerprint':
			return [keyPair.fingerprint];
		case 'key-name':
			return [keyPair.name];
		default:
			return tagFilterValues(keyPair.tags, name);
	}
}

function refuseBlank(values: readonly string[], parameter: string): void {
	if (values.includes('')) {
		throw new AwsError('InvalidParameterValue', `Invalid value '' for ${parameter}. It should not be blank`);
	}
}

function refuseMissing(what: string, wanted: readonly string[], present: ReadonlySet<string>): void {
	const missing = wanted.filter((value) => !present.has(value));
	if (missing.length === 0) return;
	const [noun, verb] = missing.length === 1 ? [what, 'does'] : [`${what}s`, 'do'];
	throw new AwsError('InvalidKeyPair.NotFound', `The ${noun} '${missing.join(', ')}' ${verb} not exist`);
}

function toXml(keyPair: StoredKeyPair, withPublicKey: boolean): Xml {
	return element(
		'item',
		element('keyPairId', keyPair.id),
		element('keyName', keyPair.name),
		element('keyType', keyPair.type),
		element('keyFingerprint', keyPair.fingerprint),
		// The comment that came with the key is not kept: the name takes its place, and a line feed ends the line.
		withPublicKey ? element('publicKey', `${keyPair.publicKey} ${keyPair.name}\n`) : undefined,
		element('createTime', isoSeconds(keyPair.createdAt).replace('Z', '.000Z')),
		tagSet(keyPair.tags),
	);
}
