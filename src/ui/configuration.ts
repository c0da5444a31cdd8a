import { commands, l10n, type QuickPickItem, ThemeIcon } from 'vscode';
import type { FailureKind } from '../providers/failure';
import { commandIds } from './commands/ids';

const kinds: readonly FailureKind[] = [
	'credentialsMissing',
	'credentialsRejected',
	'roleRefused',
	'processFailed',
	'configuration',
];

/** Whether the file that defines the profile is where the failure is mended. `canSignIn`: the profile is of a kind that is signed in; others
 * get new credentials there. */
export function isMendedInConfiguration(kind: FailureKind, canSignIn: boolean): boolean {
	return kinds.includes(kind) || (kind === 'signInExpired' && !canSignIn);
}

/** The row of a form that opens the configuration file. */
export function configurationItem(): QuickPickItem {
	return { label: l10n.t('Open Configuration File'), iconPath: new ThemeIcon('go-to-file') };
}

/** Opens the configuration file that belongs to the argument; see the command. */
export function openConfigurationOf(argument: unknown): void {
	void commands.executeCommand(commandIds.openConfiguration, argument);
}
