import { l10n, window } from 'vscode';
import type { ChangeHistory } from '../../services/history/changeHistory';
import type { ReadOnlyDocuments } from '../host/documents';
import { toImportOutcome } from '../importRequest';
import { isRecord } from '../isRecord';
import type { FailedImport } from '../language/importDiagnostics';
import type { ImportResults } from '../results/importResults';
import type { Services } from '../services';
import type { SignIn } from '../signIn';
import type { KeyPairRows } from '../views/keyPairRows';
import { addAccessKey, removeAccessKey } from './accessKeys';
import { checkPermissions } from './checkPermission';
import { chooseTargets } from './chooseTargets';
import { compareWithLocal } from './compareWithLocal';
import { copyFingerprint, copyPublicKey } from './copy';
import { create } from './create';
import { deletePair } from './delete';
import { derivePublicKeyFile } from './derivePublicKey';
import { editPairTags } from './editTags';
import { generate } from './generate';
import { type CommandId, commandIds } from './ids';
import type { ImportCommand } from './importKey';
import { openConfiguration } from './openConfiguration';
import { refresh } from './refresh';
import { retryFailed, showDetails } from './retryFailed';
import type { ImportRunner } from './runImport';
import { saveAsUtf8 } from './saveAsUtf8';
import { showHistory } from './showHistory';
import { keyPairOf, profileOf } from './targets';
import { undoImport } from './undoImport';

export interface CommandContext {
	readonly results: ImportResults;
	readonly history: ChangeHistory;
	readonly documents: ReadOnlyDocuments;
	readonly services: Services;
	readonly rows: KeyPairRows;
	readonly signIn: SignIn;
	readonly runner: ImportRunner;
	readonly importCommand: ImportCommand;
}

/** What each command does. */
export type CommandHandlers = { readonly [K in CommandId]: (...args: readonly unknown[]) => unknown };

/** A handler for every command of `commandIds`. */
export function commandHandlers(context: CommandContext): CommandHandlers {
	const { services, rows, signIn, runner, importCommand, results } = context;
	return {
		[commandIds.import]: (argument) => importCommand.run(argument),
		[commandIds.create]: (argument) => create(argument, context),
		[commandIds.delete]: (argument) => deletePair(argument, context),
		[commandIds.editTags]: (argument) => editPairTags(argument, context),
		[commandIds.chooseTargets]: (argument) => chooseTargets(argument, services, signIn),
		[commandIds.refresh]: (argument) => refresh(argument, services),
		[commandIds.signIn]: signInAndRetry,
		[commandIds.openKeyPair]: showKeyPair,
		[commandIds.copyFingerprint]: copyFingerprint,
		[commandIds.copyPublicKey]: copyPublicKey,
		[commandIds.compareWithLocal]: (argument) => compareWithLocal(argument, services),
		[commandIds.generate]: generate,
		[commandIds.retryFailed]: (argument) => retryFailed(argument, context),
		[commandIds.showImportDetails]: () => showDetails(results),
		[commandIds.showHistory]: (argument) => showHistory(argument, context),
		[commandIds.undoImport]: (argument) => undoImport(argument, context),
		[commandIds.checkPermission]: (argument) => checkPermissions(argument, context),
		[commandIds.addAccessKey]: (argument) => addAccessKey(argument, services),
		[commandIds.removeAccessKey]: (argument) => removeAccessKey(argument, services),
		[commandIds.openConfiguration]: (argument) => openConfiguration(argument, services),
		[commandIds.derivePublicKey]: (argument) => derivePublicKeyFile(argument, services),
		[commandIds.saveAsUtf8]: saveAsUtf8,
		[commandIds.retryImport]: retryImport,
	};
	/** Signs a profile in and then, for a quick fix, runs the import again that needed it. */
	async function signInAndRetry(argument: unknown): Promise<boolean> {
		const profile = await profileOf(argument, services);
		const signedIn = await signIn.run(profile);
		if (signedIn && isRecord(argument) && argument['retry']) {
			await retryImport(argument['retry']);
		}
		return signedIn;
	}

	async function showKeyPair(argument: unknown): Promise<boolean> {
		const { target, keyName } = keyPairOf(argument, services.providers);
		const shown = await rows.show(target, keyName, true);
		if (!shown) {
			void window.showWarningMessage(l10n.t('{0} no longer exists.', keyName));
		}
		return shown;
	}

	/** Runs a failed import again, for its own targets. The argument comes from the extension's own quick fixes. */
	async function retryImport(argument: unknown) {
		const { attempt, options, targets, run } = argument as FailedImport;
		const outcomes = await runner.again(attempt, options, targets, run);
		return outcomes.map((outcome) => toImportOutcome(outcome, services));
	}
}
