import { l10n, type QuickPickItem, QuickPickItemKind, ThemeIcon, Uri } from 'vscode';
import type { Providers } from '../../services/ports';
import { describeCreatedType, describePrivateKeyFormat } from '../messages/create';
import { describePath } from '../messages/paths';
import { describePlace } from '../messages/targets';
import { type CreateDraft, targetOfDraft } from './createDraft';
import { fileOfDraft } from './createFolderStep';
import { pickOne } from './input';
import type { Step } from './steps';

interface ReviewItem extends QuickPickItem {
	/** The step that changes this row; absent on rows that only inform. */
	readonly to?: string;
	readonly run?: true;
}

/** Shows what will be created and where its private key goes. Its first row starts; the others lead back to their steps. */
export function createReviewStep(providers: Providers): Step<CreateDraft> {
	return {
		id: 'review',
		title: () => l10n.t('Review'),
		isNeeded: () => true,
		async ask(draft, frame) {
			if (draft.given.has('folder')) {
				draft.file = await fileOfDraft(draft, providers);
			}
			const answer = await pickOne<ReviewItem>(frame, {
				placeholder: l10n.t('Press Enter to create the key pair, or choose a row to change it'),
				items: reviewItems(draft, providers),
				canChoose: ({ run, to }) => run === true || to !== undefined,
			});
			if (answer.kind !== 'value') {
				return answer.kind;
			}
			return answer.value.to === undefined ? 'next' : { to: answer.value.to };
		},
	};
}

function reviewItems(draft: CreateDraft, providers: Providers): readonly ReviewItem[] {
	const target = targetOfDraft(draft, providers);
	if (!target) {
		return [];
	}
	const { given, keyName = '', tags = {}, resourceGroupId, resourceGroups, file = '' } = draft;
	const { label, capabilities } = providers.manifest(target.service);
	const { types, formats } = capabilities.create;
	const place = describePlace(target, label);
	const tagTexts = Object.entries(tags).map(([name, value]) => `${name}=${value}`);
	const group = resourceGroups?.find(({ id }) => id === resourceGroupId)?.name ?? resourceGroupId;
	const row = (name: string, value: string, to?: string | false): ReviewItem => ({
		label: name,
		description: value,
		...(to && { to }),
	});
	return [
		{
			label: l10n.t('Create {0} in {1}', keyName, place),
			iconPath: new ThemeIcon('add'),
			run: true,
		},
		{ label: l10n.t('Your choices'), kind: QuickPickItemKind.Separator },
		row(l10n.t('Where'), place, whereStep(draft, capabilities.regions)),
		row(l10n.t('Name'), keyName, !given.has('keyName') && 'keyName'),
		row(
			l10n.t('Type'),
			describeCreatedType(draft.type ?? types[0]).label,
			!given.has('type') && types.length > 1 && 'type',
		),
		row(
			l10n.t('Format'),
			describePrivateKeyFormat(draft.format ?? formats[0]).label,
			!given.has('format') && formats.length > 1 && 'format',
		),
		...(capabilities.tags
			? [row(l10n.t('Tags'), tagTexts.join(', ') || l10n.t('none'), !given.has('tags') && 'tags')]
			: [row(l10n.t('Tags'), l10n.t('{0} has no tags on key pairs', label))]),
		...(capabilities.resourceGroups
			? [
					row(
						l10n.t('Resource group'),
						group || l10n.t('the default one'),
						!given.has('resourceGroup') && (resourceGroups?.length ?? 2) > 1 && 'resourceGroup',
					),
				]
			: []),
		row(l10n.t('Private key'), describePath(Uri.file(file)), !given.has('folder') && 'folder'),
	];
}

function whereStep({ given }: CreateDraft, hasRegions: boolean): string | false {
	if (given.has('target')) {
		return false;
	}
	if (!(given.has('profile') && given.has('service'))) {
		return 'place';
	}
	return hasRegions && 'region';
}
