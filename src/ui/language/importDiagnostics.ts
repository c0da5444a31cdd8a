import { Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, Location, l10n, Uri, workspace } from 'vscode';
import { type Target, targetId } from '../../domain/target';
import type { Disposable } from '../../services/event';
import type { ImportFailure, KeyImport, TargetOutcome } from '../../services/keyImport';
import type { Providers } from '../../services/ports';
import type { CompleteImport } from '../forms/importForm';
import { DisposableStore } from '../host/disposables';
import { toHostRange } from '../host/range';
import { watchFile } from '../host/watching';
import { describeImportFailure, describeTarget } from '../messages/imports';
import { diagnosticSource, type ProblemCollection } from './problemCollection';

/** A target that did not get a key, as it stands in Problems. */
export interface FailedImport {
	readonly diagnostic: Diagnostic;
	readonly target: Target;
	readonly failure: ImportFailure;
	readonly attempt: CompleteImport;
	readonly options: Pick<KeyImport, 'dryRun' | 'ifExists'>;
}

/** What the services answered, on the line of the key: one diagnostic per target that failed, gone after a success there and after an edit
 * or the deletion of the file (of an untitled one: its closing). */
export class ImportDiagnostics implements Disposable {
	private readonly store = new DisposableStore();
	private readonly byUri = new Map<string, { failed: readonly FailedImport[]; watcher: Disposable }>();

	constructor(
		private readonly collection: ProblemCollection,
		private readonly providers: Providers,
	) {
		this.store.add(
			workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
				if (contentChanges.length > 0) {
					this.clear(document.uri);
				}
			}),
		);
		// Such a document is nowhere else.
		this.store.add(
			workspace.onDidCloseTextDocument(({ isUntitled, uri }) => {
				if (isUntitled) {
					this.clear(uri);
				}
			}),
		);
	}

	/** Takes the outcomes of an attempt in: failures are shown, and what was shown for these targets and this key before is gone. */
	report(
		attempt: CompleteImport,
		options: Pick<KeyImport, 'dryRun' | 'ifExists'>,
		outcomes: readonly TargetOutcome[],
	): void {
		const { origin, key } = attempt.key;
		if (!origin) {
			return;
		}
		const tried = new Set(outcomes.map(({ target }) => targetId(target)));
		const others = this.failedAt(origin).filter(
			(failed) => failed.attempt.key.key.publicKey !== key.publicKey || !tried.has(targetId(failed.target)),
		);
		const failed = outcomes.flatMap((outcome): readonly FailedImport[] => {
			if (outcome.status !== 'failed') {
				return [];
			}
			const { target, failure } = outcome;
			return [{ diagnostic: this.diagnostic(attempt, target, failure), target, failure, attempt, options }];
		});
		this.keep(origin, [...others, ...failed]);
	}

	/** The failures that stand in a file. */
	failedAt(uri: Uri): readonly FailedImport[] {
		return this.byUri.get(uri.toString())?.failed ?? [];
	}

	clear(uri: Uri): void {
		if (this.byUri.has(uri.toString())) {
			this.keep(uri, []);
		}
	}

	dispose(): void {
		this.store.dispose();
		for (const { watcher } of this.byUri.values()) {
			watcher.dispose();
		}
	}

	private keep(uri: Uri, failed: readonly FailedImport[]): void {
		const id = uri.toString();
		const kept = this.byUri.get(id);
		if (failed.length === 0) {
			kept?.watcher.dispose();
			this.byUri.delete(id);
		} else {
			this.byUri.set(id, { failed, watcher: kept?.watcher ?? watchFile(uri, () => this.clear(uri)) });
		}
		this.collection.set(
			'imports',
			uri,
			failed.map(({ diagnostic }) => diagnostic),
		);
	}

	private diagnostic(attempt: CompleteImport, target: Target, failure: ImportFailure): Diagnostic {
		const manifest = this.providers.manifest(target.service);
		const { message, advice } = describeImportFailure(failure, manifest.label);
		const answered = failure.by === 'service' ? failure.failure : undefined;
		const where = l10n.t('{0} · {1}', manifest.label, describeTarget(target));
		const request = answered?.requestId ? l10n.t('Request ID: {0}.', answered.requestId) : '';
		const text = [l10n.t('{0}: {1}', where, message), advice, request].filter(Boolean).join(' ');
		const range = toHostRange(attempt.key.key.range);
		const diagnostic = new Diagnostic(range, text, DiagnosticSeverity.Error);
		diagnostic.source = diagnosticSource();
		const code = answered
			? (answered.code ?? answered.kind)
			: (failure.by === 'rules' && failure.problems[0]?.code) || '';
		diagnostic.code = { value: code, target: Uri.parse(manifest.errorPage(answered?.code)) };
		const { origin } = attempt.key;
		if (failure.by === 'service' && failure.existing && origin) {
			const { name, fingerprint, id } = failure.existing;
			const existing = [name, id, fingerprint].filter(Boolean).join(' · ');
			diagnostic.relatedInformation = [
				new DiagnosticRelatedInformation(
					new Location(origin, range),
					l10n.t('The key pair with this name: {0}', existing),
				),
			];
		}
		return diagnostic;
	}
}
