import { randomUUID } from 'node:crypto';
import { commands, l10n, type MessageItem, Uri, window } from 'vscode';
import { keyPairIdentity } from '../../domain/importPlan';
import type { Profile } from '../../domain/profile';
import { type Target, targetId } from '../../domain/target';
import { importKey } from '../../services/imports/importKey';
import { type ImportReport, keptKey, unfinishedTargets } from '../../services/imports/importReport';
import type {
	ImportFailure,
	ImportOptions,
	ImportProgress,
	KeyImport,
	TargetOutcome,
} from '../../services/imports/keyImport';
import type { RunningImport } from '../../services/imports/runningImport';
import type { ChosenKey } from '../forms/importDraft';
import type { CompleteImport } from '../forms/importForm';
import { withCancellableProgress } from '../host/progress';
import type { ImportDiagnostics } from '../language/importDiagnostics';
import { showProblems } from '../language/showProblems';
import { isInDoubt, lacksTags, summarizeImport } from '../messages/importSummary';
import { describeImportFailure } from '../messages/imports';
import { placeOf } from '../messages/targets';
import { type FailedOutcome, groupFailures, groupUntagged, type OutcomeGroup } from '../results/failureGroups';
import type { ImportResults } from '../results/importResults';
import type { Services } from '../services';
import type { SignIn } from '../signIn';
import type { KeyPairRows } from '../views/keyPairRows';
import { commandIds } from './ids';

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
		const running = this.results.begin(run, attempt.keyName, targets, options.dryRun);
		try {
			const title = titleOf(running, this.services.providers);
			const outcomes = await withCancellableProgress(title, targets.length, (step, signal) => {
				running.onDidChange((target) => step(progressOf(running), running.state(target).status === 'done' ? 1 : 0));
				return this.import(attempt, options, targets, signal, running, run);
			});
			const next = withRestored(attempt, outcomes);
			const fresh = toReport(run, startedAt, next, options, outcomes);
			// What was only asked about leaves the last import to be retried.
			const report = options.dryRun ? fresh : await this.results.keep(fresh);
			this.diagnostics.report(next, options, outcomes, run);
			this.goOn(this.tell(next, options, outcomes, report));
			return outcomes;
		} finally {
			this.results.end(running);
		}
	}

	/** Runs what a report says did not come about, just there, with the key that it began with. Undefined when the person gave up because its file holds another
	 * key by now. */
	async retry(report: ImportReport, wanted = unfinishedTargets(report)): Promise<readonly TargetOutcome[] | undefined> {
		const key = await currentKey(report, this.services);
		return key && this.again(toAttempt(report, key), report.options, wanted, report.run);
	}

	/** Runs an import again in targets where it did not come about, because a person asks for it; not where it runs already. A key pair is replaced only where
	 * this very one was agreed to: what has the name by now may be another. */
	async again(
		attempt: CompleteImport,
		options: ImportOptions,
		wanted: readonly Target[],
		run: string,
	): Promise<readonly TargetOutcome[]> {
		const running = new Set(this.results.running.flatMap((one) => (one.run === run ? one.targets.map(targetId) : [])));
		const targets = wanted.filter((target) => !running.has(targetId(target)));
		const ifExists = options.ifExists === 'replace' ? 'keep' : options.ifExists;
		return targets.length === 0 ? [] : this.run(attempt, { ...options, ifExists }, targets, run);
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
		// What was changed is recorded as it comes: a window that is closed meanwhile leaves nothing unsaid.
		const recorded: Promise<void>[] = [];
		const done = (outcome: TargetOutcome): void => {
			progress.done?.(outcome);
			if (!options.dryRun) {
				recorded.push(this.results.record(run, [outcome]));
			}
		};
		const outcomes = await importKey(request, this.services, signal, {
			started: (target) => progress.started?.(target),
			waiting: (target, until, failure) => progress.waiting?.(target, until, failure),
			done,
		});
		for (const outcome of outcomes) {
			if (outcome.status === 'imported' || outcome.status === 'alreadyPresent') {
				this.services.remoteKeys.add(outcome.target, outcome.keyPair);
			} else if (outcome.status === 'failed' && mayHaveChanged(outcome.failure)) {
				this.goOn(this.services.remoteKeys.reload(outcome.target));
			}
		}
		await Promise.all(recorded);
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
		const failed = outcomes.filter((outcome) => outcome.status === 'failed');
		if (failed.length > 0) {
			await this.tellFailure(attempt, options, outcomes, failed, report);
		} else if (outcomes.some(lacksTags)) {
			await this.tellMissingTags(attempt, outcomes, report);
		} else {
			await this.tellSuccess(attempt, outcomes, present, report);
		}
	}

	private async tellSuccess(
		{ keyName }: CompleteImport,
		outcomes: readonly TargetOutcome[],
		present: TargetOutcome | undefined,
		report: ImportReport,
	): Promise<void> {
		const showPair = l10n.t('Show Key Pair');
		const showDetails = l10n.t('Show Details');
		const offered = [...(present ? [showPair] : []), ...(outcomes.length > 1 ? [showDetails] : [])];
		const chosen = await window.showInformationMessage(this.summarize(keyName, outcomes), ...offered);
		if (chosen === showPair && present) {
			await this.rows.show(present.target, present.keyName, true);
		} else if (chosen === showDetails) {
			await this.results.showDetails(report);
		}
	}

	private async tellMissingTags(
		attempt: CompleteImport,
		outcomes: readonly TargetOutcome[],
		report: ImportReport,
	): Promise<void> {
		const actions = {
			editTags: l10n.t('Edit Tags'),
			showDetails: l10n.t('Show Details'),
			showProblems: l10n.t('Show Problems'),
		};
		const [first, ...others] = outcomes.filter(lacksTags);
		const [group] = groupUntagged(outcomes, this.services.providers);
		const { origin } = attempt.key;
		const offered = [
			...(others.length === 0 ? [actions.editTags] : []),
			actions.showDetails,
			...(origin ? [actions.showProblems] : []),
		];
		const reason = group ? this.where(group, outcomes.length) : '';
		const text = `${this.summarize(attempt.keyName, outcomes)} ${reason}`;
		switch (await window.showWarningMessage(text, ...offered)) {
			case actions.editTags:
				if (first) {
					const argument = { target: first.target, keyName: first.keyPair.name };
					await commands.executeCommand(commandIds.editTags, argument);
				}
				break;
			case actions.showDetails:
				await this.results.showDetails(report);
				break;
			case actions.showProblems:
				await this.showProblems(attempt);
				break;
		}
	}

	private async tellFailure(
		attempt: CompleteImport,
		options: ImportOptions,
		outcomes: readonly TargetOutcome[],
		failed: readonly FailedOutcome[],
		report: ImportReport,
	): Promise<void> {
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
			...(attempt.key.origin ? [actions.showProblems] : []),
			...(failed.some(isRetryable) ? [actions.retry] : []),
		];
		const again = failed.map(({ target }) => target);
		const text = `${this.summarize(attempt.keyName, outcomes)} ${this.reason(failed, outcomes.length)}`;
		switch (await window.showErrorMessage(text, ...offered)) {
			case actions.signIn:
				if (expired && (await this.signIn.run(expired))) {
					await this.again(attempt, options, again, report.run);
				}
				break;
			case actions.showDetails:
				await this.results.showDetails(report);
				break;
			case actions.showProblems:
				await this.showProblems(attempt);
				break;
			case actions.retry:
				await this.again(attempt, options, again, report.run);
				break;
		}
	}

	private async showProblems({ key: { key, origin } }: CompleteImport): Promise<void> {
		if (origin) {
			await showProblems(origin, key.range);
		}
	}

	private summarize(keyName: string, outcomes: readonly TargetOutcome[]): string {
		return summarizeImport(keyName, outcomes, this.services.providers);
	}

	/** The most frequent reason, and where it is one of several. */
	private reason(failed: readonly FailedOutcome[], targets: number): string {
		const { providers } = this.services;
		const [group] = groupFailures(failed, providers);
		if (!group) {
			return '';
		}
		const [{ target, failure }, ...others] = group.outcomes;
		// Of one target alone all is told, also whose key has the name.
		const words =
			others.length === 0 ? describeImportFailure(failure, providers.manifest(target.service).label) : group.words;
		return this.where({ ...group, words }, targets);
	}

	/** Why, and where that is one of several targets. */
	private where({ words: { message, advice }, outcomes }: OutcomeGroup, targets: number): string {
		const [{ target }, ...others] = outcomes;
		const place =
			others.length === 0 ? placeOf(target, this.services.providers) : l10n.t('{0} targets', outcomes.length);
		return targets === 1 ? `${message} ${advice}` : `${place}: ${message} ${advice}`;
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

function titleOf({ keyName, targets, dryRun }: RunningImport, providers: Services['providers']): string {
	if (dryRun) {
		return l10n.t('Checking the permission to import');
	}
	const [only, ...others] = targets;
	return only && others.length === 0
		? l10n.t('Importing {0} into {1}', keyName, placeOf(only, providers))
		: l10n.t('Importing {0} into {1} targets', keyName, targets.length);
}

function progressOf(running: RunningImport): string {
	const { finished, targets } = running;
	const waiting = targets.filter((target) => running.state(target).status === 'waiting').length;
	return waiting === 0
		? l10n.t('{0} of {1}', finished, targets.length)
		: l10n.t('{0} of {1}, {2} will be tried again', finished, targets.length, waiting);
}

/** The attempt as it can be made again: a key pair that was put back is the one that may be replaced, under its new id. */
function withRestored(attempt: CompleteImport, outcomes: readonly TargetOutcome[]): CompleteImport {
	const choices = new Map(attempt.choices);
	for (const outcome of outcomes) {
		const choice = choices.get(targetId(outcome.target));
		if (choice?.replaces === undefined || outcome.status !== 'failed' || outcome.failure.by !== 'service') {
			continue;
		}
		const { existing, replaced } = outcome.failure;
		const replaces = replaced === 'restored' && existing ? keyPairIdentity(existing) : undefined;
		if (replaces !== undefined) {
			choices.set(targetId(outcome.target), { ...choice, replaces });
		}
	}
	return choices.size > 0 ? { ...attempt, choices } : attempt;
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
		key: keptKey(key.key),
		...(origin && { origin: origin.toString() }),
		keyName,
		tags,
		...(resourceGroupId !== undefined && { resourceGroupId }),
		choices: [...(choices ?? [])],
		options,
		outcomes,
	};
}

/** The key of a report where its file has it now; without the file where that has gone. Undefined when it holds another key by now and the person does not want
 * to go on with the one of the report. */
async function currentKey(
	{ key, origin }: ImportReport,
	{ localKeys }: Pick<Services, 'localKeys'>,
): Promise<ChosenKey | undefined> {
	if (origin === undefined) {
		return { key };
	}
	const file = await localKeys.read(origin);
	const found = file.keys.find(({ publicKey }) => publicKey === key.publicKey);
	if (found) {
		return { key: found, origin: Uri.parse(origin) };
	}
	if (file.keys.length === 0) {
		return { key };
	}
	const proceed: MessageItem = { title: l10n.t('Retry with the Same Key') };
	const chosen = await window.showWarningMessage(
		l10n.t('{0} holds another key by now.', file.name),
		{
			modal: true,
			detail: l10n.t('The import is tried again with the key that it began with: {0}.', key.fingerprints.sha256),
		},
		proceed,
	);
	return chosen === proceed ? { key } : undefined;
}

function toAttempt(report: ImportReport, key: ChosenKey): CompleteImport {
	const { keyName, tags, resourceGroupId, choices, outcomes } = report;
	return {
		key,
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
