import { CodeAction, CodeActionKind, type CodeActionProvider, type Diagnostic, l10n, type TextDocument } from 'vscode';
import type { Target } from '../../domain/target';
import type { FailureKind } from '../../providers/failure';
import type { Providers } from '../../services/ports';
import type { Profiles } from '../../services/profiles/profiles';
import { commandIds } from '../commands/ids';
import { isMendedInConfiguration } from '../configuration';
import type { ImportDraft } from '../forms/importDraft';
import { placeOf } from '../messages/targets';
import type { FailedOutcome } from '../results/failureGroups';
import type { SignIn } from '../signIn';
import type { FailedImport, ImportDiagnostics } from './importDiagnostics';

/** Quick fixes for what the services answered. */
export class ImportActions implements CodeActionProvider {
	constructor(
		private readonly diagnostics: ImportDiagnostics,
		private readonly providers: Pick<Providers, 'manifest'>,
		private readonly profiles: Profiles,
		private readonly signIn: SignIn,
	) {}

	async provideCodeActions(
		document: TextDocument,
		_range: unknown,
		{ diagnostics }: { diagnostics: readonly Diagnostic[] },
	): Promise<CodeAction[]> {
		const shown = this.diagnostics
			.failedAt(document.uri)
			.filter((failed) => diagnostics.some((candidate) => isSame(candidate, failed.diagnostic)));
		const actions = await Promise.all(
			shown.map(async (failed) => actionsFor(failed, this.placeOf(failed), await this.canSignIn(failed.targets[0]))),
		);
		return actions.flat();
	}

	private placeOf({ targets: [target, ...others] }: FailedImport): string {
		return others.length === 0 ? placeOf(target, this.providers) : l10n.t('{0} targets', others.length + 1);
	}

	private async canSignIn({ profile, service }: Target): Promise<boolean> {
		const found = await this.profiles.find(profile, service);
		return found !== undefined && this.signIn.isPossible(found);
	}
}

/** VS Code hands out copies. */
function isSame(a: Diagnostic, b: Diagnostic): boolean {
	return a.message === b.message && a.range.isEqual(b.range) && a.source === b.source;
}

/** One set of fixes for all targets of a diagnostic; `where` names them. */
function actionsFor(failed: FailedImport, where: string, canSignIn: boolean): readonly CodeAction[] {
	const details = l10n.t('Show the details of the import');
	return failed.targets.length === 1
		? curesFor(failed, where, canSignIn)
		: [...curesFor(failed, where, canSignIn), toFix(failed, details, commandIds.showImportDetails, undefined)];
}

function toFix(
	{ diagnostic }: FailedImport,
	title: string,
	command: string,
	argument: unknown,
	isPreferred = false,
): CodeAction {
	const action = new CodeAction(title, CodeActionKind.QuickFix);
	action.diagnostics = [diagnostic];
	action.command = { title, command, arguments: [argument] };
	action.isPreferred = isPreferred;
	return action;
}

function curesFor(failed: FailedImport, where: string, canSignIn: boolean): readonly CodeAction[] {
	const { attempt, outcome, targets } = failed;
	const [target, ...others] = targets;
	const fix = (title: string, command: string, argument: unknown, isPreferred = false): CodeAction =>
		toFix(failed, title, command, argument, isPreferred);
	if (outcome.status !== 'failed') {
		// Tags are edited one key pair at a time.
		const { name } = outcome.keyPair;
		return others.length === 0
			? [fix(l10n.t('Edit the tags of {0} in {1}…', name, where), commandIds.editTags, { target, keyName: name }, true)]
			: [];
	}
	const again = (without: 'key' | 'keyName' | 'tags'): ImportDraft => {
		const given = (['key', 'targets', 'keyName', 'tags'] as const).filter((answer) => answer !== without);
		return { ...attempt, targets, options: failed.options, given: new Set(given) };
	};
	const retry = (preferred: boolean) =>
		fix(l10n.t('Retry the import into {0}', where), commandIds.retryImport, failed, preferred);
	switch (cureOf(outcome, canSignIn)) {
		case 'name':
			return [fix(l10n.t('Import into {0} under another name…', where), commandIds.import, again('keyName'), true)];
		case 'key':
			return [fix(l10n.t('Import another key into {0}…', where), commandIds.import, again('key'), true)];
		case 'tags':
			return [fix(l10n.t('Import into {0} with other tags…', where), commandIds.import, again('tags'), true)];
		case 'signIn':
			return [
				fix(l10n.t('Sign in as {0} and retry', target.profile), commandIds.signIn, { ...target, retry: failed }, true),
			];
		case 'retry':
			return [retry(true)];
		case 'configuration':
			return [
				fix(l10n.t('Open the configuration of {0}', target.profile), commandIds.openConfiguration, target),
				retry(false),
			];
	}
}

type Cure = 'name' | 'key' | 'tags' | 'signIn' | 'retry' | 'configuration';

function cureOf({ failure }: FailedOutcome, canSignIn: boolean): Cure {
	if (failure.by === 'rules') {
		const [problem] = failure.problems;
		return problem?.code.startsWith('name') ? 'name' : problem?.code.startsWith('tag') ? 'tags' : 'key';
	}
	const { kind } = failure.failure;
	return isMendedInConfiguration(kind, canSignIn) ? 'configuration' : (cures[kind] ?? 'retry');
}

/** What mends a failure elsewhere than in a configuration file; those that are not listed can only be tried again. */
const cures: { readonly [K in FailureKind]?: Cure } = {
	nameTaken: 'name',
	nameInvalid: 'name',
	keyInvalid: 'key',
	keyTooLong: 'key',
	tagsInvalid: 'tags',
	tagLimit: 'tags',
	signInExpired: 'signIn',
};
