import { l10n, type MessageItem, Uri, window } from 'vscode';
import type { KeyPair } from '../../domain/keyPair';
import type { Target } from '../../domain/target';
import type { ProviderFailure } from '../../providers/failure';
import { type CreateOutcome, createKeyPair, type KeyCreation } from '../../services/changes/createKeyPair';
import { targetOf } from '../../services/cloudKeys/keyTree';
import type { ChangeHistory } from '../../services/history/changeHistory';
import { publicHalf, savePublicKey } from '../../services/localKeys/publicKeyFile';
import { toCreateDraft } from '../createRequest';
import type { CreateDraft } from '../forms/createDraft';
import { askForCreation, type CompleteCreation, completed } from '../forms/createForm';
import { savePrivateKey } from '../forms/savePrivateKey';
import { whyNotWritable } from '../host/privateKeyPlace';
import { withCancellableProgress } from '../host/progress';
import { isRecord } from '../isRecord';
import { describePrivateKeyFileError } from '../messages/create';
import { describeFailure } from '../messages/failures';
import { describePath } from '../messages/paths';
import { describeRule } from '../messages/rules';
import { describePlace } from '../messages/targets';
import type { Services } from '../services';
import type { SignIn } from '../signIn';
import type { KeyPairRows } from '../views/keyPairRows';
import { isCloudNode } from '../views/nodes';
import { deleteWithProgress } from './delete';
import { recordChange } from './recordChange';

/** What was created, and where its private key is (an absolute path). */
export interface CreatedPair {
	readonly keyPair: KeyPair;
	readonly privateKeyFile: string;
}

export interface CreateContext {
	readonly services: Services;
	readonly history: ChangeHistory;
	readonly rows: KeyPairRows;
	readonly signIn: SignIn;
}

/** *Create Key Pair*: has a service make a key pair and saves the private key that it hands out, once. Takes nothing (palette), a row of *Cloud Key Pairs*, or
 * `{ target, keyName, type?, format?, tags?, resourceGroupId?, folder? }`, or a part of it; with target and name it asks nothing.
 * @returns undefined when nothing was created, or its private key was given up. @throws {ArgumentError} when a field is wrong. */
export async function create(argument: unknown, context: CreateContext): Promise<CreatedPair | undefined> {
	const { services, signIn } = context;
	const draft = await toDraft(argument, services);
	const isComplete = draft.given.has('target') && draft.given.has('keyName');
	const complete = isComplete ? await completed(draft, services) : await askForCreation(draft, services, signIn);
	return complete && run(complete, context);
}

async function toDraft(argument: unknown, services: Services): Promise<CreateDraft> {
	if (!isCloudNode(argument)) {
		return isRecord(argument) ? toCreateDraft(argument, services) : { given: new Set() };
	}
	if (!('profile' in argument)) {
		return { given: new Set() };
	}
	const { profile } = argument;
	const target = targetOf(argument, (service) => services.providers.manifest(service).capabilities.regions);
	if (target) {
		return { profile, service: target.service, target, given: new Set(['profile', 'service', 'target']) };
	}
	return 'service' in argument
		? { profile, service: argument.service, given: new Set(['profile', 'service']) }
		: { profile, given: new Set(['profile']) };
}

async function run(complete: CompleteCreation, context: CreateContext): Promise<CreatedPair | undefined> {
	const { creation, file } = complete;
	const { services } = context;
	const refusal = await whyNotWritable(file);
	if (refusal !== undefined) {
		const where = describePath(Uri.file(file));
		const reason = describePrivateKeyFileError(refusal);
		void window.showErrorMessage(
			l10n.t('{0} was not created: its private key could not be saved in {1}. {2}', creation.keyName, where, reason),
		);
		return undefined;
	}
	const title = l10n.t('Creating {0} in {1}', creation.keyName, placeOf(creation.target, services));
	const outcome = await withCancellableProgress(title, 1, (_, signal) => createKeyPair(creation, services, signal));
	switch (outcome.status) {
		case 'created':
			return finish(outcome, complete, context);
		case 'keyLost':
			await tellLost(outcome, creation, context);
			return undefined;
		case 'failed':
			await tellFailed(outcome, complete, context);
			return undefined;
		case 'refused': {
			const { label } = services.providers.manifest(creation.target.service);
			void window.showErrorMessage(outcome.problems.map((problem) => describeRule(problem, label)).join(' '));
			return undefined;
		}
		case 'cancelled':
			return undefined;
	}
}

/** Saves the private key before anything else happens. */
async function finish(
	{ keyPair, privateKey, requestId }: Extract<CreateOutcome, { status: 'created' }>,
	{ creation: { target, keyName }, file }: CompleteCreation,
	context: CreateContext,
): Promise<CreatedPair | undefined> {
	const { services, rows } = context;
	const saved = await savePrivateKey(privateKey, keyName, file);
	await recordChange(context, { change: 'create', target, keyPair, ...(requestId !== undefined && { requestId }) });
	if (saved.kind === 'givenUp') {
		services.remoteKeys.add(target, keyPair);
		if (saved.deleteKeyPair) {
			await deleteWithProgress(target, keyPair, context);
		}
		return undefined;
	}
	const publicKey = await publicHalf(privateKey);
	const hasPublicKeyFile = publicKey !== undefined && (await savePublicKey(publicKey, keyName, saved.file));
	// Where the service gives public keys back it would say the same.
	const isReadable = services.providers.manifest(target.service).capabilities.publicKeyReadable;
	const known = publicKey !== undefined && isReadable ? { ...keyPair, publicKey } : keyPair;
	services.remoteKeys.add(target, known);
	services.localKeys.refresh();
	const where = describePath(Uri.file(saved.file));
	const sentences = [
		l10n.t('Created {0} in {1}. The private key is in {2}.', keyName, placeOf(target, services), where),
		...(hasPublicKeyFile ? [] : [l10n.t("The public key file couldn't be written.")]),
		...(saved.privacy === 'readable'
			? [l10n.t('The file system there keeps no permissions: others on this machine may be able to read it.')]
			: []),
	];
	offerToShow(sentences, () => rows.show(target, keyName, true)).catch((error: unknown) =>
		services.log.error('After a key pair was created', error),
	);
	return { keyPair: known, privateKeyFile: saved.file };
}

async function offerToShow(sentences: readonly string[], show: () => Promise<unknown>): Promise<void> {
	const button = l10n.t('Show Key Pair');
	const text = sentences.join(' ');
	const answer = await (sentences.length > 1
		? window.showWarningMessage(text, button)
		: window.showInformationMessage(text, button));
	if (answer === button) {
		await show();
	}
}

/** A key pair is there whose private key nobody has. */
async function tellLost(
	{ keyPair, failure }: Extract<CreateOutcome, { status: 'keyLost' }>,
	{ target, keyName }: KeyCreation,
	context: CreateContext,
): Promise<void> {
	const { services } = context;
	services.remoteKeys.add(target, keyPair);
	await recordChange(context, {
		change: 'create',
		target,
		keyPair,
		...(failure.requestId !== undefined && { requestId: failure.requestId }),
	});
	const { message } = describeFailure(failure, services.providers.manifest(target.service).label);
	const remove: MessageItem = { title: l10n.t('Delete Key Pair') };
	const answer = await window.showWarningMessage(
		l10n.t('{0} was created in {1}, but nobody has its private key.', keyName, placeOf(target, services)),
		{
			modal: true,
			detail: l10n.t(
				'{0} The answer with the private key was lost, and the service does not hand it out again. Delete the key pair, then create it anew.',
				message,
			),
		},
		remove,
	);
	if (answer === remove) {
		await deleteWithProgress(target, keyPair, context);
	}
}

/** Says why nothing was created, and offers to sign in where that mends it: then it is created after all. */
async function tellFailed(
	{ failure, existing }: Extract<CreateOutcome, { status: 'failed' }>,
	complete: CompleteCreation,
	context: CreateContext,
): Promise<void> {
	const { services, signIn } = context;
	const { target, keyName } = complete.creation;
	await recordChange(context, { change: 'create', target, keyPair: { name: keyName }, failure });
	if (failure.outcomeUnknown || existing) {
		void services.remoteKeys.reload(target);
	}
	const text = describeFailed(failure, existing, complete.creation, services);
	const signedOut =
		failure.kind === 'signInExpired' ? await services.profiles.find(target.profile, target.service) : undefined;
	if (!signedOut || !signIn.isPossible(signedOut)) {
		void window.showErrorMessage(text);
		return;
	}
	const button = l10n.t('Sign In');
	const signInAndCreate = async (): Promise<void> => {
		if ((await window.showErrorMessage(text, button)) === button && (await signIn.run(signedOut))) {
			await run(complete, context);
		}
	};
	signInAndCreate().catch((error: unknown) => services.log.error('After a sign-in', error));
}

function describeFailed(
	failure: ProviderFailure,
	existing: KeyPair | undefined,
	{ target, keyName }: KeyCreation,
	services: Services,
): string {
	const { message, advice } = describeFailure(failure, services.providers.manifest(target.service).label);
	const place = placeOf(target, services);
	const summary = failure.outcomeUnknown
		? l10n.t('It is not known whether {0} was created in {1}.', keyName, place)
		: l10n.t('{0} was not created in {1}.', keyName, place);
	return failure.kind === 'nameTaken'
		? [summary, l10n.t('There is already a key pair of this name.'), fingerprintSentence(existing)]
				.filter(Boolean)
				.join(' ')
		: [summary, message, advice].join(' ');
}

function fingerprintSentence(keyPair: KeyPair | undefined): string {
	return keyPair?.fingerprint ? l10n.t('Its fingerprint is {0}.', keyPair.fingerprint) : '';
}

function placeOf(target: Target, { providers }: Pick<Services, 'providers'>): string {
	return describePlace(target, providers.manifest(target.service).label);
}
