import { Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, Location, l10n, Uri, workspace } from 'vscode';
import { type Target, targetId } from '../../domain/target';
import type { Disposable } from '../../services/event';
import type { ImportFailure, ImportOptions, TargetOutcome } from '../../services/keyImport';
import type { Providers } from '../../services/ports';
import type { CompleteImport } from '../forms/importForm';
import { DisposableStore } from '../host/disposables';
import { toHostRange } from '../host/range';
import { watchFile } from '../host/watching';
import type { Words } from '../messages/failures';
import { describeImportFailure, describeTarget } from '../messages/imports';
import { type FailedOutcome, groupFailures } from '../results/failureGroups';
import { diagnosticSource, type ProblemCollection } from './problemCollection';

/** Targets that did not get a key for one reason, as they stand in Problems. */
export interface FailedImport {
	readonly diagnostic: Diagnostic;
	readonly targets: readonly [Target, ...Target[]];
	/** The first target's. */
	readonly failure: ImportFailure;
	readonly attempt: CompleteImport;
	readonly options: ImportOptions;
	/** The run of the report that tells of it. */
	readonly run: string;
}

/** So many targets that failed for one reason have a diagnostic each; more share one. */
const maxAlone = 5;

/** So many targets are named by a diagnostic that stands for more of them. */
const maxNamed = 10;

/** One target's failure, with what is needed to try again. */
interface Failed {
	readonly outcome: FailedOutcome;
	readonly attempt: CompleteImport;
	readonly options: ImportOptions;
	readonly run: string;
}

interface FileFailures {
	readonly failed: readonly Failed[];
	readonly shown: readonly FailedImport[];
	readonly watcher: Disposable;
}

/** What the services answered, on the line of the key: one diagnostic per target that failed, or one for many of the same reason; gone after a success
 * there and after an edit or the deletion of the file (of an untitled one: its closing). */
export class ImportDiagnostics implements Disposable {
	private readonly store = new DisposableStore();
	private readonly byUri = new Map<string, FileFailures>();

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
	report(attempt: CompleteImport, options: ImportOptions, outcomes: readonly TargetOutcome[], run: string): void {
		const { origin, key } = attempt.key;
		if (!origin) {
			return;
		}
		const tried = new Set(outcomes.map(({ target }) => targetId(target)));
		const others = (this.byUri.get(origin.toString())?.failed ?? []).filter(
			(failed) => failed.attempt.key.key.publicKey !== key.publicKey || !tried.has(targetId(failed.outcome.target)),
		);
		const failed = outcomes.flatMap((outcome): readonly Failed[] =>
			outcome.status === 'failed' ? [{ outcome, attempt, options, run }] : [],
		);
		this.keep(origin, [...others, ...failed]);
	}

	/** The failures that stand in a file. */
	failedAt(uri: Uri): readonly FailedImport[] {
		return this.byUri.get(uri.toString())?.shown ?? [];
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

	private keep(uri: Uri, failed: readonly Failed[]): void {
		const id = uri.toString();
		const kept = this.byUri.get(id);
		const shown = this.toShow(failed);
		if (failed.length === 0) {
			kept?.watcher.dispose();
			this.byUri.delete(id);
		} else {
			this.byUri.set(id, { failed, shown, watcher: kept?.watcher ?? watchFile(uri, () => this.clear(uri)) });
		}
		this.collection.set(
			'imports',
			uri,
			shown.map(({ diagnostic }) => diagnostic),
		);
	}

	/** What was tried together and failed for one reason in many targets is shown once. */
	private toShow(failed: readonly Failed[]): readonly FailedImport[] {
		const attempts = new Map<CompleteImport, Failed[]>();
		for (const one of failed) {
			attempts.set(one.attempt, [...(attempts.get(one.attempt) ?? []), one]);
		}
		return [...attempts.values()].flatMap((tried) => {
			const [first] = tried;
			const groups = groupFailures(
				tried.map(({ outcome }) => outcome),
				this.providers,
			);
			return groups.flatMap(({ words, outcomes }): readonly FailedImport[] => {
				if (!first) {
					return [];
				}
				const { attempt, options, run } = first;
				const shared = { attempt, options, run };
				if (outcomes.length > maxAlone) {
					const [{ target, failure }, ...others] = outcomes;
					const targets = [target, ...others.map((other) => other.target)] as const;
					const text = this.manyText(targets, words);
					return [{ ...shared, diagnostic: this.diagnostic(attempt, target, failure, text), targets, failure }];
				}
				return outcomes.map(({ target, failure }) => ({
					...shared,
					diagnostic: this.diagnostic(attempt, target, failure, this.oneText(target, failure)),
					targets: [target],
					failure,
				}));
			});
		});
	}

	private oneText(target: Target, failure: ImportFailure): string {
		const { message, advice } = describeImportFailure(failure, this.providers.manifest(target.service).label);
		const requestId = failure.by === 'service' ? failure.failure.requestId : undefined;
		const request = requestId ? l10n.t('Request ID: {0}.', requestId) : '';
		return [l10n.t('{0}: {1}', this.describe(target), message), advice, request].filter(Boolean).join(' ');
	}

	private manyText(targets: readonly Target[], { message, advice }: Words): string {
		const named = targets.slice(0, maxNamed).map((target) => this.describe(target));
		const more = targets.length - named.length;
		const where = [...named, ...(more > 0 ? [l10n.t('and {0} more', more)] : [])].join(', ');
		return `${l10n.t('{0} targets: {1}', targets.length, message)} ${advice}\n${where}`;
	}

	private describe(target: Target): string {
		return l10n.t('{0} · {1}', this.providers.manifest(target.service).label, describeTarget(target));
	}

	private diagnostic(attempt: CompleteImport, target: Target, failure: ImportFailure, text: string): Diagnostic {
		const answered = failure.by === 'service' ? failure.failure : undefined;
		const range = toHostRange(attempt.key.key.range);
		const diagnostic = new Diagnostic(range, text, DiagnosticSeverity.Error);
		diagnostic.source = diagnosticSource();
		const code = answered
			? (answered.code ?? answered.kind)
			: (failure.by === 'rules' && failure.problems[0]?.code) || '';
		const page = this.providers.manifest(target.service).errorPage(answered?.code);
		diagnostic.code = { value: code, target: Uri.parse(page) };
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
