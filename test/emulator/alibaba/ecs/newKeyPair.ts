import type { AlibabaKeyPairStore } from '../accounts/keyPairStore';
import { AlibabaError } from '../alibabaError';
import type { OperationContext } from '../operation';
import { required } from '../parameters';
import { keyPairsOfRegion } from './region';
import { readTags } from './tags';

/** What ImportKeyPair and CreateKeyPair have in common. */
export interface KeyPairRequest {
	readonly keyPairs: AlibabaKeyPairStore;
	readonly name: string;
	/** Empty for the default group. */
	readonly resourceGroupId: string;
	readonly tags: ReadonlyMap<string, string>;
}

/** Starts with a letter of any script, then letters, digits and `. : _ -`, 2 to 128 characters (ImportKeyPair, current Chinese reference). */
const namePattern = /^(?!https?:\/\/)\p{Letter}[\p{Letter}\p{Number}.:_-]{1,127}$/u;

/** Reads and checks the parameters that both operations have.
 * @throws {AlibabaError} MissingParameter, InvalidRegionId.NotFound, InvalidKeyPairName.Malformed, InvalidResourceGroup.NotFound, a code of tags */
export function readKeyPairRequest(context: OperationContext): KeyPairRequest {
	const { parameters, account } = context;
	const keyPairs = keyPairsOfRegion(context);
	const name = required(parameters, 'KeyPairName');
	if (!namePattern.test(name)) throw nameRefused('InvalidKeyPairName.Malformed');
	const groupId = parameters.get('ResourceGroupId') ?? '';
	const group = account.resourceGroups.find(({ id }) => id === groupId);
	if (groupId !== '' && group === undefined) {
		throw new AlibabaError(
			'InvalidResourceGroup.NotFound',
			'The ResourceGroup provided does not exist in our records.',
			404,
		);
	}
	const isDefault = group === account.resourceGroups[0];
	return { keyPairs, name, resourceGroupId: isDefault ? '' : groupId, tags: readTags(parameters) };
}

/** @throws {AlibabaError} when the name is taken or the region is full */
export function checkRoom({ account, cloud }: OperationContext, { keyPairs, name }: KeyPairRequest): void {
	if (keyPairs.withName(name) !== undefined) throw nameRefused(cloud.choices.ecsDuplicateCode);
	if (keyPairs.size >= account.keyPairLimit) {
		throw new AlibabaError('QuotaExceed.KeyPair', 'The key pair quota exceeds.', 403);
	}
}

/** Messages: ImportKeyPair, error codes. */
function nameRefused(code: 'InvalidKeyPairName.Malformed' | 'KeyPair.AlreadyExist'): AlibabaError {
	const isTaken = code === 'KeyPair.AlreadyExist';
	return new AlibabaError(code, isTaken ? 'The key pair already exist.' : 'Specified Key Pair name is not valid.');
}
