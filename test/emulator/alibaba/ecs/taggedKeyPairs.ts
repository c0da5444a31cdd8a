import type { AlibabaKeyPair } from '../accounts/keyPairStore';
import { AlibabaError, missingParameter } from '../alibabaError';
import type { OperationContext } from '../operation';
import { required } from '../parameters';
import { keyPairsOfRegion } from './region';

/** The key pairs that the call names; of the types of resources there are only key pairs, and their ids for this purpose are their names.
 * @throws {AlibabaError} InvalidResourceType.NotFound, MissingParameter, NumberExceed.ResourceIds, InvalidResourceId.NotFound */
export function readResources(context: OperationContext): AlibabaKeyPair[] {
	const keyPairs = keyPairsOfRegion(context);
	checkType(context);
	const ids = context.parameters.list('ResourceId');
	if (ids.length === 0) throw missingParameter('ResourceId');
	if (ids.length > 50) {
		throw new AlibabaError('NumberExceed.ResourceIds', "The ResourceIds parameter's number is exceed , Valid : 50");
	}
	return ids.map((id) => {
		const keyPair = keyPairs.withName(id);
		if (keyPair !== undefined) return keyPair;
		throw new AlibabaError(
			'InvalidResourceId.NotFound',
			'The specified ResourceIds are not found in our records.',
			404,
		);
	});
}

/** @throws {AlibabaError} MissingParameter, InvalidResourceType.NotFound */
export function checkType({ parameters }: OperationContext): void {
	if (required(parameters, 'ResourceType') === 'keypair') return;
	throw new AlibabaError(
		'InvalidResourceType.NotFound',
		'The ResourceType provided does not exist in our records.',
		404,
	);
}
