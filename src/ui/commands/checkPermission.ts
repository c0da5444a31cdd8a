import { l10n, window } from 'vscode';
import type { Target } from '../../domain/target';
import { checkPermission, type PermissionCheck } from '../../services/imports/checkPermission';
import type { ImportDraft } from '../forms/importDraft';
import { chooseTargets } from '../forms/targetsStep';
import type { ReadOnlyDocuments } from '../host/documents';
import { withCancellableProgress } from '../host/progress';
import { checkImportRequest } from '../importRequest';
import { isRecord } from '../isRecord';
import { describeImportFailure } from '../messages/imports';
import { permissionDocument, summarizePermissions } from '../results/permissionDocument';
import type { Services } from '../services';
import type { SignIn } from '../signIn';
import { isCloudNode } from '../views/nodes';

/** What is known of the permission to import into a target, as the command returns it. */
export interface CheckedPermission {
	readonly target: Target;
	/** `readOnlyKnown`: the service can't be asked without importing; reading is permitted. */
	readonly status: PermissionCheck['status'];
	/** The action that is missing, such as `ec2:ImportKeyPair`. */
	readonly action?: string;
	/** Why it is denied or could not be checked, in words. */
	readonly message?: string;
}

export interface PermissionContext {
	readonly services: Services;
	readonly signIn: SignIn;
	readonly documents: ReadOnlyDocuments;
}

/** *Check Permission*: asks the services whether an import would be permitted, without importing, and shows the answers. Takes a row of *Cloud Key Pairs*, or
 * `{ targets }` to ask no question. Undefined when no targets were chosen. */
export async function checkPermissions(
	argument: unknown,
	context: PermissionContext,
): Promise<readonly CheckedPermission[] | undefined> {
	const { services, documents } = context;
	const targets = await targetsOf(argument, context);
	if (!targets || targets.length === 0) {
		return undefined;
	}
	let checked = 0;
	const title = l10n.t('Checking the permission to import');
	const checks = await withCancellableProgress(title, targets.length, (step, signal) =>
		checkPermission({ targets }, services, signal, () => step(l10n.t('{0} of {1}', ++checked, targets.length))),
	);
	void tell(checks, services, documents).catch((error: unknown) => services.log.error('After a check', error));
	return checks.map((check) => toChecked(check, services));
}

async function targetsOf(argument: unknown, context: PermissionContext): Promise<readonly Target[] | undefined> {
	const { services, signIn } = context;
	if (isCloudNode(argument)) {
		if (argument.kind === 'region' || argument.kind === 'keyPair') {
			return [argument.target];
		}
		if (argument.kind === 'service' && !services.providers.manifest(argument.service).capabilities.regions) {
			return [{ service: argument.service, profile: argument.profile.name }];
		}
		if (argument.kind === 'service') {
			return ask({ profile: argument.profile, service: argument.service }, services, signIn);
		}
		return argument.kind === 'profile' ? ask({ profile: argument.profile }, services, signIn) : undefined;
	}
	return isRecord(argument)
		? checkImportRequest({ targets: argument['targets'] }, services).targets
		: ask(undefined, services, signIn);
}

async function ask(
	scope: ImportDraft['scope'],
	services: Services,
	signIn: SignIn,
): Promise<readonly Target[] | undefined> {
	const frame = { title: l10n.t('Check Permission'), canGoBack: false };
	const last = scope ? [] : services.targetMemory.last;
	const answer = await chooseTargets(frame, { ...(scope && { scope }) }, last, services, signIn, () => {});
	return answer.kind === 'value' ? answer.value.targets() : undefined;
}

async function tell(
	checks: readonly PermissionCheck[],
	{ providers }: Services,
	documents: ReadOnlyDocuments,
): Promise<void> {
	const answered = checks.filter(({ failure }) => failure?.by !== 'service' || failure.failure.kind !== 'cancelled');
	if (answered.length === 0) {
		return;
	}
	const show = l10n.t('Show Details');
	const isFine = answered.every(({ status }) => status === 'permitted' || status === 'readOnlyKnown');
	const [only, ...others] = checks;
	const why = only && others.length === 0 ? explain(only, providers) : undefined;
	const text = [summarizePermissions(checks), why].filter(Boolean).join(' ');
	const chosen = await (isFine ? window.showInformationMessage(text, show) : window.showWarningMessage(text, show));
	if (chosen === show) {
		await documents.show(l10n.t('Permission to Import'), () => permissionDocument(checks, providers));
	}
}

function explain({ failure, target }: PermissionCheck, providers: Services['providers']): string | undefined {
	if (!failure) {
		return undefined;
	}
	const { message, advice } = describeImportFailure(failure, providers.manifest(target.service).label);
	return `${message} ${advice}`;
}

function toChecked(check: PermissionCheck, { providers }: Services): CheckedPermission {
	const { target, status, action } = check;
	const message = explain(check, providers);
	return { target, status, ...(action !== undefined && { action }), ...(message !== undefined && { message }) };
}
