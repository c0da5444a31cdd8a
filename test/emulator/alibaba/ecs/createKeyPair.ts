import { createKey, toPem } from '../../keys/createKey';
import { sshNames } from '../../keys/publicKey';
import { newKeyPair } from '../keyPairs';
import type { Operation } from '../operation';
import { ecsFingerprint } from './fingerprint';
import { checkRoom, readKeyPairRequest } from './newKeyPair';

/** CreateKeyPair: makes an RSA-2048 key, keeps its public half, and hands the private one out. The reference says PKCS#8, its example is PKCS#1
 * (`MIIEpAIB…`): so is this. */
export const createKeyPair: Operation = {
	name: 'CreateKeyPair',
	perform: async (context) => {
		const request = readKeyPairRequest(context);
		checkRoom(context, request);
		const key = await createKey('rsa');
		checkRoom(context, request);
		const publicKey = `${sshNames.rsa} ${key.publicKey.blob.toString('base64')}`;
		const keyPair = newKeyPair(context.world, { ...request, publicKey, fingerprint: ecsFingerprint(publicKey) });
		request.keyPairs.add(keyPair);
		return {
			KeyPairId: keyPair.id,
			KeyPairName: keyPair.name,
			KeyPairFingerPrint: keyPair.fingerprint,
			PrivateKeyBody: `${toPem(key)}\n`,
		};
	},
};
