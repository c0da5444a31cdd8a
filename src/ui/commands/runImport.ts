import { randomUUID } from 'node:crypto';
import { l10n, Uri, window } from 'vscode';
import type { Profile } from '../../domain/profile';
import { type Target, targetId } from '../../domain/target';
import { importKey } from '../../services/importKey';
import { type ImportReport, unfinishedTargets } from '../../services/importReport';
import type { ImportFailure, ImportOptions, ImportProgress, KeyImport, TargetOutcome } from '../../services/keyImport';
import type { RunningImport } from '../../services/runningImport';
import type { CompleteImport } from '../forms/importForm';
import { withCancellableProgress } from '../host/progress';
import type { ImportDiagnostics } from '../language/importDiagnostics';
import { showProblems } from '../language/showProblems';
import { isInDoubt, summarizeImport } from '../messages/importSummary';
import { describeImportFailure, describeTarget } from '../messages/imports';
import { groupFailures } from '../results/failureGroups';
import type { ImportResults } from '../results/importResults';
import type { Services } from '../services';
import type { SignIn } from '../signIn';
import type { KeyPairRows } from '../views/keyPairRows';

/** Runs imports that a person started: progress, outcome, report, Problems and the tree. */
export class ImportRunner {
	constructor(
		private readonly services: Services,
		private readonly rows: KeyPairRows,
		private readonly diagnostics: ImportDiagnostics,
		private readonly signIn: SignIn,
		private readonly results: ImportResults,
	) {}

	/** Imports under a progress notification and returns the outcomes in the order of the targets, one for each; what it tells goes on on its own. `run` is
	 * that of the report which targets that are tried again belong to. */
	async run(
		attempt: CompleteImport,
		options: ImportOptions,
		wanted = attempt.targets,
		run: string = randomUUID(),
	): Promise<readonly TargetOutcome[]> {
		const targets = distinct(wanted);
		const startedAt = this.services.clock.now();
		const running = this.results.begin(attempt.keyName, targets);
		let outcomes: readonly TargetOutcome[];
		try {
			outcomes = await withCancellableProgress(titleOf(running), targets.length, (step, signal) => {
				running.onDidChange((target) => step(progressOf(running), running.state(target).status === 'done' ? 1 : 0));
				return this.import(attempt, options, targets, signal, running, run);
			});
		} finally {
			this.results.end(running);
		}
		const report = await this.results.keep(toReport(run, startedAt, attempt, options, outcomes));
		this.diagnostics.report(attempt, options, outcomes, run);
		this.goOn(this.tell(attempt, options, outcomes, report));
		return outcomes;
	}

	/** Runs what a report says did not come about, just there. */
	async retry(report: ImportReport, wanted = unfinishedTargets(report)): Promise<readonly TargetOutcome[]> {
		return this.run(toAttempt(report), report.options, wanted, report.run);
	}

	/** Imports without a word; what is listed is kept up to date, and what was changed goes into the history. */
	async import(
		attempt: CompleteImport,
		options: ImportOptions,
		targets: readonly Target[],
		signal: AbortSignal,
		progress: ImportProgress = {},
		run: string = randomUUID(),
	): Promise<readonly TargetOutcome[]> {
		const { key, keyName, tags, choices, resourceGroupId } = attempt;
		const request: KeyImport = {
			key: key.key,
			keyName,
			targets,
			tags,
			...options,
			...(choices && { choices }),
			...(resourceGroupId !== undefined && { resourceGroupId }),
		};
		const outcomes = await importKey(request, this.services, signal, progress);
		for (const outcome of outcomes) {
			if (outcome.status === 'imported' || outcome.status === 'alreadyPresent') {
				this.services.remoteKeys.add(outcome.target, outcome.keyPair);
			} else if (outcome.status === 'failed' && mayHaveChanged(outcome.failure)) {
				this.goOn(this.services.remoteKeys.reload(outcome.target));
			}
		}
		if (!options.dryRun) {
			await this.results.record(run, outcomes);
		}
		return outcomes;
	}

	/** Nobody waits for it; a failure of it is a bug and reaches the log. */
	private goOn(promise: Promise<unknown>): void {
		promise.catch((error: unknown) => this.services.log.error('After an import', error));
	}

	private async tell(
		attempt: CompleteImport,
		options: ImportOptions,
		outcomes: readonly TargetOutcome[],
		report: ImportReport,
	): Promise<void> {
		const present = outcomes.find(({ status }) => status === 'imported' || status === 'alreadyPresent');
		if (present && this.rows.areVisible) {
			this.goOn(this.rows.show(present.target, present.keyName, false));
		}
		const failed = outcomes.filter(({ status }) => status === 'failed');
		if (failed.length === 0) {
			await this.tellSuccess(attempt, outcomes, present);
		} else {
			await this.tellFailure(attempt, options, outcomes, failed, report);
		}
	}

	private async tellSuccess(
		{ keyName }: CompleteImport,
		outcomes: readonly TargetOutcome[],
		present: TargetOutcome | undefined,
	): Promise<void> {
		const showPair = l10n.t('Show Key Pair');
		const showDetails = l10n.t('Show Details');
		const offered = [...(present ? [showPair] : []), ...(outcomes.length > 1 ? [showDetails] : [])];
		const chosen = await window.showInformationMessage(summarizeImport(keyName, outcomes), ...offered);
		if (chosen === showPair && present) {
			await this.rows.show(present.target, present.keyName, true);
		} else if (chosen === showDetails) {
			await this.results.showDetails();
		}
	}

	private async tellFailure(
		attempt: CompleteImport,
		options: ImportOptions,
		outcomes: readonly TargetOutcome[],
		failed: readonly TargetOutcome[],
		{ run }: ImportReport,
	): Promise<void> {
		const { origin } = attempt.key;
		const expired = await this.signedOutProfile(failed);
		const actions = {
			signIn: l10n.t('Sign In'),
			showDetails: l10n.t('Show Details'),
			showProblems: l10n.t('Show Problems'),
			retry: failed.length > 1 ? l10n.t('Retry Failed') : l10n.t('Retry'),
		};
		const offered = [
			...(expired ? [actions.signIn] : []),
			...(outcomes.length > 1 ? [actions.showDetails] : []),
			...(origin ? [actions.showProblems] : []),
			...(failed.some(isRetryable) ? [actions.retry] : []),
		];
		const again = failed.map(({ target }) => target);
		const text = `${summarizeImport(attempt.keyName, outcomes)} ${this.reason(failed, outcomes.length)}`;
		switch (await window.showErrorMessage(text, ...offered)) {
			case actions.signIn:
				if (expired && (await this.signIn.run(expired))) {
					await this.run(attempt, options, again, run);
				}
				break;
			case actions.showDetails:
				await this.results.showDetails();
				break;
			case actions.showProblems:
				if (origin) {
					await showProblems(origin, attempt.key.key.range);
				}
				break;
			case actions.retry:
				await this.run(attempt, options, again, run);
				break;
		}
	}

	/** The most frequent reason, and where it is one of several. */
	private reason(failed: readonly TargetOutcome[], targets: number): string {
		const [group] = groupFailures(failed, this.services.providers);
		if (!group) {
			return '';
		}
		const [{ target, failure }, ...others] = group.outcomes;
		const isOnly = others.length === 0;
		const { label } = this.services.providers.manifest(target.service);
		const { message, advice } = isOnly ? describeImportFailure(failure, label) : group.words;
		const where = isOnly ? describeTarget(target) : l10n.t('{0} targets', group.outcomes.length);
		return targets === 1 ? `${message} ${advice}` : `${where}: ${message} ${advice}`;
	}

	/** The profile that has to be signed in before the failed targets can be tried again, if that is what failed. */
	private async signedOutProfile(failed: readonly TargetOutcome[]): Promise<Profile | undefined> {
		const signedOut = failed.find(
			(outcome) =>
				outcome.status === 'failed' &&
				outcome.failure.by === 'service' &&
				outcome.failure.failure.kind === 'signInExpired',
		);
		const profile =
			signedOut && (await this.services.profiles.find(signedOut.target.profile, signedOut.target.service));
		return profile && this.signIn.isPossible(profile) ? profile : undefined;
	}
}

function titleOf({ keyName, targets }: RunningImport): string {
	return targets.length === 1
		? l10n.t('Importing {0} into {1}', keyName, targets.map(describeTarget).join())
		: l10n.t('Importing {0} into {1} targets', keyName, targets.length);
}

function progressOf(running: RunningImport): string {
	const { finished, targets } = running;
	const waiting = targets.filter((target) => running.state(target).status === 'waiting').length;
	return waiting === 0
		? l10n.t('{0} of {1}', finished, targets.length)
		: l10n.t('{0} of {1}, {2} will be tried again', finished, targets.length, waiting);
}

function toReport(
	run: string,
	startedAt: number,
	{ key, keyName, tags, choices, resourceGroupId }: CompleteImport,
	options: ImportOptions,
	outcomes: readonly TargetOutcome[],
): ImportReport {
	const { origin } = key;
	return {
		run,
		startedAt,
		key: key.key,
		...(origin && { origin: origin.toString() }),
		keyName,
		tags,
		...(resourceGroupId !== undefined && { resourceGroupId }),
		choices: [...(choices ?? [])],
		options,
		outcomes,
	};
}

function toAttempt(report: ImportReport): CompleteImport {
	const { key, origin, keyName, tags, resourceGroupId, choices, outcomes } = report;
	return {
		key: { key, ...(origin !== undefined && { origin: Uri.parse(origin) }) },
		targets: outcomes.map(({ target }) => target),
		keyName,
		tags,
		...(resourceGroupId !== undefined && { resourceGroupId }),
		...(choices.length > 0 && { choices: new Map(choices) }),
	};
}

function isRetryable(outcome: TargetOutcome): boolean {
	return outcome.status === 'failed' && outcome.failure.by === 'service' && outcome.failure.failure.retryable;
}

/** Whether the target may hold something else than before, although the import failed. */
function mayHaveChanged(failure: ImportFailure): boolean {
	return isInDoubt(failure) || (failure.by === 'service' && failure.replaced !== undefined);
}

function distinct(targets: readonly Target[]): readonly Target[] {
	return [...new Map(targets.map((target) => [targetId(target), target])).values()];
}
