import { l10n, window } from 'vscode';
import type { KeyPair } from '../../domain/keyPair';
import type { Target } from '../../domain/target';
import { type DeleteOutcome, deleteKeyPair } from '../../services/changes/deleteKeyPair';
import type { ChangeHistory } from '../../services/history/changeHistory';
import { confirmDelete } from '../forms/confirmDelete';
import { withCancellableProgress } from '../host/progress';
import { isRecord } from '../isRecord';
import { describeFailure } from '../messages/failures';
import { describePlace } from '../messages/targets';
import type { Services } from '../services';
import { listedKeyPair } from './keyPairArgument';
import { recordChange } from './recordChange';
import { ArgumentError } from './run';

/** What became of a key pair that was to be deleted. `changed`: another key pair has the name, which was left alone. */
export interface Deletion {
	readonly target: Target;
	readonly keyName: string;
	readonly status: DeleteOutcome['status'];
	/** The key pair that was deleted. */
	readonly keyPair?: KeyPair;
}

export interface DeleteContext {
	readonly services: Services;
	readonly history: ChangeHistory;
}

/** *Delete Key Pair*: asks first, always. Takes a key pair's row, or `{ target, keyName, fingerprint? }`: with a fingerprint only a key pair that has it is
 * deleted.
 * @returns undefined when the person did not want to, or there is no such key pair. @throws {ArgumentError} when the argument is neither. */
export async function deletePair(argument: unknown, context: DeleteContext): Promise<Deletion | undefined> {
	const { services } = context;
	const fingerprint = isRecord(argument) ? argument['fingerprint'] : undefined;
	if (fingerprint !== undefined && typeof fingerprint !== 'string') {
		throw new ArgumentError('cloudKeyPairs.delete: fingerprint must be a string');
	}
	const found = await listedKeyPair(argument, services);
	if (!found) {
		return undefined;
	}
	const { target, keyPair } = found;
	if (fingerprint !== undefined && fingerprint !== keyPair.fingerprint) {
		tell({ status: 'changed', keyPair }, target, keyPair, services);
		return { target, keyName: keyPair.name, status: 'changed' };
	}
	const { label } = services.providers.manifest(target.service);
	if (!(await confirmDelete(target, keyPair, label))) {
		return undefined;
	}
	const { status, ...more } = await deleteWithProgress(target, keyPair, context);
	return { target, keyName: keyPair.name, status, ...(status === 'deleted' && 'keyPair' in more && more) };
}

/** Deletes a key pair without asking, and tells what came of it. */
export async function deleteWithProgress(
	target: Target,
	keyPair: KeyPair,
	context: DeleteContext,
): Promise<DeleteOutcome> {
	const { services } = context;
	const { label } = services.providers.manifest(target.service);
	const title = l10n.t('Deleting {0} from {1}', keyPair.name, describePlace(target, label));
	const outcome = await withCancellableProgress(title, 1, (_, signal) =>
		deleteKeyPair(target, keyPair, services, signal),
	);
	switch (outcome.status) {
		case 'deleted':
			await recordChange(context, { change: 'delete', target, keyPair });
			services.remoteKeys.remove(target, keyPair);
			break;
		case 'notThere':
			services.remoteKeys.remove(target, keyPair);
			break;
		case 'failed':
			await recordChange(context, { change: 'delete', target, keyPair, failure: outcome.failure });
			if (outcome.failure.outcomeUnknown) {
				void services.remoteKeys.reload(target);
			}
			break;
		case 'changed':
			void services.remoteKeys.reload(target);
			break;
		case 'cancelled':
			break;
	}
	tell(outcome, target, keyPair, services);
	return outcome;
}

function tell(outcome: DeleteOutcome, target: Target, { name }: KeyPair, { providers }: Services): void {
	const { label } = providers.manifest(target.service);
	const place = describePlace(target, label);
	switch (outcome.status) {
		case 'deleted':
			void window.showInformationMessage(l10n.t('Deleted {0} from {1}.', name, place));
			break;
		case 'notThere':
			void window.showInformationMessage(l10n.t('{0} no longer exists.', name));
			break;
		case 'changed':
			void window.showWarningMessage(
				l10n.t(
					'Nothing was deleted: {0} in {1} is another key pair by now. Its fingerprint is {2}.',
					name,
					place,
					outcome.keyPair.fingerprint ?? l10n.t('not known'),
				),
			);
			break;
		case 'failed': {
			const { message, advice } = describeFailure(outcome.failure, label);
			const summary = outcome.failure.outcomeUnknown
				? l10n.t('It is not known whether {0} was deleted from {1}.', name, place)
				: l10n.t('{0} was not deleted from {1}.', name, place);
			void window.showErrorMessage([summary, message, advice].join(' '));
			break;
		}
		case 'cancelled':
			break;
	}
}
