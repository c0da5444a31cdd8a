import { l10n, window } from 'vscode';
import type { KeyPair } from '../../domain/keyPair';
import type { Target } from '../../domain/target';
import type { TagChange } from '../../providers/contract';
import { isProviderError, ProviderError, type ProviderFailure } from '../../providers/failure';
import { editTags, type TagOutcome, tagDifference } from '../../services/changes/editTags';
import type { ChangeHistory } from '../../services/history/changeHistory';
import { waitFor } from '../forms/input';
import { askForTags } from '../forms/tagList';
import { withCancellableProgress } from '../host/progress';
import { isRecord } from '../isRecord';
import { describeFailure } from '../messages/failures';
import { describeRule } from '../messages/rules';
import { describePlace } from '../messages/targets';
import type { Services } from '../services';
import { listedKeyPair } from './keyPairArgument';
import { recordChange } from './recordChange';
import { ArgumentError } from './run';

export interface TagContext {
	readonly services: Services;
	readonly history: ChangeHistory;
}

/** So long the tags as they are now are waited for, in milliseconds. */
const lookTimeoutMs = 20_000;

/** *Edit Tags*: takes a key pair's row, or `{ target, keyName, set?, remove? }`, which asks nothing when it has `set` (an object of strings) or `remove` (a
 * list of keys). Only the difference is sent.
 * @returns the key pair with its tags as they are then; undefined when nothing was changed. @throws {ArgumentError} when the argument is neither. */
export async function editPairTags(argument: unknown, context: TagContext): Promise<KeyPair | undefined> {
	const { services } = context;
	const given = toChange(argument);
	const found = await listedKeyPair(argument, services);
	if (!found) {
		return undefined;
	}
	const { target, keyPair } = found;
	const { label, capabilities } = services.providers.manifest(target.service);
	if (!capabilities.tags) {
		void window.showErrorMessage(l10n.t('{0} does not support tags on key pairs.', label));
		return undefined;
	}
	const change = given ?? (await askForChange(target, keyPair, services));
	return change && run(target, keyPair, change, context);
}

function toChange(argument: unknown): TagChange | undefined {
	const { set, remove } = isRecord(argument) ? argument : {};
	if (set === undefined && remove === undefined) {
		return undefined;
	}
	if (set !== undefined && !(isRecord(set) && Object.values(set).every((text) => typeof text === 'string'))) {
		throw new ArgumentError('cloudKeyPairs.editTags: set must be an object of strings');
	}
	if (remove !== undefined && !(Array.isArray(remove) && remove.every((text) => typeof text === 'string'))) {
		throw new ArgumentError('cloudKeyPairs.editTags: remove must be a list of strings');
	}
	return { set: (set ?? {}) as Record<string, string>, remove: remove ?? [] };
}

/** What the person did to the tags as they are now; undefined when that was nothing. */
async function askForChange(target: Target, keyPair: KeyPair, services: Services): Promise<TagChange | undefined> {
	const manifest = services.providers.manifest(target.service);
	const frame = {
		title: l10n.t('Tags of {0} in {1}', keyPair.name, describePlace(target, manifest.label)),
		canGoBack: false,
	};
	const abort = new AbortController();
	const signal = AbortSignal.any([abort.signal, AbortSignal.timeout(lookTimeoutMs)]);
	const looking = look(target, keyPair, services, signal);
	const looked = await waitFor(frame, l10n.t('Reading the tags…'), looking);
	if (looked.kind !== 'value') {
		abort.abort();
		return undefined;
	}
	if ('kind' in looked.value) {
		const { message, advice } = describeFailure(looked.value, manifest.label);
		void window.showErrorMessage(`${message} ${advice}`);
		return undefined;
	}
	const before = looked.value.tags ?? {};
	let tags = before;
	const answer = await askForTags(frame, {
		tags,
		before,
		services: [manifest],
		placeholder: l10n.t('Add, edit, or remove tags, then save'),
		done: (now) => (tagDifference(before, now) ? l10n.t('Save') : l10n.t('Close: nothing was changed')),
		changed: (now) => {
			tags = now;
		},
	});
	return answer === 'next' ? tagDifference(before, tags) : undefined;
}

/** The key pair as it is now, or why that can't be found out. */
async function look(
	target: Target,
	keyPair: KeyPair,
	{ providers }: Services,
	signal: AbortSignal,
): Promise<KeyPair | ProviderFailure> {
	try {
		const provider = await providers.load(target.service);
		return (await provider.find(target, keyPair.name, signal)) ?? keyPair;
	} catch (error) {
		if (isProviderError(error)) {
			return error.failure;
		}
		throw error;
	}
}

async function run(
	target: Target,
	keyPair: KeyPair,
	change: TagChange,
	context: TagContext,
): Promise<KeyPair | undefined> {
	const { services } = context;
	const { label } = services.providers.manifest(target.service);
	const title = l10n.t('Changing the tags of {0} in {1}', keyPair.name, describePlace(target, label));
	const outcome = await withCancellableProgress(title, 1, (_, signal) =>
		editTags(target, keyPair, change, services, signal),
	);
	if ('keyPair' in outcome && outcome.keyPair) {
		services.remoteKeys.add(target, outcome.keyPair);
	} else if (outcome.status === 'notThere') {
		void services.remoteKeys.reload(target);
	}
	if (outcome.status === 'changed') {
		await recordChange(context, { change: 'editTags', target, keyPair });
		return outcome.keyPair;
	}
	if (outcome.status === 'failed' && !wasNotSent(outcome.failure)) {
		await recordChange(context, { change: 'editTags', target, keyPair, failure: outcome.failure });
	}
	tell(outcome, keyPair.name, label);
	return undefined;
}

/** Whether the person cancelled before anything was sent: nothing was tried then. */
function wasNotSent({ kind, outcomeUnknown }: ProviderFailure): boolean {
	return kind === 'cancelled' && !outcomeUnknown;
}

function tell(outcome: Exclude<TagOutcome, { status: 'changed' }>, name: string, label: string): void {
	switch (outcome.status) {
		case 'refused':
			void window.showErrorMessage(outcome.problems.map((problem) => describeRule(problem, label)).join(' '));
			break;
		case 'notThere':
			void window.showWarningMessage(l10n.t('{0} no longer exists.', name));
			break;
		case 'failed': {
			if (wasNotSent(outcome.failure)) {
				throw new ProviderError(outcome.failure);
			}
			const { message, advice } = describeFailure(outcome.failure, label);
			void window.showErrorMessage(
				[l10n.t('The tags of {0} were not changed, or not all of them.', name), message, advice].join(' '),
			);
		}
	}
}
