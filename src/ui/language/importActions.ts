import { CodeAction, CodeActionKind, type CodeActionProvider, type Diagnostic, l10n, type TextDocument } from 'vscode';
import type { FailureKind } from '../../providers/failure';
import type { ImportFailure } from '../../services/keyImport';
import { commandIds } from '../commands/ids';
import type { ImportDraft } from '../forms/importDraft';
import { describeTarget } from '../messages/imports';
import type { FailedImport, ImportDiagnostics } from './importDiagnostics';

/** Quick fixes for what the services answered. */
export class ImportActions implements CodeActionProvider {
	constructor(private readonly diagnostics: ImportDiagnostics) {}

	provideCodeActions(document: TextDocument, _range: unknown, { diagnostics }: { diagnostics: readonly Diagnostic[] }) {
		return this.diagnostics
			.failedAt(document.uri)
			.filter((failed) => diagnostics.some((candidate) => isSame(candidate, failed.diagnostic)))
			.flatMap(actionsFor);
	}
}

/** VS Code hands out copies. */
function isSame(a: Diagnostic, b: Diagnostic): boolean {
	return a.message === b.message && a.range.isEqual(b.range) && a.source === b.source;
}

function actionsFor(failed: FailedImport): readonly CodeAction[] {
	const { attempt, target } = failed;
	const where = describeTarget(target);
	const fix = (title: string, command: string, argument: unknown, isPreferred = false): CodeAction => {
		const action = new CodeAction(title, CodeActionKind.QuickFix);
		action.diagnostics = [failed.diagnostic];
		action.command = { title, command, arguments: [argument] };
		action.isPreferred = isPreferred;
		return action;
	};
	const again = (without: 'key' | 'keyName' | 'tags'): ImportDraft => {
		const given = (['key', 'targets', 'keyName', 'tags'] as const).filter((answer) => answer !== without);
		return { ...attempt, targets: [target], options: failed.options, given: new Set(given) };
	};
	const retry = (preferred: boolean) =>
		fix(l10n.t('Retry the import into {0}', where), commandIds.retryImport, failed, preferred);
	switch (cureOf(failed.failure)) {
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

function cureOf(failure: ImportFailure): Cure {
	if (failure.by === 'rules') {
		const [problem] = failure.problems;
		return problem?.code.startsWith('name') ? 'name' : problem?.code.startsWith('tag') ? 'tags' : 'key';
	}
	return cures[failure.failure.kind] ?? 'retry';
}

/** What mends a failure; those that are not listed can only be tried again. */
const cures: { readonly [K in FailureKind]?: Cure } = {
	nameTaken: 'name',
	nameInvalid: 'name',
	keyInvalid: 'key',
	keyTooLong: 'key',
	tagsInvalid: 'tags',
	tagLimit: 'tags',
	signInExpired: 'signIn',
	credentialsMissing: 'configuration',
	credentialsRejected: 'configuration',
	roleRefused: 'configuration',
	processFailed: 'configuration',
	configuration: 'configuration',
};
