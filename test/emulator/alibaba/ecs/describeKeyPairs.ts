import type { QueryParameters } from '../../query';
import type { AlibabaKeyPair } from '../accounts/keyPairStore';
import { isoMinutes } from '../keyPairs';
import type { Operation } from '../operation';
import { pageFields, pageOf, readPage } from '../parameters';
import { keyPairsOfRegion } from './region';
import { hasTags, readTagFilter } from './tags';

/** DescribeKeyPairs: key pairs by name, fingerprint, tags and resource group, in pages of at most 50. */
export const describeKeyPairs: Operation = {
	name: 'DescribeKeyPairs',
	perform: (context) => {
		const { parameters } = context;
		const page = readPage(parameters, 50);
		const found = keyPairsOfRegion(context).all().filter(readFilter(parameters));
		const withPublicKey = parameters.get('IncludePublicKey')?.toLowerCase() === 'true';
		return {
			...pageFields(found, page),
			KeyPairs: { KeyPair: pageOf(found, page).map((keyPair) => toJson(keyPair, withPublicKey)) },
		};
	},
};

function readFilter(parameters: QueryParameters): (keyPair: AlibabaKeyPair) => boolean {
	const isNamed = nameFilter(parameters.get('KeyPairName') ?? '');
	const fingerprint = parameters.get('KeyPairFingerPrint') ?? '';
	const groupId = parameters.get('ResourceGroupId') ?? '';
	const tags = readTagFilter(parameters);
	// "Resources in the default resource group are displayed in the response regardless of how this parameter is set."
	const isInGroup = (keyPair: AlibabaKeyPair) =>
		groupId === '' || keyPair.resourceGroupId === '' || keyPair.resourceGroupId === groupId;
	return (keyPair) =>
		isNamed(keyPair.name) &&
		(fingerprint === '' || keyPair.fingerprint === fingerprint) &&
		isInGroup(keyPair) &&
		hasTags(keyPair.tags, tags);
}

/** A name, in which `*` stands for any characters; the empty text for all names. */
function nameFilter(text: string): (name: string) => boolean {
	if (text === '') return () => true;
	const pattern = text.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*');
	const expression = new RegExp(`^${pattern}$`, 's');
	return (name) => expression.test(name);
}

function toJson(keyPair: AlibabaKeyPair, withPublicKey: boolean): object {
	return {
		KeyPairName: keyPair.name,
		KeyPairFingerPrint: keyPair.fingerprint,
		CreationTime: isoMinutes(keyPair.createdAt),
		ResourceGroupId: keyPair.resourceGroupId,
		Tags: { Tag: [...keyPair.tags].map(([key, value]) => ({ TagKey: key, TagValue: value })) },
		...(withPublicKey ? { PublicKey: keyPair.publicKey } : {}),
	};
}
