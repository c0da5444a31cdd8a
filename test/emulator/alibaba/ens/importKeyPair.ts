import { AlibabaError } from '../alibabaError';
import { md5Fingerprint, newKeyPair } from '../keyPairs';
import type { Operation } from '../operation';
import { required } from '../parameters';
import { checkFree, newName } from './newKeyPair';
import { keyPairsOfSite } from './site';

/** ImportKeyPair: keeps a public key of type ssh-rsa under a name. Its reply has no id. */
export const importKeyPair: Operation = {
	name: 'ImportKeyPair',
	perform: (context) => {
		const name = newName(context);
		const publicKey = required(context.parameters, 'PublicKeyBody');
		if (!/^ssh-rsa +[A-Za-z0-9+/]+={0,2}(?: [^\r\n]*)?\s*$/.test(publicKey)) {
			throw new AlibabaError('InvalidPublicKeyBody.Malformed', 'The PublicKeyBody format is not supported.');
		}
		checkFree(context, name);
		const keyPair = newKeyPair(context.world, { name, publicKey, fingerprint: md5Fingerprint(publicKey) });
		keyPairsOfSite(context).add(keyPair);
		return { KeyPairName: name, KeyPairFingerPrint: keyPair.fingerprint };
	},
};
