import type { AlibabaKeyPairStore } from '../accounts/keyPairStore';
import { AlibabaError } from '../alibabaError';
import type { OperationContext } from '../operation';
import { required } from '../parameters';

/** The key pairs of the region that the call is about.
 * @throws {AlibabaError} MissingParameter, InvalidRegionId.NotFound */
export function keyPairsOfRegion({ parameters, account }: OperationContext): AlibabaKeyPairStore {
	const region = required(parameters, 'RegionId');
	if (!account.regions().some(({ id }) => id === region)) {
		throw new AlibabaError('InvalidRegionId.NotFound', 'The specified RegionId does not exist.', 404);
	}
	return account.keyPairs('ecs', region);
}
