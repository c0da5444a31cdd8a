import { l10n, window } from 'vscode';
import { toImportOutcome } from '../importRequest';
import { isRecord } from '../isRecord';
import type { FailedImport } from '../language/importDiagnostics';
import type { Services } from '../services';
import type { SignIn } from '../signIn';
import type { KeyPairRows } from '../views/keyPairRows';
import { compareWithLocal } from './compareWithLocal';
import { copyFingerprint, copyPublicKey } from './copy';
import { derivePublicKeyFile } from './derivePublicKey';
import { generate } from './generate';
import { type CommandId, commandIds } from './ids';
import type { ImportCommand } from './importKey';
import { openConfiguration } from './openConfiguration';
import { refresh } from './refresh';
import type { ImportRunner } from './runImport';
import { saveAsUtf8 } from './saveAsUtf8';
import { keyPairOf, profileOf } from './targets';

export interface CommandContext {
	readonly services: Services;
	readonly rows: KeyPairRows;
	readonly signIn: SignIn;
	readonly runner: ImportRunner;
	readonly importCommand: ImportCommand;
}

/** What each command does. */
export type CommandHandlers = { readonly [K in CommandId]: (...args: readonly unknown[]) => unknown };

/** A handler for every command of `commandIds`. */
export function commandHandlers({ services, rows, signIn, runner, importCommand }: CommandContext): CommandHandlers {
	return {
		[commandIds.import]: (argument) => importCommand.run(argument),
		[commandIds.refresh]: (argument) => refresh(argument, services),
		[commandIds.signIn]: signInAndRetry,
		[commandIds.openKeyPair]: showKeyPair,
		[commandIds.copyFingerprint]: copyFingerprint,
		[commandIds.copyPublicKey]: copyPublicKey,
		[commandIds.compareWithLocal]: (argument) => compareWithLocal(argument, services),
		[commandIds.generate]: generate,
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
		const { target, keyName } = keyPairOf(argument);
		const shown = await rows.show(target, keyName, true);
		if (!shown) {
			void window.showWarningMessage(l10n.t('{0} no longer exists.', keyName));
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
