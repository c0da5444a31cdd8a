import { AwsError } from '../awsError';
import { element } from '../xml';
import { keyPairArn } from './keyPairs';
import type { Operation } from './operation';

/** DeleteKeyPair: by name or id. A key pair that does not exist is deleted with success; the reply then has no id. */
export const deleteKeyPair: Operation = {
	name: 'DeleteKeyPair',
	parameters: ['KeyName', 'KeyPairId'],
	prepare: (context) => {
		const { parameters, account, region } = context;
		const name = parameters.get('KeyName') ?? '';
		const id = parameters.get('KeyPairId') ?? '';
		if (name === '' && id === '') {
			throw new AwsError('MissingParameter', 'The request must contain the parameter KeyName or KeyPairId');
		}
		if (name !== '' && id !== '') {
			throw new AwsError('InvalidParameterCombination', 'The parameters KeyName and KeyPairId cannot be used together');
		}
		const store = account.keyPairs(region);
		const keyPair = name === '' ? store.withId(id) : store.withName(name);
		return {
			resource: keyPairArn(context, keyPair?.name ?? name),
			execute: () => {
				if (keyPair === undefined) return [element('return', 'true')];
				store.remove(keyPair);
				return [element('return', 'true'), element('keyPairId', keyPair.id)];
			},
		};
	},
};
