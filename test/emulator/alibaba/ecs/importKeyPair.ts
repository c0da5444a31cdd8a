import { AlibabaError } from '../alibabaError';
import { newKeyPair } from '../keyPairs';
import type { Operation } from '../operation';
import { required } from '../parameters';
import { ecsFingerprint } from './fingerprint';
import { checkRoom, readKeyPairRequest } from './newKeyPair';

/** The key types of the reference: rsa, dsa, ssh-rsa, ssh-dss, ecdsa. */
const keyTypes = ['rsa', 'dsa', 'ssh-rsa', 'ssh-dss', 'ecdsa'];

/** ImportKeyPair: keeps a public key under a name. Its reply has no id. */
export const importKeyPair: Operation = {
	name: 'ImportKeyPair',
	perform: (context) => {
		const request = readKeyPairRequest(context);
		const publicKey = required(context.parameters, 'PublicKeyBody');
		if (!isAccepted(publicKey, context.cloud.choices.ecsTakesEd25519)) {
			throw new AlibabaError('InvalidPublicKeyBody.Malformed', 'The PublicKeyBody format is not supported.');
		}
		checkRoom(context, request);
		const { keyPairs, name } = request;
		const keyPair = newKeyPair(context.world, { ...request, publicKey, fingerprint: ecsFingerprint(publicKey) });
		keyPairs.add(keyPair);
		return { KeyPairName: name, KeyPairFingerPrint: keyPair.fingerprint };
	},
};

/** Whether the text is `type base64`, perhaps with a comment, of a type that ECS lists. Whether the base64 is a key is not looked at: the
 * examples of the Terraform provider import `ssh-rsa AAAAB3Nza12345678qwertyuudsfsg`. */
function isAccepted(publicKey: string, ed25519: boolean): boolean {
	const [, type = ''] = /^(\S+) +[A-Za-z0-9+/]+={0,2}(?: [^\r\n]*)?\s*$/.exec(publicKey) ?? [];
	return keyTypes.includes(type) || type.startsWith('ecdsa-sha2-nistp') || (ed25519 && type === 'ssh-ed25519');
}
