import {
	InputBoxValidationSeverity,
	l10n,
	type QuickInputButton,
	type QuickPickItem,
	QuickPickItemKind,
	ThemeIcon,
} from 'vscode';
import { checkTag, checkTags, type RuleProblem } from '../../domain/rules';
import type { ServiceManifest } from '../../providers/contract';
import type { Providers } from '../../services/ports';
import { describeRule } from '../messages/rules';
import type { ImportDraft } from './importDraft';
import { enterText, type Frame, pickOne, type TextOptions } from './input';
import type { Step, StepResult } from './steps';

interface TagItem extends QuickPickItem {
	readonly act: 'continue' | 'add' | 'edit' | 'remove';
	readonly key?: string;
}

/** Asks for tags: a list to add to, edit and remove from. Not asked when no chosen service has tags. */
export function tagsStep(providers: Providers): Step<ImportDraft> {
	return {
		id: 'tags',
		title: () => l10n.t('Tags'),
		isNeeded: (draft) => !draft.given.has('tags') && mayHaveTags(services(draft)),
		async ask(draft, frame) {
			const edit: QuickInputButton = { iconPath: new ThemeIcon('edit'), tooltip: l10n.t('Edit tag') };
			const remove: QuickInputButton = { iconPath: new ThemeIcon('trash'), tooltip: l10n.t('Remove tag') };
			const tags = draft.tags ?? {};
			const problems = services(draft).flatMap(({ rules, label }) => describeErrors(checkTags(tags, rules), label));
			const answer = await pickOne<TagItem>(frame, {
				placeholder: problems[0] ?? l10n.t('Add tags, or continue'),
				items: tagItems(tags, [edit, remove]),
				canChoose: ({ act }) => act !== 'continue' || problems.length === 0,
				pressed: (item, button) => ({ ...item, act: button === edit ? 'edit' : 'remove' }),
			});
			return answer.kind === 'value' ? act(answer.value, draft, frame) : answer.kind;
		},
	};

	async function act(item: TagItem, draft: ImportDraft, frame: Frame): Promise<StepResult> {
		const { [item.key ?? '']: value = '', ...others } = draft.tags ?? {};
		switch (item.act) {
			case 'continue':
				return 'next';
			case 'remove':
				draft.tags = others;
				return { to: 'tags' };
			default: {
				const key = await enterText(frame, keyInput(draft, item.key, Object.keys(others)));
				if (key.kind !== 'value') {
					return key.kind === 'back' ? { to: 'tags' } : key.kind;
				}
				const entered = await enterText(frame, valueInput(draft, key.value, value));
				if (entered.kind !== 'value') {
					return entered.kind === 'back' ? { to: 'tags' } : entered.kind;
				}
				draft.tags = replaced(draft.tags ?? {}, item.key, [key.value, entered.value]);
				return { to: 'tags' };
			}
		}
	}

	function services({ targets, service }: ImportDraft): readonly ServiceManifest[] {
		const chosen = new Set(targets?.map((target) => target.service) ?? (service ? [service] : []));
		return [...chosen].map((id) => providers.manifest(id));
	}

	function keyInput(draft: ImportDraft, key: string | undefined, others: readonly string[]): TextOptions {
		return {
			prompt: l10n.t('Tag key'),
			placeholder: l10n.t('For example, Owner'),
			value: key ?? '',
			validate: (text) =>
				others.includes(text) ? error(l10n.t('There is already a tag with this key.')) : checked(draft, text, ''),
		};
	}

	function valueInput(draft: ImportDraft, key: string, value: string): TextOptions {
		return {
			prompt: l10n.t('Value of tag {0} (can be empty)', key),
			value,
			validate: (text) => checked(draft, key, text),
		};
	}

	function checked(draft: ImportDraft, key: string, value: string): ReturnType<TextOptions['validate']> {
		const [problem] = services(draft).flatMap(({ rules, label }) => describeErrors(checkTag(key, value, rules), label));
		return problem === undefined ? undefined : error(problem);
	}
}

/** The tags with one in the place of another, or behind them all. */
function replaced(
	tags: Readonly<Record<string, string>>,
	key: string | undefined,
	tag: readonly [key: string, value: string],
): Readonly<Record<string, string>> {
	const entries = Object.entries(tags);
	return Object.fromEntries(
		key === undefined ? [...entries, tag] : entries.map((entry) => (entry[0] === key ? tag : entry)),
	);
}

/** While no target is chosen, tags are counted on. */
function mayHaveTags(services: readonly ServiceManifest[]): boolean {
	return services.length === 0 || services.some(({ capabilities }) => capabilities.tags);
}

function tagItems(tags: Readonly<Record<string, string>>, buttons: readonly QuickInputButton[]): readonly TagItem[] {
	const entries = Object.entries(tags);
	return [
		{
			label: entries.length > 0 ? l10n.t('Continue') : l10n.t('Continue without tags'),
			iconPath: new ThemeIcon('arrow-right'),
			act: 'continue',
		},
		{ label: l10n.t('Add tag…'), iconPath: new ThemeIcon('add'), act: 'add' },
		...(entries.length > 0 ? [{ label: l10n.t('Tags'), kind: QuickPickItemKind.Separator, act: 'edit' as const }] : []),
		...entries.map(
			([key, value]): TagItem => ({
				label: key,
				description: value,
				iconPath: new ThemeIcon('tag'),
				buttons,
				act: 'edit',
				key,
			}),
		),
	];
}

function describeErrors(problems: readonly RuleProblem[], label: string): readonly string[] {
	return problems.filter(({ severity }) => severity === 'error').map((problem) => describeRule(problem, label));
}

function error(message: string) {
	return { message, severity: InputBoxValidationSeverity.Error };
}
