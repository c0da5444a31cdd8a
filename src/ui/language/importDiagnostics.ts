import { Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, Location, l10n, Uri, workspace } from 'vscode';
import { type Target, targetId } from '../../domain/target';
import type { ProviderFailure } from '../../providers/failure';
import type { Disposable } from '../../services/event';
import { type HistoryEntry, targetOf } from '../../services/history/changeHistory';
import type { ImportOptions, TargetOutcome } from '../../services/imports/keyImport';
import type { Providers } from '../../services/ports';
import type { CompleteImport } from '../forms/importForm';
import { DisposableStore } from '../host/disposables';
import { toHostRange } from '../host/range';
import { watchFile } from '../host/watching';
import type { Words } from '../messages/failures';
import { lacksTags, type UntaggedOutcome } from '../messages/importSummary';
import { describeImportFailure, describeTagFailure } from '../messages/imports';
import { placeOf } from '../messages/targets';
import { type FailedOutcome, groupFailures, groupUntagged } from '../results/failureGroups';
import { diagnosticSource, type ProblemCollection } from './problemCollection';

/** What went wrong in one target: the key is not there, or its tags are not. */
export type ProblemOutcome = FailedOutcome | UntaggedOutcome;

/** Targets where the same went wrong for one reason, as they stand in Problems. */
export interface FailedImport {
	readonly diagnostic: Diagnostic;
	readonly targets: readonly [Target, ...Target[]];
	/** The first target's. */
	readonly outcome: ProblemOutcome;
	readonly attempt: CompleteImport;
	readonly options: ImportOptions;
	/** The run of the report that tells of it. */
	readonly run: string;
}

/** So many targets that failed for one reason have a diagnostic each; more share one. */
const maxAlone = 5;

/** So many targets are named by a diagnostic that stands for more of them. */
const maxNamed = 10;

/** What went wrong in one target, with what is needed to try again. */
interface Failed {
	readonly outcome: ProblemOutcome;
	readonly attempt: CompleteImport;
	readonly options: ImportOptions;
	readonly run: string;
}

interface FileFailures {
	readonly failed: readonly Failed[];
	readonly shown: readonly FailedImport[];
	readonly watcher: Disposable;
}

/** What the services answered, on the line of the key: one diagnostic per target that failed, or one for many of the same reason, and a warning where the key
 * is there without its tags. Gone after a success there and after an edit or the deletion of the file (of an untitled one: its closing). */
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
			outcome.status === 'failed' || lacksTags(outcome) ? [{ outcome, attempt, options, run }] : [],
		);
		this.keep(origin, [...others, ...failed]);
	}

	/** Takes in what else was changed: a key pair whose tags were set since, or that was deleted, lacks no tags any more. */
	settle(entries: readonly HistoryEntry[]): void {
		const settled = new Set(entries.filter(({ outcome }) => outcome === 'done').map(placeOfEntry));
		for (const [id, { failed }] of this.byUri) {
			const left = failed.filter(
				({ outcome }) => outcome.status === 'failed' || !settled.has(placeId(outcome.target, outcome.keyPair.name)),
			);
			if (left.length < failed.length) {
				this.keep(Uri.parse(id), left);
			}
		}
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
		const runs = new Map<string, Failed[]>();
		for (const one of failed) {
			const tried = runs.get(one.run);
			if (tried) {
				tried.push(one);
			} else {
				runs.set(one.run, [one]);
			}
		}
		return [...runs.values()].flatMap((tried) => {
			const [first] = tried;
			if (!first) {
				return [];
			}
			const outcomes = tried.map(({ outcome }) => outcome);
			const groups = [...groupFailures(outcomes, this.providers), ...groupUntagged(outcomes, this.providers)];
			return groups.flatMap((group) => this.toProblems(first, group.words, group.outcomes));
		});
	}

	private toProblems(
		{ attempt, options, run }: Failed,
		words: Words,
		outcomes: readonly [ProblemOutcome, ...ProblemOutcome[]],
	): readonly FailedImport[] {
		const shared = { attempt, options, run };
		if (outcomes.length <= maxAlone) {
			return outcomes.map((outcome) => ({
				...shared,
				diagnostic: this.diagnostic(attempt, outcome, this.oneText(outcome)),
				targets: [outcome.target],
				outcome,
			}));
		}
		const [outcome, ...others] = outcomes;
		const targets = [outcome.target, ...others.map(({ target }) => target)] as const;
		const diagnostic = this.diagnostic(attempt, outcome, this.manyText(targets, words), false);
		return [{ ...shared, diagnostic, targets, outcome }];
	}

	private oneText(outcome: ProblemOutcome): string {
		const { target, requestId } = outcome;
		const { label } = this.providers.manifest(target.service);
		const { message, advice } =
			outcome.status === 'failed'
				? describeImportFailure(outcome.failure, label)
				: describeTagFailure(outcome.tagFailure, label);
		const request = requestId ? l10n.t('Request ID: {0}.', requestId) : '';
		return [l10n.t('{0}: {1}', placeOf(target, this.providers), message), advice, request].filter(Boolean).join(' ');
	}

	private manyText(targets: readonly Target[], { message, advice }: Words): string {
		const named = targets.slice(0, maxNamed).map((target) => placeOf(target, this.providers));
		const more = targets.length - named.length;
		const where = [...named, ...(more > 0 ? [l10n.t('and {0} more', more)] : [])].join(', ');
		return `${l10n.t('{0} targets: {1}', targets.length, message)} ${advice}\n${where}`;
	}

	/** `isAlone`: the diagnostic is of this target and no other. */
	private diagnostic(attempt: CompleteImport, outcome: ProblemOutcome, text: string, isAlone = true): Diagnostic {
		const range = toHostRange(attempt.key.key.range);
		const severity = outcome.status === 'failed' ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning;
		const diagnostic = new Diagnostic(range, text, severity);
		diagnostic.source = diagnosticSource();
		const answer = answerOf(outcome);
		const page = this.providers.manifest(outcome.target.service).errorPage(answer.ofService);
		diagnostic.code = { value: answer.code, target: Uri.parse(page) };
		const { origin } = attempt.key;
		const other = isAlone ? otherKeyPair(outcome) : undefined;
		if (other && origin) {
			diagnostic.relatedInformation = [new DiagnosticRelatedInformation(new Location(origin, range), other)];
		}
		return diagnostic;
	}
}

/** The code that is shown, and the service's own where it gave one. */
function answerOf(outcome: ProblemOutcome): { readonly code: string; readonly ofService: string | undefined } {
	if (outcome.status !== 'failed') {
		return codeOf(outcome.tagFailure);
	}
	const { failure } = outcome;
	return failure.by === 'service'
		? codeOf(failure.failure)
		: { code: failure.problems[0]?.code ?? '', ofService: undefined };
}

function codeOf({ code, kind }: ProviderFailure): ReturnType<typeof answerOf> {
	return { code: code ?? kind, ofService: code };
}

/** What is said of the key pair that has the name, or had it. */
function otherKeyPair(outcome: ProblemOutcome): string | undefined {
	if (outcome.status !== 'failed' || outcome.failure.by !== 'service' || !outcome.failure.existing) {
		return undefined;
	}
	const { existing, replaced } = outcome.failure;
	const { name, fingerprint, id, publicKey } = existing;
	const isLost = replaced === 'lost';
	const told = [name, id, fingerprint, isLost ? publicKey : undefined].filter(Boolean).join(' · ');
	return isLost ? l10n.t('The key pair that was deleted: {0}', told) : l10n.t('The key pair with this name: {0}', told);
}

function placeOfEntry(entry: HistoryEntry): string {
	return placeId(targetOf(entry), entry.keyName);
}

function placeId(target: Target, keyName: string): string {
	return JSON.stringify([targetId(target), keyName]);
}
