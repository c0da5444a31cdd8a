import { l10n, window } from 'vscode';
import type { Profile } from '../../domain/profile';
import { type Target, targetId } from '../../domain/target';
import { importKey } from '../../services/importKey';
import type { ImportFailure, ImportOptions, KeyImport, TargetOutcome } from '../../services/keyImport';
import type { CompleteImport } from '../forms/importForm';
import { withCancellableProgress } from '../host/progress';
import type { ImportDiagnostics } from '../language/importDiagnostics';
import { showProblems } from '../language/showProblems';
import { describeImportFailure, describeTarget } from '../messages/imports';
import type { Services } from '../services';
import type { SignIn } from '../signIn';
import type { KeyPairRows } from '../views/keyPairRows';

/** Runs imports that a person started: progress, outcome, Problems and the tree. */
export class ImportRunner {
	constructor(
		private readonly services: Services,
		private readonly rows: KeyPairRows,
		private readonly diagnostics: ImportDiagnostics,
		private readonly signIn: SignIn,
	) {}

	/** Imports under a progress notification and returns the outcomes in the order of the targets, one for each; what it tells goes on on its own. */
	async run(
		attempt: CompleteImport,
		options: ImportOptions,
		wanted = attempt.targets,
	): Promise<readonly TargetOutcome[]> {
		const targets = distinct(wanted);
		const title =
			targets.length === 1
				? l10n.t('Importing {0} into {1}', attempt.keyName, targets.map(describeTarget).join())
				: l10n.t('Importing {0} into {1} regions', attempt.keyName, targets.length);
		let answered = 0;
		const outcomes = await withCancellableProgress(title, targets.length, (step, signal) =>
			this.import(attempt, options, targets, signal, () => {
				answered++;
				step(l10n.t('{0} of {1}', answered, targets.length));
			}),
		);
		this.diagnostics.report(attempt, options, outcomes);
		this.goOn(this.tell(attempt, options, outcomes));
		return outcomes;
	}

	/** Imports without a word; what is listed is kept up to date. */
	async import(
		{ key, keyName, tags }: CompleteImport,
		options: ImportOptions,
		targets: readonly Target[],
		signal: AbortSignal,
		done?: (outcome: TargetOutcome) => void,
	): Promise<readonly TargetOutcome[]> {
		const request: KeyImport = { key: key.key, keyName, targets, tags, ...options };
		const outcomes = await importKey(request, this.services, signal, done);
		for (const outcome of outcomes) {
			if (outcome.status === 'imported' || outcome.status === 'alreadyPresent') {
				this.services.remoteKeys.add(outcome.target, outcome.keyPair);
			} else if (outcome.status === 'failed' && mayHaveChanged(outcome.failure)) {
				this.goOn(this.services.remoteKeys.reload(outcome.target));
			}
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
	): Promise<void> {
		const present = outcomes.find(({ status }) => status === 'imported' || status === 'alreadyPresent');
		if (present && this.rows.areVisible) {
			this.goOn(this.rows.show(present.target, attempt.keyName, false));
		}
		const failed = outcomes.filter(({ status }) => status === 'failed');
		if (failed.length === 0) {
			await this.tellSuccess(attempt, outcomes, present);
		} else {
			await this.tellFailure(attempt, options, outcomes, failed);
		}
	}

	private async tellSuccess(
		{ keyName }: CompleteImport,
		outcomes: readonly TargetOutcome[],
		present: TargetOutcome | undefined,
	): Promise<void> {
		const show = l10n.t('Show Key Pair');
		const chosen = await window.showInformationMessage(summary(keyName, outcomes), ...(present ? [show] : []));
		if (chosen === show && present) {
			await this.rows.show(present.target, keyName, true);
		}
	}

	private async tellFailure(
		attempt: CompleteImport,
		options: ImportOptions,
		outcomes: readonly TargetOutcome[],
		failed: readonly TargetOutcome[],
	): Promise<void> {
		const { origin } = attempt.key;
		const [first] = failed;
		const why = first?.status === 'failed' ? this.reason(first, failed.length > 1) : '';
		const expired = await this.signedOutProfile(failed);
		const actions = {
			signIn: l10n.t('Sign In'),
			showProblems: l10n.t('Show Problems'),
			retry: l10n.t('Retry'),
		};
		const offered = [
			...(expired ? [actions.signIn] : []),
			...(origin ? [actions.showProblems] : []),
			...(failed.some(isRetryable) ? [actions.retry] : []),
		];
		const text = `${summary(attempt.keyName, outcomes)} ${why}`;
		switch (await window.showErrorMessage(text, ...offered)) {
			case actions.signIn:
				if (expired && (await this.signIn.run(expired))) {
					await this.run(
						attempt,
						options,
						failed.map(({ target }) => target),
					);
				}
				break;
			case actions.showProblems:
				if (origin) {
					await showProblems(origin, attempt.key.key.range);
				}
				break;
			case actions.retry:
				await this.run(
					attempt,
					options,
					failed.map(({ target }) => target),
				);
				break;
		}
	}

	private reason({ target, failure }: Extract<TargetOutcome, { status: 'failed' }>, isOneOfSeveral: boolean): string {
		const { label } = this.services.providers.manifest(target.service);
		const { message, advice } = describeImportFailure(failure, label);
		return isOneOfSeveral ? `${describeTarget(target)}: ${message} ${advice}` : `${message} ${advice}`;
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

function isRetryable(outcome: TargetOutcome): boolean {
	return outcome.status === 'failed' && outcome.failure.by === 'service' && outcome.failure.failure.retryable;
}

function isInDoubt(failure: ImportFailure): boolean {
	return failure.by === 'service' && failure.failure.outcomeUnknown;
}

/** Whether the target may hold something else than before, although the import failed. */
function mayHaveChanged(failure: ImportFailure): boolean {
	return isInDoubt(failure) || (failure.by === 'service' && failure.replaced !== undefined);
}

function distinct(targets: readonly Target[]): readonly Target[] {
	return [...new Map(targets.map((target) => [targetId(target), target])).values()];
}

/** What came of it, in one sentence per outcome that there is. */
function summary(keyName: string, outcomes: readonly TargetOutcome[]): string {
	const count = (status: TargetOutcome['status']): readonly TargetOutcome[] =>
		outcomes.filter((outcome) => outcome.status === status);
	const inDoubt = outcomes.filter((outcome) => outcome.status === 'failed' && isInDoubt(outcome.failure));
	const parts = [
		sentence(count('imported'), {
			one: (where) => l10n.t('Imported {0} into {1}.', keyName, where),
			many: (places) => l10n.t('Imported {0} into {1} regions.', keyName, places),
		}),
		sentence(count('alreadyPresent'), {
			one: (where) => l10n.t('{0} was already there in {1}.', keyName, where),
			many: (places) => l10n.t('{0} was already there in {1} regions.', keyName, places),
		}),
		sentence(count('permitted'), {
			one: (where) => l10n.t('The import of {0} into {1} is permitted.', keyName, where),
			many: (places) => l10n.t('The import of {0} is permitted in {1} regions.', keyName, places),
		}),
		sentence(count('cancelled'), {
			one: (where) => l10n.t('Cancelled before {0} was imported into {1}.', keyName, where),
			many: (places) => l10n.t('Cancelled before {0} was imported into {1} regions.', keyName, places),
		}),
		sentence(inDoubt, {
			one: (where) => l10n.t('It is not known whether {0} was imported into {1}.', keyName, where),
			many: (places) => l10n.t('It is not known whether {0} was imported into {1} regions.', keyName, places),
		}),
		sentence(
			count('failed').filter((outcome) => !inDoubt.includes(outcome)),
			{
				one: (where) => l10n.t('{0} was not imported into {1}.', keyName, where),
				many: (places) => l10n.t('{0} was not imported into {1} regions.', keyName, places),
			},
		),
	];
	return parts.filter(Boolean).join(' ');
}

function sentence(
	outcomes: readonly TargetOutcome[],
	words: { one(where: string): string; many(places: number): string },
): string {
	const [first, ...others] = outcomes;
	if (!first) {
		return '';
	}
	return others.length === 0 ? words.one(describeTarget(first.target)) : words.many(outcomes.length);
}
