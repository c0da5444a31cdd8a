import { commands, type Uri, window } from 'vscode';
import type { Range } from '../../domain/text';
import { toHostRange } from '../host/range';

/** Opens the file at the range, and Problems below it. */
export async function showProblems(file: Uri, range: Range | undefined): Promise<void> {
	await window.showTextDocument(file, { ...(range && { selection: toHostRange(range) }), preserveFocus: true });
	await commands.executeCommand('workbench.actions.view.problems');
}
