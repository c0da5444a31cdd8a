import { Diagnostic, DiagnosticSeverity, type TextDocument, type Uri, workspace } from 'vscode';
import type { KeyProblem } from '../../domain/keyProblem';
import type { Disposable } from '../../services/event';
import type { LocalKeys } from '../../services/localKeys/localKeys';
import { DisposableStore } from '../host/disposables';
import { findPublicHalf } from '../host/publicHalf';
import { toHostRange } from '../host/range';
import { watchFile } from '../host/watching';
import { describeKeyProblem } from '../messages/keyProblems';
import { type KeyDocumentKind, keyDocumentKind } from './documents';
import type { KeyTexts } from './keyTexts';
import { diagnosticSource, type ProblemCollection } from './problemCollection';

/** After so many milliseconds without a keystroke a text is checked anew. */
const debounceMs = 150;

/** What is wrong with the keys of open documents, checked while typing, and of files that were to be imported. A private key that is open is no mistake:
 * what can be wrong is that its public half is missing. */
export class KeyDiagnostics implements Disposable {
	private readonly store = new DisposableStore();
	private readonly pending = new Map<string, NodeJS.Timeout>();
	/** Where there are problems at this moment. */
	private readonly shown = new Set<string>();
	/** Files that are shown though they are not open. */
	private readonly watched = new Map<string, Disposable>();

	constructor(
		private readonly collection: ProblemCollection,
		private readonly texts: KeyTexts,
		localKeys: LocalKeys,
	) {
		this.store.add(workspace.onDidOpenTextDocument((document) => this.checkOpened(document)));
		this.store.add(workspace.onDidChangeTextDocument(({ document }) => this.checkLater(document)));
		this.store.add(workspace.onDidCloseTextDocument((document) => this.forget(document)));
		// A public key file may have come, or gone.
		this.store.add(localKeys.onDidChange(() => this.checkAll('privateKey')));
		this.checkAll();
	}

	/** Shows the problems of a file, open or not, until it changes. */
	show(uri: Uri, problems: readonly KeyProblem[]): void {
		const id = uri.toString();
		this.set(uri, problems);
		if (!workspace.textDocuments.some((document) => document.uri.toString() === id)) {
			this.watched.set(
				id,
				watchFile(uri, () => this.set(uri, [])),
			);
		}
	}

	dispose(): void {
		this.store.dispose();
		for (const timer of this.pending.values()) {
			clearTimeout(timer);
		}
		for (const watcher of this.watched.values()) {
			watcher.dispose();
		}
	}

	private set(uri: Uri, problems: readonly KeyProblem[], severity?: DiagnosticSeverity): void {
		const id = uri.toString();
		this.watched.get(id)?.dispose();
		this.watched.delete(id);
		const diagnostics = problems.map((problem) => toDiagnostic(problem, severity ?? severities[problem.severity]));
		this.collection.set('keys', uri, diagnostics);
		if (diagnostics.length > 0) {
			this.shown.add(id);
		} else {
			this.shown.delete(id);
		}
	}

	private checkAll(kind?: KeyDocumentKind): void {
		for (const document of workspace.textDocuments) {
			const own = keyDocumentKind(document);
			if (own !== undefined && (kind === undefined || own === kind)) {
				this.check(document);
			}
		}
	}

	private checkLater(document: TextDocument): void {
		const id = document.uri.toString();
		if (keyDocumentKind(document) === undefined && !this.shown.has(id)) {
			return;
		}
		clearTimeout(this.pending.get(id));
		const timer = setTimeout(() => {
			this.pending.delete(id);
			this.check(document);
		}, debounceMs);
		this.pending.set(id, timer);
	}

	/** What was said of a file that is none of ours, since it was to be imported, stays for whoever opens it to look. */
	private checkOpened(document: TextDocument): void {
		const isAnswer = this.watched.has(document.uri.toString()) && this.texts.read(document).problems.length === 0;
		if (!isAnswer && keyDocumentKind(document) !== undefined) {
			this.check(document);
		}
	}

	private check(document: TextDocument): void {
		const { problems } = this.texts.read(document);
		if (keyDocumentKind(document) === 'privateKey') {
			void this.checkPrivateKey(document, problems);
		} else {
			this.set(document.uri, problems);
		}
	}

	private async checkPrivateKey(document: TextDocument, problems: readonly KeyProblem[]): Promise<void> {
		const { uri, version } = document;
		const publicHalf = await findPublicHalf(uri);
		if (!document.isClosed && document.version === version) {
			this.set(uri, publicHalf ? [] : problems, DiagnosticSeverity.Information);
		}
	}

	private forget(document: TextDocument): void {
		const id = document.uri.toString();
		clearTimeout(this.pending.get(id));
		this.texts.forget(document);
		if (this.shown.has(id)) {
			this.set(document.uri, []);
		}
	}
}

function toDiagnostic(problem: KeyProblem, severity: DiagnosticSeverity): Diagnostic {
	const diagnostic = new Diagnostic(toHostRange(problem.range), describeKeyProblem(problem), severity);
	diagnostic.source = diagnosticSource();
	diagnostic.code = problem.code;
	return diagnostic;
}

const severities = { error: DiagnosticSeverity.Error, warning: DiagnosticSeverity.Warning };
