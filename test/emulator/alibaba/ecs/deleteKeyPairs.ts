import { AlibabaError } from '../alibabaError';
import type { Operation } from '../operation';
import { required } from '../parameters';
import { keyPairsOfRegion } from './region';

/** DeleteKeyPairs: deletes key pairs by name; all or none of them, when instances use some. Names that do not exist are passed over. */
export const deleteKeyPairs: Operation = {
	name: 'DeleteKeyPairs',
	perform: (context) => {
		const keyPairs = keyPairsOfRegion(context);
		const names = readNames(required(context.parameters, 'KeyPairNames'));
		if (names.some((name) => keyPairs.withName(name)?.attached === true)) {
			throw new AlibabaError(
				'InvalidParameter.KeypairAlreadyAttachedInstance',
				'The specified parameter KeyPairNames is not valid, because it is still attached to some instances.',
			);
		}
		for (const name of names) keyPairs.remove(name);
		return {};
	},
};

/** A JSON array of at most 100 names. Code: DeleteKeyPairs, error codes. */
function readNames(text: string): string[] {
	const names = parse(text);
	if (Array.isArray(names) && names.length > 0 && names.length <= 100) {
		if (names.every((name) => typeof name === 'string')) return names;
	}
	throw new AlibabaError(
		'InvalidKeyPairNames.ValueNotSupported',
		'The specified parameter "KeyPairNames" is not valid.',
	);
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
