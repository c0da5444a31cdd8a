import { createKey, toPem } from '../../keys/createKey';
import { sshNames } from '../../keys/publicKey';
import { md5Fingerprint, newKeyPair } from '../keyPairs';
import type { Operation } from '../operation';
import { checkFree, newName } from './newKeyPair';
import { keyPairsOfSite } from './site';

/** CreateKeyPair: makes an RSA-2048 key, keeps its public half, and hands the private one out. */
export const createKeyPair: Operation = {
	name: 'CreateKeyPair',
	perform: async (context) => {
		const name = newName(context);
		checkFree(context, name);
		const key = await createKey('rsa');
		checkFree(context, name);
		const publicKey = `${sshNames.rsa} ${key.publicKey.blob.toString('base64')}`;
		const keyPair = newKeyPair(context.world, { name, publicKey, fingerprint: md5Fingerprint(publicKey) });
		keyPairsOfSite(context).add(keyPair);
		return {
			KeyPairId: keyPair.id,
			KeyPairName: name,
			KeyPairFingerPrint: keyPair.fingerprint,
			PrivateKeyBody: `${toPem(key)}\n`,
		};
	},
};
