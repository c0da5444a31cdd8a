import { AlibabaError } from '../alibabaError';
import type { OperationContext } from '../operation';
import { required } from '../parameters';
import { keyPairsOfSite } from './site';

/** Starts with a letter or a Chinese character, then those, digits and `: _ -`, 2 to 128 characters (ImportKeyPair). */
const namePattern = /^(?!https?:\/\/)[A-Za-z\p{Script=Han}][A-Za-z0-9\p{Script=Han}:_-]{1,127}$/u;

/** The name for a new key pair.
 * @throws {AlibabaError} MissingParameter, InvalidParameter.KeyPairName */
export function newName({ parameters }: OperationContext): string {
	const name = required(parameters, 'KeyPairName');
	if (namePattern.test(name)) return name;
	throw new AlibabaError(
		'InvalidParameter.KeyPairName',
		'The specified field KeyPairName invalid. Please check it again.',
	);
}

/** What each of the general codes says (ImportKeyPair, error codes). The reference has none for a name that is taken. */
const messages = {
	InvalidParameter: 'The errorMessage is keyPairName already exists. Please check it again.',
	'ens.interface.error': 'An error occurred while calling the API.',
	CallInterface: 'Call Interface Happen Error.',
} as const;

/** @throws {AlibabaError} the code that the test chose, when the name is taken */
export function checkFree(context: OperationContext, name: string): void {
	if (keyPairsOfSite(context).withName(name) === undefined) return;
	const code = context.cloud.choices.ensDuplicateCode;
	throw new AlibabaError(code, messages[code]);
}
