import { CodeAction, CodeActionKind, type Diagnostic, type Range, type TextDocument, WorkspaceEdit } from 'vscode';
import type { KeyFix, KeyProblem } from '../../domain/keyProblem';
import { commandIds } from '../commands/ids';
import { toHostRange } from '../host/range';
import { describeKeyFix } from '../messages/keyProblems';
import type { KeyTexts } from './keyTexts';
import { diagnosticSource } from './problemCollection';

/** Quick fixes for what is wrong with a key itself. */
export class KeyActions {
	constructor(private readonly texts: KeyTexts) {}

	/** The fixes for the problems within the range, for the text as it is now: what the diagnostics say may be a keystroke old. */
	provideCodeActions(
		document: TextDocument,
		range: Range,
		{ diagnostics }: { diagnostics: readonly Diagnostic[] },
	): readonly CodeAction[] {
		return this.texts
			.read(document)
			.problems.filter((problem) => toHostRange(problem.range).intersection(range) !== undefined)
			.flatMap((problem) => (problem.fix ? [toAction(document, problem, problem.fix, diagnostics)] : []));
	}
}

function toAction(
	document: TextDocument,
	problem: KeyProblem,
	fix: KeyFix,
	diagnostics: readonly Diagnostic[],
): CodeAction {
	const title = describeKeyFix(fix.title, problem);
	const action = new CodeAction(title, CodeActionKind.QuickFix);
	action.isPreferred = true;
	action.diagnostics = diagnostics.filter(
		({ source, code, range }) =>
			source === diagnosticSource() && code === problem.code && range.isEqual(toHostRange(problem.range)),
	);
	if (fix.title === 'derivePublicKey') {
		action.command = { title, command: commandIds.derivePublicKey, arguments: [document.uri] };
	} else if (fix.title === 'removeBom') {
		// The editor keeps the mark to itself: no edit of the text takes it away.
		action.command = { title, command: commandIds.saveAsUtf8, arguments: [document.uri] };
	} else {
		action.edit = new WorkspaceEdit();
		for (const { range, newText } of fix.edits) {
			action.edit.replace(document.uri, toHostRange(range), newText);
		}
	}
	return action;
}
