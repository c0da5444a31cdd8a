import { InputBoxValidationSeverity, l10n, type QuickPickItem } from 'vscode';
import { checkName } from '../../domain/rules';
import type { Capabilities, CreatedKeyType, PrivateKeyFormat } from '../../providers/contract';
import { describeCreatedType, describePrivateKeyFormat } from '../messages/create';
import { describeRule } from '../messages/rules';
import { describePlace } from '../messages/targets';
import type { Services } from '../services';
import { type CreateDraft, targetOfDraft } from './createDraft';
import { enterText, type Frame, pickOne, type TextOptions } from './input';
import type { Step, StepResult } from './steps';
import { askForTags } from './tagList';
import { describeContinue } from './tagsStep';

type Ports = Pick<Services, 'providers' | 'remoteKeys'>;

/** Asks for the name; checks it against the service's rules and against the names that are taken in the target. */
export function createNameStep({ providers, remoteKeys }: Ports): Step<CreateDraft> {
	return {
		id: 'keyName',
		title: () => l10n.t('Name'),
		isNeeded: ({ given }) => !given.has('keyName'),
		async ask(draft, frame) {
			const target = targetOfDraft(draft, providers);
			if (!target) {
				return 'back';
			}
			const { rules, label } = providers.manifest(target.service);
			void remoteKeys.list(target);
			const answer = await enterText(frame, {
				prompt: l10n.t('Name of the new key pair in {0}', describePlace(target, label)),
				value: draft.keyName ?? '',
				validate: (name) => checkRules(name) ?? checkTaken(name),
				onDidChangeValidity: (listener) => remoteKeys.onDidChange(listener),
			});
			if (answer.kind !== 'value') {
				return answer.kind;
			}
			draft.keyName = answer.value;
			return 'next';

			function checkRules(name: string): ReturnType<TextOptions['validate']> {
				const [problem] = checkName(name, rules);
				const severity =
					problem?.severity === 'error' ? InputBoxValidationSeverity.Error : InputBoxValidationSeverity.Warning;
				return problem && { message: describeRule(problem, label), severity };
			}

			function checkTaken(name: string): ReturnType<TextOptions['validate']> {
				const listing = target && remoteKeys.known(target);
				const isTaken = listing?.status === 'listed' && listing.keyPairs.some((keyPair) => keyPair.name === name);
				return isTaken
					? { message: l10n.t('There is already a key pair of this name.'), severity: InputBoxValidationSeverity.Error }
					: undefined;
			}
		},
	};
}

/** Asks for the type of key, where the service makes several. */
export function createTypeStep(ports: Ports): Step<CreateDraft> {
	return choiceStep<CreatedKeyType>(ports, {
		id: 'type',
		title: () => l10n.t('Type'),
		placeholder: () => l10n.t('Choose the type of key'),
		options: ({ types }) => types,
		describe: describeCreatedType,
		get: ({ type }) => type,
		set: (draft, type) => {
			draft.type = type;
		},
	});
}

/** Asks for the format of the private key file, where the service hands out several. */
export function createFormatStep(ports: Ports): Step<CreateDraft> {
	return choiceStep<PrivateKeyFormat>(ports, {
		id: 'format',
		title: () => l10n.t('Format'),
		placeholder: () => l10n.t('Choose the format of the private key file'),
		options: ({ formats }) => formats,
		describe: describePrivateKeyFormat,
		get: ({ format }) => format,
		set: (draft, format) => {
			draft.format = format;
		},
	});
}

/** Asks for tags, where the service has them. */
export function createTagsStep({ providers }: Ports): Step<CreateDraft> {
	const serviceOf = (draft: CreateDraft) => {
		const target = targetOfDraft(draft, providers);
		return target && providers.manifest(target.service);
	};
	return {
		id: 'tags',
		title: () => l10n.t('Tags'),
		isNeeded: (draft) => !draft.given.has('tags') && (serviceOf(draft)?.capabilities.tags ?? true),
		ask: async (draft, frame) => {
			const service = serviceOf(draft);
			return askForTags(frame, {
				tags: draft.tags ?? {},
				services: service ? [service] : [],
				done: describeContinue,
				changed: (tags) => {
					draft.tags = tags;
				},
			});
		},
	};
}

interface Choice<T> {
	readonly id: 'type' | 'format';
	title(): string;
	placeholder(): string;
	options(create: Capabilities['create']): readonly T[];
	describe(option: T): { readonly label: string; readonly detail: string };
	get(draft: CreateDraft): T | undefined;
	set(draft: CreateDraft, option: T): void;
}

function choiceStep<T extends CreatedKeyType | PrivateKeyFormat>(
	{ providers }: Ports,
	choice: Choice<T>,
): Step<CreateDraft> {
	const optionsOf = (draft: CreateDraft): readonly T[] => {
		const target = targetOfDraft(draft, providers);
		return target ? choice.options(providers.manifest(target.service).capabilities.create) : [];
	};
	return {
		id: choice.id,
		title: () => choice.title(),
		isNeeded: (draft) => !draft.given.has(choice.id) && optionsOf(draft).length > 1,
		async ask(draft: CreateDraft, frame: Frame): Promise<StepResult> {
			const items = optionsOf(draft).map((option): QuickPickItem & { option: T } => ({
				...choice.describe(option),
				option,
			}));
			const answer = await pickOne(frame, {
				placeholder: choice.placeholder(),
				items,
				initial: items.filter(({ option }) => option === choice.get(draft)),
			});
			if (answer.kind !== 'value') {
				return answer.kind;
			}
			choice.set(draft, answer.value.option);
			return 'next';
		},
	};
}
