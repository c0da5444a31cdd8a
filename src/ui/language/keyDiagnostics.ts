import { Diagnostic, DiagnosticSeverity, type TextDocument, type Uri, workspace } from 'vscode';
import type { KeyProblem } from '../../domain/keyProblem';
import { parsePublicKeys } from '../../domain/parsePublicKeys';
import type { Disposable } from '../../services/event';
import { DisposableStore } from '../host/disposables';
import { toHostRange } from '../host/range';
import { describeKeyProblem } from '../messages/keyProblems';
import { isPublicKeyDocument } from './documents';
import { diagnosticSource, type ProblemCollection } from './problemCollection';

/** After so many milliseconds without a keystroke a text is checked anew. */
const debounceMs = 150;

/** What is wrong with the keys of open documents, checked while typing, and of files that were to be imported. */
export class KeyDiagnostics implements Disposable {
	private readonly store = new DisposableStore();
	private readonly pending = new Map<string, NodeJS.Timeout>();

	constructor(private readonly collection: ProblemCollection) {
		this.store.add(workspace.onDidOpenTextDocument((document) => this.check(document)));
		this.store.add(workspace.onDidChangeTextDocument(({ document }) => this.checkLater(document)));
		this.store.add(workspace.onDidCloseTextDocument((document) => this.forget(document)));
		for (const document of workspace.textDocuments) {
			this.check(document);
		}
	}

	/** Shows the problems of a file, open or not. */
	show(uri: Uri, problems: readonly KeyProblem[]): void {
		this.collection.set('keys', uri, problems.map(toDiagnostic));
	}

	dispose(): void {
		this.store.dispose();
		for (const timer of this.pending.values()) {
			clearTimeout(timer);
		}
	}

	private checkLater(document: TextDocument): void {
		const id = document.uri.toString();
		clearTimeout(this.pending.get(id));
		const timer = setTimeout(() => {
			this.pending.delete(id);
			this.check(document);
		}, debounceMs);
		this.pending.set(id, timer);
	}

	private check(document: TextDocument): void {
		if (isPublicKeyDocument(document)) {
			this.show(document.uri, parsePublicKeys(document.getText()).problems);
		}
	}

	private forget(document: TextDocument): void {
		clearTimeout(this.pending.get(document.uri.toString()));
		this.show(document.uri, []);
	}
}

function toDiagnostic(problem: KeyProblem): Diagnostic {
	const severity = problem.severity === 'error' ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning;
	const diagnostic = new Diagnostic(toHostRange(problem.range), describeKeyProblem(problem), severity);
	diagnostic.source = diagnosticSource();
	diagnostic.code = problem.code;
	return diagnostic;
}
