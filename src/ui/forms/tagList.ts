import {
	InputBoxValidationSeverity,
	l10n,
	type QuickInputButton,
	type QuickPickItem,
	QuickPickItemKind,
	ThemeIcon,
} from 'vscode';
import { checkTag, type RuleProblem } from '../../domain/rules';
import type { ServiceManifest } from '../../providers/contract';
import { checkTagEdit, isReserved, type Tags } from '../../services/changes/editTags';
import { describeRule } from '../messages/rules';
import { enterText, type Frame, pickOne, type TextOptions } from './input';

/** What a list of tags is about. */
export interface TagList {
	readonly tags: Tags;
	/** The tags of a key pair that is there: what was not changed is not checked, and the vendor's own tags can't be. */
	readonly before?: Tags;
	/** Whose rules hold. */
	readonly services: readonly ServiceManifest[];
	/** What the row says that ends the step. */
	done(tags: Tags): string;
	/** Told of each change at once: it stays when the person goes back. */
	changed(tags: Tags): void;
	/** Said below the title as long as there is no problem. */
	readonly placeholder?: string;
}

interface TagItem extends QuickPickItem {
	readonly act: 'continue' | 'add' | 'edit' | 'remove' | 'none';
	readonly key?: string;
}

/** Asks for tags: a list to add to, edit and remove from, checked by every service's rules. */
export async function askForTags(frame: Frame, list: TagList): Promise<'next' | 'back' | 'cancel'> {
	const before = list.before ?? {};
	let tags = list.tags;
	for (;;) {
		const problems = list.services.flatMap(({ rules, label }) =>
			describeErrors(checkTagEdit(before, tags, rules), label),
		);
		const answer = await pickOne<TagItem>(frame, {
			placeholder: problems[0] ?? list.placeholder ?? l10n.t('Add tags, or continue'),
			items: tagItems(tags, list),
			canChoose: ({ act }) => act !== 'none' && (act !== 'continue' || problems.length === 0),
			pressed: (item, button) => ({ ...item, act: button === removeButton() ? 'remove' : 'edit' }),
		});
		if (answer.kind !== 'value') {
			return answer.kind;
		}
		const item = answer.value;
		if (item.act === 'continue') {
			return 'next';
		}
		const changed = item.act === 'remove' ? without(tags, item.key) : await enterTag(frame, list, tags, item.key);
		if (changed === 'cancel') {
			return 'cancel';
		}
		tags = changed;
		list.changed(tags);
	}
}

let buttons: readonly [edit: QuickInputButton, remove: QuickInputButton] | undefined;

/** The same objects each time: VS Code says by them which was pressed. */
function tagButtons(): readonly [edit: QuickInputButton, remove: QuickInputButton] {
	buttons ??= [
		{ iconPath: new ThemeIcon('edit'), tooltip: l10n.t('Edit tag') },
		{ iconPath: new ThemeIcon('trash'), tooltip: l10n.t('Remove tag') },
	];
	return buttons;
}

function removeButton(): QuickInputButton {
	return tagButtons()[1];
}

/** The tags with the one that was entered, or as they were when the person went back. */
async function enterTag(frame: Frame, list: TagList, tags: Tags, key: string | undefined): Promise<Tags | 'cancel'> {
	const others = Object.keys(without(tags, key));
	const inner = { ...frame, canGoBack: true };
	const name = await enterText(inner, {
		prompt: l10n.t('Tag key'),
		placeholder: l10n.t('For example, Owner'),
		value: key ?? '',
		validate: (text) =>
			others.includes(text) ? error(l10n.t('There is already a tag with this key.')) : checked(list, text, ''),
	});
	if (name.kind !== 'value') {
		return name.kind === 'back' ? tags : 'cancel';
	}
	const value = await enterText(inner, {
		prompt: l10n.t('Value of tag {0} (can be empty)', name.value),
		value: (key !== undefined && tags[key]) || '',
		validate: (text) => checked(list, name.value, text),
	});
	if (value.kind !== 'value') {
		return value.kind === 'back' ? tags : 'cancel';
	}
	return replaced(tags, key, [name.value, value.value]);
}

function checked({ services }: TagList, key: string, value: string): ReturnType<TextOptions['validate']> {
	const [problem] = services.flatMap(({ rules, label }) => describeErrors(checkTag(key, value, rules), label));
	return problem === undefined ? undefined : error(problem);
}

function without(tags: Tags, key: string | undefined): Tags {
	return Object.fromEntries(Object.entries(tags).filter(([name]) => name !== key));
}

/** The tags with one in the place of another, or behind them all. */
function replaced(tags: Tags, key: string | undefined, tag: readonly [key: string, value: string]): Tags {
	const entries = Object.entries(tags);
	return Object.fromEntries(
		key === undefined ? [...entries, tag] : entries.map((entry) => (entry[0] === key ? tag : entry)),
	);
}

function tagItems(tags: Tags, { before, services, done }: TagList): readonly TagItem[] {
	const entries = Object.entries(tags);
	const isLocked = (key: string): boolean =>
		before !== undefined && Object.hasOwn(before, key) && services.some(({ rules }) => isReserved(key, rules));
	return [
		{ label: done(tags), iconPath: new ThemeIcon('arrow-right'), act: 'continue' },
		{ label: l10n.t('Add tag…'), iconPath: new ThemeIcon('add'), act: 'add' },
		...(entries.length > 0 ? [{ label: l10n.t('Tags'), kind: QuickPickItemKind.Separator, act: 'none' as const }] : []),
		...entries.map(([key, value]): TagItem => {
			const row = { label: key, description: value, key };
			return isLocked(key)
				? { ...row, iconPath: new ThemeIcon('lock'), detail: l10n.t('Reserved: cannot be changed.'), act: 'none' }
				: { ...row, iconPath: new ThemeIcon('tag'), buttons: tagButtons(), act: 'edit' };
		}),
	];
}

function describeErrors(problems: readonly RuleProblem[], label: string): readonly string[] {
	return problems.filter(({ severity }) => severity === 'error').map((problem) => describeRule(problem, label));
}

function error(message: string) {
	return { message, severity: InputBoxValidationSeverity.Error };
}
