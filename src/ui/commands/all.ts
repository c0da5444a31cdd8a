import { l10n, window } from 'vscode';
import type { Disposable } from '../../services/event';
import { DisposableStore } from '../host/disposables';
import type { OutputLog } from '../host/log';
import { toImportOutcome } from '../importRequest';
import { isRecord } from '../isRecord';
import type { FailedImport } from '../language/importDiagnostics';
import type { Services } from '../services';
import type { SignIn } from '../signIn';
import type { Views } from '../views/register';
import { copyFingerprint, copyPublicKey } from './copy';
import { generate } from './generate';
import { type CommandId, commandIds } from './ids';
import type { ImportCommand } from './importKey';
import { openConfiguration } from './openConfiguration';
import { refresh } from './refresh';
import { registerCommand } from './register';
import type { ImportRunner } from './runImport';
import { keyPairOf, profileOf } from './targets';

export interface CommandContext {
	readonly services: Services;
	readonly log: OutputLog;
	readonly views: Views;
	readonly signIn: SignIn;
	readonly runner: ImportRunner;
	readonly importCommand: ImportCommand;
}

/** Registers every command of `commandIds`. */
export function registerCommands({ services, log, views, signIn, runner, importCommand }: CommandContext): Disposable {
	const handlers: { readonly [K in CommandId]: (argument: unknown) => unknown } = {
		[commandIds.import]: (argument) => importCommand.run(argument),
		[commandIds.refresh]: (argument) => refresh(argument, services),
		[commandIds.signIn]: signInAndRetry,
		[commandIds.openKeyPair]: showKeyPair,
		[commandIds.copyFingerprint]: copyFingerprint,
		[commandIds.copyPublicKey]: copyPublicKey,
		[commandIds.generate]: generate,
		[commandIds.openConfiguration]: (argument) => openConfiguration(argument, services),
		[commandIds.retryImport]: retryImport,
	};
	const store = new DisposableStore();
	for (const id of Object.values(commandIds)) {
		store.add(registerCommand(id, log, handlers[id]));
	}
	return store;

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
		const { target, keyName } = keyPairOf(argument);
		const shown = await views.show(target, keyName, true);
		if (!shown) {
			void window.showWarningMessage(l10n.t('{0} is not there any more.', keyName));
		}
		return shown;
	}

	/** Runs a failed import again, for its own target. The argument comes from the extension's own quick fixes. */
	async function retryImport(argument: unknown) {
		const { attempt, options, target } = argument as FailedImport;
		const outcomes = await runner.run(attempt, options, [target]);
		return outcomes.map((outcome) => toImportOutcome(outcome, services));
	}
}
