import { AwsError } from '../awsError';
import { importedFingerprint } from '../keys/fingerprint';
import { readPublicKey } from '../keys/publicKey';
import { element } from '../xml';
import { addKeyPair, keyPairArn } from './keyPairs';
import type { Operation } from './operation';
import { invalidValue, newKeyName, required } from './parameters';
import { readTagSpecifications, tagSet, tagSpecificationParameters } from './tags';

/** The longest PublicKeyMaterial, in characters of its base64 (seen in public reports of live calls). */
const maxMaterialLength = 2048;

/** ImportKeyPair: keeps a public key under a name. Its reply has neither the key's type nor a creation time. */
export const importKeyPair: Operation = {
	name: 'ImportKeyPair',
	parameters: ['KeyName', 'PublicKeyMaterial', ...tagSpecificationParameters],
	prepare: (context) => {
		const { parameters } = context;
		const name = newKeyName(parameters);
		const material = required(parameters, 'PublicKeyMaterial');
		if (material.length > maxMaterialLength) {
			throw invalidValue(material, 'PublicKeyMaterial', `Length exceeds maximum of ${maxMaterialLength}.`);
		}
		const tags = readTagSpecifications(parameters);
		return {
			resource: keyPairArn(context, name),
			alsoNeeds: tags.size > 0 ? ['ec2:CreateTags'] : [],
			execute: () => {
				const publicKey = readPublicKey(decode(material));
				if (publicKey === undefined) {
					throw new AwsError('InvalidKey.Format', 'Key is not in valid OpenSSH public key format');
				}
				const keyPair = addKeyPair(context, name, publicKey, importedFingerprint(publicKey), tags);
				return [
					element('keyName', keyPair.name),
					element('keyPairId', keyPair.id),
					element('keyFingerprint', keyPair.fingerprint),
					...(tags.size > 0 ? [tagSet(tags)] : []),
				];
			},
		};
	},
};

function decode(material: string): string {
	const bytes = Buffer.from(material, 'base64');
	if (bytes.some((byte) => byte > 0x7e)) {
		throw invalidValue(material, 'PublicKeyMaterial', 'Character sets beyond ASCII are not supported.');
	}
	return bytes.toString('latin1');
}
