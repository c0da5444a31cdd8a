import { createKey, toPem } from '../keys/createKey';
import { createdFingerprint } from '../keys/fingerprint';
import { toPpk } from '../keys/ppk';
import { element } from '../xml';
import { addKeyPair, checkRoom, keyPairArn } from './keyPairs';
import type { Operation } from './operation';
import { choice, newKeyName } from './parameters';
import { readTagSpecifications, tagSet, tagSpecificationParameters } from './tags';

/** CreateKeyPair: makes an RSA-2048 or ED25519 key, keeps its public half, and hands the private one out. */
export const createKeyPair: Operation = {
	name: 'CreateKeyPair',
	parameters: ['KeyName', 'KeyType', 'KeyFormat', ...tagSpecificationParameters],
	prepare: (context) => {
		const { parameters } = context;
		const name = newKeyName(parameters);
		const type = choice(parameters, 'KeyType', ['rsa', 'ed25519']);
		const format = choice(parameters, 'KeyFormat', ['pem', 'ppk']);
		const tags = readTagSpecifications(parameters);
		return {
			resource: keyPairArn(context, name),
			alsoNeeds: tags.size > 0 ? ['ec2:CreateTags'] : [],
			execute: async () => {
				checkRoom(context, name);
				const key = await createKey(type);
				const fingerprint = createdFingerprint(key.publicKey, key.privateKey);
				const keyPair = addKeyPair(context, name, key.publicKey, fingerprint, tags);
				return [
					element('keyName', keyPair.name),
					element('keyPairId', keyPair.id),
					element('keyFingerprint', keyPair.fingerprint),
					element('keyMaterial', format === 'pem' ? toPem(key) : toPpk(key, name)),
					...(tags.size > 0 ? [tagSet(tags)] : []),
				];
			},
		};
	},
};
