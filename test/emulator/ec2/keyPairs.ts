import type { StoredKeyPair } from '../accounts/keyPairStore';
import { AwsError } from '../awsError';
import { type PublicKey, sshNames } from '../keys/publicKey';
import type { OperationContext } from './operation';

/** The ARN of a key pair, by name as IAM has it. */
export function keyPairArn(context: OperationContext, name: string): string {
	return `arn:aws:ec2:${context.region}:${context.account.id}:key-pair/${name}`;
}

/** Keeps a new key pair.
 * @throws {AwsError} InvalidKeyPair.Duplicate, KeyPairLimitExceeded */
export function addKeyPair(
	context: OperationContext,
	name: string,
	publicKey: PublicKey,
	fingerprint: string,
	tags: ReadonlyMap<string, string>,
): StoredKeyPair {
	const { account, region, world } = context;
	checkRoom(context, name);
	const keyPair: StoredKeyPair = {
		id: `key-0${world.random(8).toString('hex')}`,
		name,
		type: publicKey.type,
		fingerprint,
		publicKey: `${sshNames[publicKey.type]} ${publicKey.blob.toString('base64')}`,
		createdAt: world.now(),
		tags: new Map(tags),
	};
	account.keyPairs(region).add(keyPair);
	return keyPair;
}

/** @throws {AwsError} InvalidKeyPair.Duplicate, KeyPairLimitExceeded */
export function checkRoom({ account, region }: OperationContext, name: string): void {
	const store = account.keyPairs(region);
	if (store.withName(name) !== undefined) {
		throw new AwsError('InvalidKeyPair.Duplicate', `The keypair '${name}' already exists.`);
	}
	if (store.size >= account.keyPairLimit) {
		throw new AwsError(
			'KeyPairLimitExceeded',
			`You have reached the maximum number of key pairs (${account.keyPairLimit}) for this Region.`,
		);
	}
}
