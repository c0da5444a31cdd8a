import { l10n, window } from 'vscode';
import type { KeyPair } from '../../domain/keyPair';
import type { Target } from '../../domain/target';
import { describeFailure } from '../messages/failures';
import type { Services } from '../services';
import { isCloudNode } from '../views/nodes';
import { keyPairOf } from './targets';

/** The key pair of a row, or the listed one that `{ target, keyName }` names; undefined when there is none, or its target can't be listed, which the person was
 * told.
 * @throws {ArgumentError} when the argument is neither. */
export async function listedKeyPair(
	argument: unknown,
	{ remoteKeys, providers }: Pick<Services, 'remoteKeys' | 'providers'>,
): Promise<{ readonly target: Target; readonly keyPair: KeyPair } | undefined> {
	const { target, keyName } = keyPairOf(argument, providers);
	if (isCloudNode(argument) && argument.kind === 'keyPair') {
		return { target, keyPair: argument.keyPair };
	}
	const listing = await remoteKeys.list(target);
	if (listing.status === 'failed') {
		const { message, advice } = describeFailure(listing.failure, providers.manifest(target.service).label);
		void window.showErrorMessage(`${message} ${advice}`);
		return undefined;
	}
	const keyPair = listing.keyPairs.find(({ name }) => name === keyName);
	if (!keyPair) {
		void window.showWarningMessage(l10n.t('{0} no longer exists.', keyName));
	}
	return keyPair && { target, keyPair };
}
