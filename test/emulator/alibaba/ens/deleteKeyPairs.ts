import { missingParameter } from '../alibabaError';
import type { Operation } from '../operation';
import { keyPairsOfSite } from './site';

/** DeleteKeyPairs: deletes one key pair, by name or id, even while an instance uses it. What does not exist is passed over. */
export const deleteKeyPairs: Operation = {
	name: 'DeleteKeyPairs',
	perform: (context) => {
		const name = context.parameters.get('KeyPairName') ?? '';
		const id = context.parameters.get('KeyPairId') ?? '';
		if (name === '' && id === '') throw missingParameter('KeyPairName');
		const keyPairs = keyPairsOfSite(context);
		const keyPair = name === '' ? keyPairs.withId(id) : keyPairs.withName(name);
		if (keyPair !== undefined && (id === '' || keyPair.id === id)) keyPairs.remove(keyPair.name);
		return {};
	},
};
